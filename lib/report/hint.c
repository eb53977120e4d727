/*
 * Objects by what was typed of them. Candidates are gathered by id, by SKU or by name, then those
 * that the command would refuse are left out by asking its own guards.
 */
#include "shop/hint.h"

#include "report/hint_sources.h"
#include "report/why_parts.h"

#include "shop/search.h"
#include "store/db.h"

#include <string.h>

/* The latest objects that are looked through where no index knows what is wanted: a few
 * milliseconds. */
#define LOOKED_AT 1000
/* A guard refuses some; so many times as many candidates are gathered. */
#define SPARE 2

/* One candidate. */
struct row {
	int64_t id;
	char *value;
	char *about;
};

struct gather {
	struct shop_store *store;
	const struct shop_hint_how *how;
	const struct hint_source *source;
	const struct shop_act *act; /* whose guard is asked; NULL = none */
	GPtrArray *states;	    /* char *: only in one of these; NULL = in any */
	bool by_name;		    /* only rows whose name holds the typed words */
	size_t wanted;
	GArray *rows; /* struct row */
};

static void row_clear(gpointer data)
{
	struct row *row = data;

	g_free(row->value);
	g_free(row->about);
}

static void append_part(GString *to, const char *part)
{
	if (part != NULL && *part != '\0')
		g_string_append_printf(to, "%s%s", to->len > 0 ? ", " : "", part);
}

/* "ord-1000, Ana Lima, 62.50 EUR, confirmed", of what there is. */
static char *describe(const struct db_query *q)
{
	GString *about = g_string_new(NULL);
	char id[SHOP_ID_TEXT], amount[SHOP_MONEY_TEXT];
	struct shop_money money = {0};

	if (db_int(q, 3) != SHOP_NULL)
		append_part(about, shop_id_format(SHOP_ID_ORDER, db_int(q, 3), id));
	append_part(about, db_text(q, 2));
	if (db_int(q, 4) != SHOP_NULL && db_text(q, 5) != NULL) {
		money.minor = db_int(q, 4);
		g_strlcpy(money.currency, db_text(q, 5), sizeof(money.currency));
		append_part(about, shop_money_format_full(money, amount));
	}
	append_part(about, db_text(q, 1));
	return g_string_free(about, FALSE);
}

static const struct shop_act *find_act(const struct shop_hint_how *how)
{
	const struct shop_act *act = shop_why_acts();

	while (act->name != NULL && (how->command == NULL || act->type != how->type ||
				     strcmp(act->command, how->command) != 0))
		act++;
	return act->name == NULL ? NULL : act;
}

/* --- gathering */

static bool is_late(const struct shop_hint_how *how)
{
	return how->until_us != 0 && g_get_monotonic_time() > how->until_us;
}

static bool is_full(const struct gather *g)
{
	return g->rows->len >= g->wanted;
}

static void take(struct gather *g, const struct db_query *q)
{
	const char *name = db_text(q, 2);
	char id[SHOP_ID_TEXT];
	struct row row = {.id = db_int(q, 0)};

	if (g->states != NULL &&
	    !g_ptr_array_find_with_equal_func(g->states, db_text(q, 1), g_str_equal, NULL))
		return;
	if (g->by_name && (name == NULL || !g_str_match_string(g->how->typed, name, TRUE)))
		return;
	row.value =
		g_strdup(g->source->by_sku != NULL ? db_text(q, 6)
						   : shop_id_format(g->source->type, row.id, id));
	row.about = describe(q);
	g_array_append_val(g->rows, row);
}

static bool take_all(struct gather *g, struct db_query *q, struct shop_error *err)
{
	while (!is_full(g) && !is_late(g->how) && db_next(q))
		take(g, q);
	return db_done(q, err);
}

/* How many to ask for: those that are wanted, or more where only some of them will do. */
static int64_t ask_for(const struct gather *g)
{
	return g->states != NULL || g->by_name ? LOOKED_AT : (int64_t)(g->wanted - g->rows->len);
}

static bool take_range(struct gather *g, int64_t from, int64_t to, struct shop_error *err)
{
	AUTO_QUERY struct db_query q = {0};

	return db_query(&q, g->store, g->source->by_id, "iii", err, from, to, ask_for(g)) &&
	       take_all(g, &q, err);
}

static gint newer_first(gconstpointer a, gconstpointer b)
{
	const struct row *x = a, *y = b;

	return x->id == y->id ? 0 : x->id < y->id ? 1 : -1;
}

static bool take_state(struct gather *g, const char *state, int64_t from, int64_t to,
		       struct shop_error *err)
{
	AUTO_QUERY struct db_query q = {0};
	size_t wanted = g->wanted;
	bool ok;

	g->wanted += g->rows->len;
	ok = db_query(&q, g->store, g->source->by_status, "iiit", err, from, to, (int64_t)wanted,
		      state) &&
	     take_all(g, &q, err);
	g->wanted = wanted;
	return ok;
}

/* By the index of each state the command is for; the newest of all of them first. */
static bool take_states(struct gather *g, int64_t from, int64_t to, struct shop_error *err)
{
	for (guint i = 0; i < g->states->len; i++)
		if (!take_state(g, g_ptr_array_index(g->states, i), from, to, err))
			return false;
	g_array_sort(g->rows, newer_first);
	if (g->rows->len > g->wanted)
		g_array_set_size(g->rows, (guint)g->wanted);
	return true;
}

static bool take_ids(struct gather *g, int64_t from, int64_t to, struct shop_error *err)
{
	if (g->states != NULL && g->source->by_status != NULL)
		return take_states(g, from, to, err);
	return take_range(g, from, to, err);
}

/* The numbers that begin with these digits, the longest first: 1000 to 1099 for 10, before 100 to
 * 109. */
static bool take_digits(struct gather *g, const char *digits, struct shop_error *err)
{
	int64_t from, last, scale = 1;
	size_t length = strlen(digits);

	if (length == 0)
		return take_ids(g, 1, INT64_MAX, err);
	from = g_ascii_strtoll(digits, NULL, 10);
	for (size_t k = length; k < 18; k++)
		scale *= 10;
	for (; scale > 0 && !is_full(g); scale /= 10) {
		last = from * scale + scale - 1;
		if (!take_ids(g, from * scale, last, err))
			return false;
	}
	return true;
}

const char *hint_digits(enum shop_id_type type, const char *typed)
{
	const char *prefix = shop_id_prefix(type);
	size_t length = strlen(prefix);
	const char *digits = typed;

	if (g_ascii_strncasecmp(typed, prefix, length) == 0 && typed[length] == '-')
		digits = typed + length + 1;
	else if (g_ascii_strncasecmp(typed, prefix, strlen(typed)) == 0)
		digits = typed + strlen(typed);
	else if (typed[0] == '#')
		digits = typed + 1;
	if (digits[strspn(digits, "0123456789")] != '\0' || digits[0] == '0' || strlen(digits) > 18)
		return NULL;
	return digits;
}

static bool take_skus(struct gather *g, struct shop_error *err)
{
	AUTO_QUERY struct db_query q = {0};
	char *from = g_ascii_strup(g->how->typed, -1);
	char *to = g_strconcat(from, "~", NULL); /* behind every character of a SKU */
	bool ok = db_query(&q, g->store, g->source->by_sku, "tti", err, from, to,
			   (int64_t)g->wanted) &&
		  take_all(g, &q, err);

	g_free(from);
	g_free(to);
	return ok;
}

static bool take_found(const struct shop_search_name *name, void *ctx)
{
	GArray *ids = ctx;

	g_array_append_val(ids, name->number);
	return true;
}

/* Words of a name: by the search index where there is one, else among the latest. */
static bool take_names(struct gather *g, struct shop_error *err)
{
	GArray *ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
	bool ok = true;

	shop_search_peek(g->store, g->how->type, g->how->typed, g->wanted, take_found, ids);
	for (guint i = 0; ok && i < ids->len; i++) {
		int64_t id = g_array_index(ids, int64_t, i);

		ok = take_range(g, id, id, err);
	}
	g_array_unref(ids);
	if (!ok || g->rows->len > 0)
		return ok;
	g->by_name = true;
	return take_range(g, 1, INT64_MAX, err);
}

static bool gather(struct gather *g, struct shop_error *err)
{
	const char *digits = hint_digits(g->how->type, g->how->typed);

	if (g->source->by_sku != NULL) {
		if (!take_skus(g, err))
			return false;
	} else if (digits != NULL && !take_digits(g, digits, err)) {
		return false;
	}
	return g->rows->len > 0 || *g->how->typed == '\0' || take_names(g, err);
}

/* --- giving */

/* Whether the command's guard lets it pass. A store that fails answers so to everything: fn is not
 * asked any more. */
static bool passes(const struct gather *g, const struct row *row)
{
	AUTO_ERROR struct shop_error refusal = {0};
	struct shop_object object = {.type = g->how->type, .id = row->id};
	bool known;

	if (g->act == NULL)
		return true;
	g_strlcpy(object.name, row->value, sizeof(object.name));
	return why_ask(g->store, &object, g->act->name, g->how->now_us, &known, &refusal);
}

static void give(const struct gather *g, shop_hint_fn fn, void *ctx)
{
	size_t given = 0;

	for (guint i = 0; i < g->rows->len && given < g->how->limit; i++) {
		const struct row *row = &g_array_index(g->rows, struct row, i);

		if (g->act != NULL && is_late(g->how))
			return;
		if (!passes(g, row))
			continue;
		given++;
		if (!fn(row->value, row->about, ctx))
			return;
	}
}

bool shop_hints(struct shop_store *store, const struct shop_hint_how *how, shop_hint_fn fn,
		void *ctx, struct shop_error *err)
{
	struct gather g = {
		.store = store,
		.how = how,
		.source = hint_source_find(how->type),
		.act = find_act(how),
	};
	bool ok;

	if (how->type == SHOP_ID_TXN)
		return hint_history(store, how, fn, ctx, err);
	if (g.source == NULL)
		return true;
	g.states = hint_states(g.source->machine, how->command, g.act != NULL);
	g.wanted = g.act == NULL ? how->limit : how->limit * SPARE;
	g.rows = g_array_new(FALSE, FALSE, sizeof(struct row));
	g_array_set_clear_func(g.rows, row_clear);
	ok = gather(&g, err);
	if (ok)
		give(&g, fn, ctx);
	g_array_unref(g.rows);
	if (g.states != NULL)
		g_ptr_array_unref(g.states);
	return ok;
}
