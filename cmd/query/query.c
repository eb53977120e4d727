/* shopctl query: a SELECT over the published views, in every output format. */
#include "query/query.h"

#include "out/out_frame.h"
#include "shop/query.h"

#include <glib.h>
#include <string.h>

#define LIMIT_US (5 * SHOP_SECOND)

struct query_args {
	const char *sql;
};

static const struct operand_spec operands[] = {
	OPERAND(struct query_args, sql, const char *, ARG_LONGTEXT, "SQL",
		"one SELECT; @FILE reads it from there", .hint = HINT_SQL),
	{0},
};

/* A record type made for the answer: a slot of eight bytes a column, its type that of the current
 * row's value. */
struct answer {
	struct shop_query *query;
	struct shop_record type;
	struct shop_field *fields;
	char *row;
};

static void answer_done(struct answer *answer)
{
	size_t i;

	for (i = 0; i < answer->type.count; i++)
		g_free((char *)(uintptr_t)answer->fields[i].name);
	g_free(answer->fields);
	g_free(answer->row);
	shop_query_free(&answer->query);
}

static bool name_columns(struct answer *answer, struct shop_error *err)
{
	size_t i, n;

	answer->type.name = "query";
	answer->type.count = (size_t)shop_query_columns(answer->query);
	answer->type.size = answer->type.count * sizeof(int64_t);
	answer->fields = g_new0(struct shop_field, answer->type.count);
	answer->type.fields = answer->fields;
	answer->row = g_malloc0(answer->type.size);
	for (i = 0; i < answer->type.count; i++) {
		struct shop_field *field = &answer->fields[i];

		field->name = g_strdup(shop_query_column(answer->query, (int)i));
		field->type = SHOP_TYPE_TEXT;
		field->offset = i * sizeof(int64_t);
		field->doc = "";
		for (n = 0; n < i; n++)
			if (strcmp(answer->fields[n].name, field->name) == 0)
				return shop_fail(err, E_SQL,
						 "two columns are named %s; name one with AS",
						 field->name);
	}
	return true;
}

static void set_value(struct answer *answer, size_t at)
{
	struct shop_query_value value = shop_query_value(answer->query, (int)at);
	struct shop_field *field = &answer->fields[at];
	char *text = NULL;

	field->type = SHOP_TYPE_TEXT;
	if (value.kind == SHOP_QUERY_INT) {
		field->type = SHOP_TYPE_INT;
		memcpy(answer->row + field->offset, &value.number, sizeof(value.number));
		return;
	}
	/* A number as it stands; an infinite one is no JSON. */
	if (value.kind == SHOP_QUERY_REAL && strstr(value.text, "Inf") == NULL)
		field->type = SHOP_TYPE_JSON;
	if (value.kind != SHOP_QUERY_NULL)
		text = g_strdup(value.text);
	memcpy(answer->row + field->offset, &text, sizeof(text));
}

static bool print_row(struct answer *answer, struct out *out, struct shop_error *err)
{
	bool ok;
	size_t i;

	for (i = 0; i < answer->type.count; i++)
		set_value(answer, i);
	ok = out_record(out, &answer->type, answer->row, err);
	shop_record_done(&answer->type, answer->row);
	return ok;
}

static bool print_rows(struct answer *answer, struct out *out, struct shop_error *err)
{
	bool row;

	if (!name_columns(answer, err) || !out_expect(out, &answer->type, err))
		return false;
	while (shop_query_next(answer->query, &row, err)) {
		if (!row) {
			out_settle(out); /* while the columns are there */
			return true;
		}
		if (!print_row(answer, out, err))
			return false;
	}
	return false;
}

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct query_args *a = args;
	const struct shop_query_how how = {
		.views = shop_published_views,
		.now_us = s->clock.now_us,
		.limit_us = s->timeout_us != SHOP_NULL ? s->timeout_us : LIMIT_US,
	};
	struct answer answer = {0};
	bool ok = shop_query_start(s->store, &how, a->sql, &answer.query, err) &&
		  print_rows(&answer, out, err);

	answer_done(&answer);
	return ok;
}

static void describe(GString *to)
{
	const struct shop_view *view;

	g_string_append(to, "Views: ");
	for (view = shop_published_views; view->name != NULL; view++)
		g_string_append_printf(to, "%s%s", view == shop_published_views ? "" : ", ",
				       view->name);
	g_string_append(to, ".\n");
}

const struct command cmd_query = {
	.name = "query",
	.summary = "Ask the published views in SQL, reading only",
	.description = "A view's columns are the fields of the object's JSON; money is total_minor "
		       "(minor units) beside "
		       "currency, ids are texts (ord-1000) and the object's own also a number, "
		       "times UTC text that "
		       "sorts. Ends after 5 s, or --timeout.",
	.describe = describe,
	.operands = operands,
	.args_size = sizeof(struct query_args),
	.needs = NEEDS_STORE_READ,
	.many = true,
	.run = run,
	.examples = "shopctl query 'SELECT status, count(*) AS n FROM v_order GROUP BY 1' -o md\n"
		    "shopctl query 'SELECT sku, sum(qty) AS sold FROM v_order_line GROUP BY sku "
		    "ORDER BY 2 DESC LIMIT 10'\n"
		    "shopctl query @late-orders.sql -o csv --out late.csv",
	.exits = "77 it reads what is not published, writes, or calls a function outside the list\n"
		 "124 it took too long",
	.see_also = "order list, explain",
};
