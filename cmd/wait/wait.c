/* shopctl wait: come back when an object is what it is waited for. */
#include "wait/wait.h"

#include "shop/condition.h"
#include "shop/object.h"

/* A wait without a commit ends after this, in case its notice was lost. */
#define WAIT_US (60 * SHOP_SECOND)
/* An SQL expression is judged within this. */
#define JUDGE_US (5 * SHOP_SECOND)

struct wait_args {
	const char *object, *condition;
	bool create;
};

static const struct operand_spec operands[] = {
	OPERAND(struct wait_args, object, const char *, ARG_TEXT, "ID",
		"what is waited for: an id of any kind, or a SKU", .flags = OPERAND_EACH,
		.hint = HINT_OBJECT),
	{0},
};

static const struct option_spec options[] = {
	OPTION(struct wait_args, condition, const char *, ARG_TEXT, 0, "for", "COND",
	       "FIELD=VALUE[,VALUE…], FIELD!=VALUE, a state, paid, shipped, delivered, deleted, or "
	       "SQL",
	       .required = true, .hint = HINT_CONDITION),
	OPTION_FLAG(struct wait_args, create, 0, "create", "the object need not be there yet"),
	{0},
};

struct wait_row {
	char *object, *condition, *field, *value;
};

static const struct shop_field fields[] = {
	SHOP_FIELD_TEXT(struct wait_row, object, "object", "what was waited for"),
	SHOP_FIELD_TEXT(struct wait_row, condition, "condition", "as it was asked"),
	SHOP_FIELD_TEXT(struct wait_row, field, "field", "the field that was looked at"),
	SHOP_FIELD_TEXT(struct wait_row, value, "value", "its value now"),
};

static const struct shop_record wait_record = SHOP_RECORD("wait", struct wait_row, fields);

/* One look at the object. */
struct look {
	const struct session *s;
	const struct wait_args *args;
	struct shop_object object;
	struct shop_condition condition;
	enum shop_verdict verdict;
	char *value;
};

/* SQL asks the object's view; it may become true as long as the object is there. */
static bool judge_where(struct look *l, struct shop_store *store, struct shop_error *err)
{
	const struct shop_query_how how = {
		.views = shop_published_views,
		.now_us = l->s->clock.now_us,
		.limit_us = JUDGE_US,
	};
	bool holds;

	if (!shop_condition_holds(&l->condition, store, &how, &l->object, &holds, err))
		return shop_fail_field(err, "for");
	l->verdict = holds ? SHOP_MET : SHOP_OPEN;
	l->value = holds ? g_strdup("true") : NULL;
	return true;
}

static bool look(struct shop_store *store, void *ctx, struct shop_error *err)
{
	struct look *l = ctx;
	void *record = NULL;

	g_clear_pointer(&l->value, g_free);
	l->verdict = SHOP_OPEN;
	if (!shop_object_load(store, &l->object, l->s->clock.now_us, &record, err)) {
		if (err->id != E_NOT_FOUND || !l->args->create)
			return false;
		shop_error_done(err);
		return true;
	}
	if (l->condition.where == NULL)
		l->verdict = shop_condition_judge(&l->condition, record, &l->value);
	shop_object_free(&l->object, record);
	return l->condition.where == NULL || judge_where(l, store, err);
}

static bool refuse_never(const struct look *l, struct shop_error *err)
{
	const char *value = l->value == NULL ? "none" : l->value;

	shop_fail(err, E_WAIT_NEVER, "%s will not become %s any more", l->object.name,
		  l->args->condition);
	shop_fail_object(err, l->object.name);
	shop_fail_because(err, "its %s is %s", l->condition.field, value);
	return shop_fail_fix(err, l->condition.type->name, "show", l->object.name, NULL);
}

static bool print(const struct look *l, struct out *out, struct shop_error *err)
{
	/* The strings are borrowed: nothing here frees them. */
	const struct wait_row row = {
		.object = (char *)(uintptr_t)l->object.name,
		.condition = (char *)(uintptr_t)l->args->condition,
		.field = l->condition.where != NULL ? l->condition.where : l->condition.field,
		.value = l->value,
	};

	return out_changed(out, &wait_record, &row, err, "%s: %s is %s", row.object, row.field,
			   row.value == NULL ? "none" : row.value);
}

static bool wait_for(struct session *s, struct look *l, struct out *out, struct shop_error *err)
{
	for (;;) {
		if (!shop_store_read(s->store, look, l, err))
			return false;
		if (l->verdict == SHOP_NEVER)
			return refuse_never(l, err);
		if (l->verdict == SHOP_MET)
			return print(l, out, err) && out_flush(out, err);
		shop_store_wait(s->store, WAIT_US, -1);
	}
}

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	struct look l = {.s = s, .args = args};
	bool ok = shop_object_parse(l.args->object, &l.object, err) &&
		  shop_condition_parse(l.args->condition, shop_object_record(l.object.type),
				       &l.condition, err) &&
		  wait_for(s, &l, out, err);

	g_free(l.value);
	shop_condition_done(&l.condition);
	return ok;
}

const struct command cmd_wait = {
	.name = "wait",
	.summary = "Wait until an object is paid, shipped, or what a field says",
	.description =
		"Wakes with the commit that makes it so. Several objects are waited for until all "
		"are. Ends with 12 as soon as it can no longer become true, and with 124 after "
		"--timeout. An SQL expression is over the published view of such objects (shopctl "
		"query lists the views), as in --where.",
	.operands = operands,
	.options = options,
	.args_size = sizeof(struct wait_args),
	.needs = NEEDS_STORE_FOLLOW,
	.record = &wait_record,
	.run = run,
	.examples = "shopctl wait ord-1002 --for paid --timeout 10min\n"
		    "shopctl wait ord-1005 --for status=completed,canceled\n"
		    "shopctl wait shp-1002 shp-1003 --for shipped\n"
		    "shopctl wait ord-1002 --for \"payment = 'paid' AND total_minor > 0\"\n"
		    "shopctl wait ord-1007 --for confirmed --create --timeout 1h",
	.exits = "3 there is no such object, without --create\n12 it can no longer become so\n"
		 "124 --timeout ended",
	.see_also = "watch, event tail, explain",
};
