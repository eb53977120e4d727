/* -F 'FIELD OP VALUE': the value is read as the field's type, then compared record by record. */
#include "select/select_private.h"

#include "shop/quantity.h"
#include "shop/text.h"

#include <string.h>

/* A value as typed; a time may be a span: `2026-11` is all of November. */
struct wanted {
	struct shop_value value;
	struct shop_span span;
	char *text; /* owned: what value.text points to, or its folded form for ~ and ^= */
	char currency[4];
};

static const struct op_word {
	const char *word;
	enum filter_op op;
} op_words[] = {
	{"!=", FILTER_UNEQUAL}, {"<=", FILTER_AT_MOST}, {">=", FILTER_AT_LEAST},
	{"^=", FILTER_BEGINS},	{"=", FILTER_EQUAL},	{"<", FILTER_BELOW},
	{">", FILTER_ABOVE},	{"~", FILTER_CONTAINS}, {":", FILTER_IN},
	{"?", FILTER_SET},
};

static void wanted_clear(gpointer data)
{
	struct wanted *wanted = data;

	g_free(wanted->text);
}

void filter_done(struct filter *filter)
{
	g_free(filter->text);
	if (filter->wanted != NULL)
		g_array_unref(filter->wanted);
	memset(filter, 0, sizeof(*filter));
}

/* SKUs and currency codes are upper case, words lower; everything else is taken as it stands. */
static char *as_kept(const struct shop_field *field, const char *text)
{
	if (field->type == SHOP_TYPE_WORD)
		return g_ascii_strdown(text, -1);
	if (strcmp(field->name, "sku") == 0 || strcmp(field->name, "currency") == 0)
		return g_ascii_strup(text, -1);
	return g_strdup(text);
}

static bool read_time(const char *text, const struct shop_clock *clock, struct wanted *to,
		      struct shop_error *err)
{
	AUTO_ERROR struct shop_error no_span = {0};

	if (shop_span_parse(text, clock, &to->span, &no_span))
		return true;
	if (!shop_time_parse_ago(text, clock, &to->span.from_us, err))
		return false;
	to->span.until_us = to->span.from_us + 1;
	return true;
}

static bool read_bool(const char *text, int64_t *ret_value, struct shop_error *err)
{
	static const char *const yes[] = {"true", "yes", "1", NULL};
	static const char *const no[] = {"false", "no", "0", NULL};

	*ret_value = g_strv_contains(yes, text);
	return *ret_value != 0 || g_strv_contains(no, text) ||
	       shop_fail(err, E_VALUE, "\"%s\" is not true or false", text);
}

static bool read_money(const char *text, const char *currency, struct wanted *to,
		       struct shop_error *err)
{
	struct shop_money money;

	if (!shop_money_parse(text, currency, &money, err))
		return false;
	to->value.number = money.minor;
	g_strlcpy(to->currency, money.currency, sizeof(to->currency));
	return true;
}

static bool read_quantity(const char *text, struct wanted *to, struct shop_error *err)
{
	struct shop_decimal decimal;

	if (!shop_decimal_parse(text, &decimal, err))
		return false;
	to->value.number = decimal.value;
	to->value.scale = decimal.scale;
	return true;
}

static bool read_value(const struct select_how *how, const struct shop_field *field,
		       const char *text, struct wanted *to, struct shop_error *err)
{
	int64_t *number = &to->value.number;

	switch (field->type) {
	case SHOP_TYPE_ID:
		return shop_id_parse(text, field->id_type, number, err);
	case SHOP_TYPE_INT:
		return shop_int_parse(text, -INT64_MAX, INT64_MAX, number, err);
	case SHOP_TYPE_BOOL:
		return read_bool(text, number, err);
	case SHOP_TYPE_MONEY:
		return read_money(text, how->currency, to, err);
	case SHOP_TYPE_QUANTITY:
		return read_quantity(text, to, err);
	case SHOP_TYPE_TIME:
		return read_time(text, &how->clock, to, err);
	case SHOP_TYPE_DURATION:
		return shop_duration_parse(text, number, err);
	default:
		to->text = as_kept(field, text);
		to->value.text = to->text;
		return true;
	}
}

static bool is_text(const struct shop_field *field)
{
	return field->type == SHOP_TYPE_TEXT || field->type == SHOP_TYPE_WORD ||
	       field->type == SHOP_TYPE_JSON;
}

/* The operators a field of this type knows. */
static bool check_op(const struct filter *filter, struct shop_error *err)
{
	const struct shop_field *field = shop_path_last(&filter->path);

	if (filter->op == FILTER_SET || filter->op == FILTER_UNSET)
		return true;
	if (field->type == SHOP_TYPE_LIST || field->type == SHOP_TYPE_RECORD)
		return shop_fail(
			err, E_VALUE, "--filter %s: %s has fields of its own; name one: %s.%s",
			filter->text, field->name, field->name, field->child->fields[0].name);
	if ((filter->op == FILTER_CONTAINS || filter->op == FILTER_BEGINS) && !is_text(field))
		return shop_fail(err, E_VALUE, "--filter %s: ~ and ^= are for texts", filter->text);
	return true;
}

static bool add_wanted(const struct select_how *how, struct filter *filter, const char *text,
		       struct shop_error *err)
{
	const struct shop_field *field = shop_path_last(&filter->path);
	struct wanted wanted = {.value = {.field = field}};
	char *what;
	bool ok = true;

	if (filter->op == FILTER_CONTAINS || filter->op == FILTER_BEGINS)
		wanted.text = shop_text_fold(text);
	else
		ok = read_value(how, field, text, &wanted, err);
	if (ok) {
		g_array_append_val(filter->wanted, wanted);
		return true;
	}
	what = g_strconcat("--filter ", filter->text, NULL);
	shop_fail_while(err, what);
	g_free(what);
	return false;
}

static bool add_list(const struct select_how *how, struct filter *filter, const char *text,
		     struct shop_error *err)
{
	char **words = g_strsplit(text, ",", -1);
	bool ok = true;
	guint i;

	for (i = 0; ok && words[i] != NULL; i++)
		ok = add_wanted(how, filter, g_strstrip(words[i]), err);
	g_strfreev(words);
	return ok;
}

static const char *find_op(const char *text, enum filter_op *ret_op)
{
	size_t i;

	for (i = 0; i < G_N_ELEMENTS(op_words); i++)
		if (g_str_has_prefix(text, op_words[i].word)) {
			*ret_op = op_words[i].op;
			return text + strlen(op_words[i].word);
		}
	return NULL;
}

/* Takes "FIELD OP VALUE" apart; *ret_value gets the place of the value. */
static bool parse_head(const char *text, const struct select_how *how, struct filter *filter,
		       const char **ret_value, struct shop_error *err)
{
	bool unset = text[0] == '!';
	const char *begin = text + unset;
	size_t length = strspn(begin, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "0123456789_.[]");
	const char *rest = begin + length + strspn(begin + length, " ");
	char *name = g_ascii_strdown(begin, (gssize)length);
	const char *value = find_op(rest, &filter->op);
	bool ok = length > 0 && value != NULL && unset <= (filter->op == FILTER_SET);

	if (ok && filter->op == FILTER_SET)
		ok = value[strspn(value, " ")] == '\0';
	if (!ok)
		shop_fail(err, E_VALUE,
			  "--filter: \"%s\" is not FIELD OP VALUE with an operator of = != < <= > "
			  ">= ~ ^= : or FIELD? or !FIELD?",
			  text);
	else
		ok = shop_path_find(how->type, name, &filter->path) ||
		     shop_path_unknown(how->type, name, "--filter", err);
	if (ok && unset)
		filter->op = FILTER_UNSET;
	g_free(name);
	*ret_value = ok ? value + strspn(value, " ") : NULL;
	return ok;
}

bool filter_parse(const char *text, const struct select_how *how, struct filter *ret_filter,
		  struct shop_error *err)
{
	struct filter *filter = ret_filter;
	const char *value;

	memset(filter, 0, sizeof(*filter));
	filter->text = g_strdup(text);
	filter->wanted = g_array_new(FALSE, TRUE, sizeof(struct wanted));
	g_array_set_clear_func(filter->wanted, wanted_clear);
	if (parse_head(text, how, filter, &value, err) && check_op(filter, err)) {
		if (filter->op == FILTER_SET || filter->op == FILTER_UNSET)
			return true;
		if (filter->op == FILTER_IN ? add_list(how, filter, value, err)
					    : add_wanted(how, filter, value, err))
			return true;
	}
	shop_fail_field(err, "filter");
	return false;
}

static bool compare(const struct shop_value *value, const struct wanted *wanted, enum filter_op op)
{
	bool time = value->field->type == SHOP_TYPE_TIME;
	int64_t at = value->number;
	int order = time ? (at < wanted->span.from_us ? -1 : at >= wanted->span.until_us)
			 : shop_value_compare(value, &wanted->value);

	switch (op) {
	case FILTER_UNEQUAL:
		return order != 0;
	case FILTER_BELOW:
		return order < 0;
	case FILTER_AT_MOST:
		return order <= 0;
	case FILTER_ABOVE:
		return order > 0;
	case FILTER_AT_LEAST:
		return order >= 0;
	default:
		return order == 0;
	}
}

static bool contains(const struct shop_value *value, const struct wanted *wanted, enum filter_op op)
{
	char *folded = shop_text_fold(value->text);
	bool found = op == FILTER_BEGINS ? g_str_has_prefix(folded, wanted->text)
					 : strstr(folded, wanted->text) != NULL;

	g_free(folded);
	return found;
}

/* One record asked by one filter. */
struct asking {
	const struct filter *filter;
	struct shop_error *err;
	bool failed;
};

static bool other_currency(const struct shop_value *value, const struct wanted *wanted,
			   struct asking *asking)
{
	if (value->field->type != SHOP_TYPE_MONEY ||
	    g_strcmp0(value->currency, wanted->currency) == 0)
		return false;
	asking->failed = true;
	shop_fail(asking->err, E_VALUE,
		  "--filter %s: an amount in %s does not compare with one in %s; put -F "
		  "currency=%s before it",
		  asking->filter->text, value->currency, wanted->currency, wanted->currency);
	shop_fail_field(asking->err, "filter");
	return true;
}

/* True ends the walk: the value passes, or the question is wrong. */
static bool ask(const struct shop_value *value, void *ctx)
{
	struct asking *asking = ctx;
	const struct filter *filter = asking->filter;
	guint i;

	if (filter->op == FILTER_SET || filter->op == FILTER_UNSET)
		return !value->null;
	if (value->null)
		return filter->op == FILTER_UNEQUAL;
	for (i = 0; i < filter->wanted->len; i++) {
		const struct wanted *wanted = &g_array_index(filter->wanted, struct wanted, i);

		if (other_currency(value, wanted, asking))
			return true;
		if (filter->op == FILTER_CONTAINS || filter->op == FILTER_BEGINS
			    ? contains(value, wanted, filter->op)
			    : compare(value, wanted, filter->op))
			return true;
	}
	return false;
}

bool filter_passes(const struct filter *filter, const void *record, bool *ret_passes,
		   struct shop_error *err)
{
	struct asking asking = {.filter = filter, .err = err};
	bool found = shop_path_any(&filter->path, record, ask, &asking);

	*ret_passes = filter->op == FILTER_UNSET ? !found : found;
	return !asking.failed;
}
