/*
 * The checker's walk over the tables of invariants.
 */
#include "report/check_private.h"

#include "shop/text.h"
#include "store/db.h"

#include <string.h>

static const struct shop_field finding_fields[] = {
	SHOP_FIELD_TEXT(struct shop_finding, check, "check", "the invariant's id",
			.example = "STK01"),
	SHOP_FIELD_TEXT(struct shop_finding, object, "object", "what violates it",
			.example = "ord-1042"),
	SHOP_FIELD_TEXT(struct shop_finding, message, "message",
			"what stands there and what should"),
};

const struct shop_record shop_finding_record =
	SHOP_RECORD("finding", struct shop_finding, finding_fields);

static const struct shop_field invariant_fields[] = {
	SHOP_FIELD_TEXT(struct shop_invariant, check, "check", "the invariant's id",
			.example = "STK01"),
	SHOP_FIELD_TEXT(struct shop_invariant, statement, "statement", "what holds"),
};

const struct shop_record shop_invariant_record =
	SHOP_RECORD("invariant", struct shop_invariant, invariant_fields);

bool check_tell(struct checking *c, const char *object, struct shop_error *err, const char *fmt,
		...)
{
	struct shop_finding finding = {.check = g_strdup(c->id), .object = g_strdup(object)};
	va_list args;
	bool ok;

	va_start(args, fmt);
	finding.message = g_strdup_vprintf(fmt, args);
	va_end(args);
	c->findings++;
	ok = c->fn(&finding, c->ctx, err);
	shop_record_done(&shop_finding_record, &finding);
	return ok;
}

bool check_query(struct checking *c, const char *sql, struct shop_error *err)
{
	AUTO_QUERY struct db_query q = {0};
	const char *types = strstr(sql, "$1") == NULL ? NULL : "i";

	if (!db_query(&q, c->store, sql, types, err, c->options->now_us))
		return false;
	while (db_next(&q))
		if (!check_tell(c, db_text(&q, 0), err, "%s", db_text(&q, 1)))
			return false;
	return db_done(&q, err);
}

static bool ask(struct checking *c, const struct invariant *invariant, struct shop_error *err)
{
	c->id = invariant->id;
	return (invariant->sql == NULL ? invariant->find(c, err)
				       : check_query(c, invariant->sql, err)) ||
	       shop_fail_while(err, invariant->id);
}

static bool wanted(const struct shop_check_options *options, const char *id)
{
	const char *const *only = options->only;

	if (only == NULL || *only == NULL)
		return true;
	for (; *only != NULL; only++)
		if (g_ascii_strcasecmp(*only, id) == 0)
			return true;
	return false;
}

typedef bool (*invariant_fn)(const struct invariant *invariant, void *ctx, struct shop_error *err);

static bool each_invariant(invariant_fn fn, void *ctx, struct shop_error *err)
{
	const struct invariant *tables[] = {check_shop_invariants(), check_money_invariants(),
					    check_store_invariants()};

	for (size_t i = 0; i < G_N_ELEMENTS(tables); i++)
		for (const struct invariant *one = tables[i]; one->id != NULL; one++)
			if (!fn(one, ctx, err))
				return false;
	return true;
}

struct walk {
	struct checking checking;
	int64_t all, asked;
};

static bool count_wanted(const struct invariant *invariant, void *ctx, struct shop_error *err)
{
	struct walk *walk = ctx;

	(void)err;
	walk->all += wanted(walk->checking.options, invariant->id);
	return true;
}

static bool ask_wanted(const struct invariant *invariant, void *ctx, struct shop_error *err)
{
	struct walk *walk = ctx;

	if (!wanted(walk->checking.options, invariant->id))
		return true;
	walk->asked++;
	if (walk->checking.options->asking != NULL)
		walk->checking.options->asking(invariant->id, walk->asked, walk->all, walk->checking.options->asking_ctx);
	return ask(&walk->checking, invariant, err);
}

bool shop_check(struct shop_store *store, const struct shop_check_options *options,
		shop_record_fn fn, void *ctx, struct shop_check_verdict *ret_verdict,
		struct shop_error *err)
{
	struct walk walk = {.checking = {.store = store, .options = options, .fn = fn, .ctx = ctx}};

	if (!each_invariant(count_wanted, &walk, err) || !each_invariant(ask_wanted, &walk, err))
		return false;
	if (walk.asked == 0) {
		shop_fail(err, E_VALUE, "no invariant is called %s", options->only[0]);
		return shop_fail_fix(err, "check", "--list", NULL);
	}
	*ret_verdict = (struct shop_check_verdict){.asked = walk.asked,
						   .findings = walk.checking.findings};
	return true;
}

struct listing {
	shop_record_fn fn;
	void *ctx;
};

static bool list_one(const struct invariant *invariant, void *ctx, struct shop_error *err)
{
	const struct listing *listing = ctx;
	struct shop_invariant row = {.check = g_strdup(invariant->id),
				     .statement = g_strdup(invariant->statement)};
	bool ok = listing->fn(&row, listing->ctx, err);

	shop_record_done(&shop_invariant_record, &row);
	return ok;
}

bool shop_check_list(shop_record_fn fn, void *ctx, struct shop_error *err)
{
	struct listing listing = {fn, ctx};

	return each_invariant(list_one, &listing, err);
}
