/* shopctl explain: from the tables that everything is made from, what a word of this program means.
 */
#include "explain/explain.h"

#include "shop/text.h"

#include <string.h>

struct explain_args {
	const char *topic, *value;
	bool errors, dot, schema;
};

static const struct operand_spec operands[] = {
	OPERAND(struct explain_args, topic, const char *, ARG_TEXT, "TOPIC",
		"TYPE, TYPE.FIELD, E_CODE, an event's type, or a kind of value",
		.flags = OPERAND_OPTIONAL, .hint = HINT_EXPLAIN),
	OPERAND(struct explain_args, value, const char *, ARG_TEXT, "VALUE",
		"with time, money, quantity, duration or id: what to read",
		.flags = OPERAND_OPTIONAL),
	{0},
};

static const struct option_spec options[] = {
	OPTION_FLAG(struct explain_args, errors, 0, "errors", "list all error codes"),
	OPTION_FLAG(struct explain_args, dot, 0, "dot",
		    "print a status's machine as a Graphviz graph"),
	OPTION_FLAG(struct explain_args, schema, 0, "schema", "print the JSON Schema of a type"),
	{0},
};

static bool refuse_topic(const char *topic, struct shop_error *err)
{
	GPtrArray *names = explain_names();
	const char *near = shop_text_nearest(topic, (const char *const *)names->pdata, names->len);

	shop_fail(err, E_NOT_FOUND, "nothing is called \"%s\"%s%s%s", topic,
		  near == NULL ? "" : "; did you mean ", near == NULL ? "" : near,
		  near == NULL ? "" : "?");
	g_ptr_array_unref(names);
	return shop_fail_fix(err, "explain", NULL);
}

/* Flags that fit only one kind of topic. */
static bool check_flags(const struct explain_args *a, const struct shop_record *type,
			const struct shop_field *field, struct shop_error *err)
{
	if (a->schema && (type == NULL || field != NULL))
		return shop_fail(err, E_USAGE, "--schema goes with a type: explain order --schema");
	if (a->dot && (field == NULL || explain_machine(type, field) == NULL))
		return shop_fail(
			err, E_USAGE,
			"--dot goes with a status that has a machine: explain order.status --dot");
	return true;
}

/* `order.held` is a field and an event: both are told. */
static bool explain_dotted(const struct explain_args *a, struct out *out, bool *ret_found,
			   struct shop_error *err)
{
	char **parts = g_strsplit(a->topic, ".", 2);
	const struct shop_record *type = explain_find(parts[0]);
	const struct shop_field *field =
		type == NULL ? NULL : explain_follow(type, parts[1], &type);
	const struct shop_event_type *event = explain_find_event(a->topic);

	*ret_found = field != NULL || event != NULL;
	g_strfreev(parts);
	if (!check_flags(a, field == NULL ? NULL : type, field, err))
		return false;
	if (a->dot)
		return explain_dot(out, explain_machine(type, field), err);
	if (field != NULL && event != NULL)
		out_many(out);
	return (field == NULL || explain_field(out, a->topic, type, field, err)) &&
	       (event == NULL || explain_event(out, event, err));
}

static bool explain_plain(const struct explain_args *a, struct out *out, bool *ret_found,
			  struct shop_error *err)
{
	const struct shop_record *type = explain_find(a->topic);

	*ret_found = type != NULL;
	if (type == NULL)
		return true;
	if (!check_flags(a, type, NULL, err))
		return false;
	return a->schema ? explain_schema(out, type, err) : explain_type(out, type, err);
}

static bool explain_topic(const struct explain_args *a, struct out *out, struct shop_error *err)
{
	bool found = false;

	if (g_ascii_strncasecmp(a->topic, "E_", 2) == 0) {
		if (!explain_errors(out, a->topic, &found, err))
			return false;
		return found || (refuse_topic(a->topic, err),
				 shop_fail_fix(err, "explain", "--errors", NULL));
	}
	if (strchr(a->topic, '.') != NULL ? !explain_dotted(a, out, &found, err)
					  : !explain_plain(a, out, &found, err))
		return false;
	return found || refuse_topic(a->topic, err);
}

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct explain_args *a = args;
	bool found;

	if (a->errors) {
		out_many(out);
		return explain_errors(out, a->topic, &found, err) &&
		       (found || refuse_topic(a->topic, err));
	}
	if (a->topic == NULL) {
		if (!check_flags(a, NULL, NULL, err))
			return false;
		out_many(out);
		return explain_types(out, err);
	}
	if (explain_is_value(a->topic)) {
		if (a->value != NULL)
			return explain_value(out, s, a->topic, a->value, err);
		return shop_fail(err, E_USAGE, "name the %s to read: see `shopctl help %s`",
				 a->topic, a->topic);
	}
	if (a->value != NULL)
		return shop_fail(
			err, E_USAGE,
			"a VALUE goes with time, money, quantity, duration or id, not with %s",
			a->topic);
	return explain_topic(a, out, err);
}

const struct command cmd_explain = {
	.name = "explain",
	.summary = "What a type, field, status, error code or event means; how a value is read",
	.description =
		"A type gives its fields, a status the changes that are allowed with the commands "
		"that make them. What is told is what the program works by: the same tables.",
	.operands = operands,
	.options = options,
	.args_size = sizeof(struct explain_args),
	.needs = NEEDS_NOTHING,
	.run = run,
	.examples = "shopctl explain order\nshopctl explain order.status\n"
		    "shopctl explain order.status --dot\nshopctl explain shipment --schema\n"
		    "shopctl explain E_STOCK_SHORT\nshopctl explain payment.captured\n"
		    "shopctl explain time 'last monday 14:00'",
	.exits = "3 nothing is called so",
	.see_also = "help, event types",
};
