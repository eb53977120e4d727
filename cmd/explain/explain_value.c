/*
 * How a value is read, shown in all the forms it has: what the parser made of it, not what it was
 * meant to be.
 */
#include "explain/explain.h"

#include "frame/config.h"

#include <string.h>

struct reading_row {
	char *form, *value;
};

static const struct shop_field reading_fields[] = {
	SHOP_FIELD_WORD(struct reading_row, form, "form", "the form"),
	SHOP_FIELD_TEXT(struct reading_row, value, "value", "the value in this form"),
};

static const struct shop_record reading_record =
	SHOP_RECORD("form", struct reading_row, reading_fields);

struct value_row {
	char *kind, *input;
	struct shop_list forms;
};

static const struct shop_field value_fields[] = {
	SHOP_FIELD_WORD(struct value_row, kind, "kind", "what it was read as"),
	SHOP_FIELD_TEXT(struct value_row, input, "input", "what was typed"),
	SHOP_FIELD_LIST(struct value_row, forms, "forms", &reading_record, "what it means"),
};

static const struct shop_record value_record = SHOP_RECORD("value", struct value_row, value_fields);

static void add(struct value_row *row, const char *form, char *value)
{
	struct reading_row *reading = shop_list_add(&reading_record, &row->forms);

	reading->form = g_strdup(form);
	reading->value = value;
}

static char *number(int64_t value)
{
	return g_strdup_printf("%" G_GINT64_FORMAT, value);
}

static char *distance(int64_t us)
{
	char text[SHOP_TIME_TEXT];

	if (us == 0)
		return g_strdup("now");
	shop_duration_format(us < 0 ? -us : us, text);
	return us < 0 ? g_strdup_printf("%s ago", text) : g_strdup_printf("in %s", text);
}

static void add_instant(struct value_row *row, const struct session *s, const char *utc,
			const char *local, int64_t at_us)
{
	char text[SHOP_TIME_TEXT];

	add(row, utc, g_strdup(shop_time_format_utc(at_us, text)));
	add(row, local, g_strdup(shop_time_format_local(at_us, s->clock.zone, text)));
}

/* A span (`last-month`, `2026-11`) where it is none that is an instant. */
static bool read_span(struct value_row *row, const struct session *s, const char *text)
{
	AUTO_ERROR struct shop_error none = {0};
	struct shop_span span;
	char length[SHOP_TIME_TEXT];

	if (!shop_span_parse(text, &s->clock, &span, &none))
		return false;
	add_instant(row, s, "from", "from_local", span.from_us);
	add_instant(row, s, "until", "until_local", span.until_us);
	add(row, "length", g_strdup(shop_duration_format(span.until_us - span.from_us, length)));
	return true;
}

static bool read_time(struct value_row *row, const struct session *s, const char *text,
		      struct shop_error *err)
{
	int64_t at_us;

	if (!shop_time_parse(text, &s->clock, &at_us, err)) {
		if (!read_span(row, s, text))
			return false;
		shop_error_done(err);
		return true;
	}
	add_instant(row, s, "utc", "local", at_us);
	add(row, "unix", number(at_us / SHOP_SECOND));
	add(row, "distance", distance(at_us - s->clock.now_us));
	return true;
}

static bool read_money(struct value_row *row, const struct session *s, const char *text,
		       struct shop_error *err)
{
	struct shop_money money;
	char amount[SHOP_MONEY_TEXT];

	if (!shop_money_parse(text, config_text(s->config, "shop.currency"), &money, err))
		return false;
	add(row, "amount", g_strdup(shop_money_format(money, amount)));
	add(row, "currency", g_strdup(money.currency));
	add(row, "currency_name", g_strdup(shop_currency_find(money.currency)->name));
	add(row, "minor", number(money.minor));
	return true;
}

static bool read_quantity(struct value_row *row, const struct session *s, const char *text,
			  struct shop_error *err)
{
	struct shop_decimal decimal;
	char exact[SHOP_QUANTITY_TEXT];

	(void)s;
	if (!shop_decimal_parse(text, &decimal, err))
		return false;
	add(row, "quantity", g_strdup(shop_quantity_format(decimal.value, decimal.scale, exact)));
	add(row, "unit", g_strdup(*decimal.unit == '\0' ? "the product's" : decimal.unit));
	add(row, "decimals", number(decimal.scale));
	return true;
}

static bool read_duration(struct value_row *row, const struct session *s, const char *text,
			  struct shop_error *err)
{
	int64_t us;
	char plain[SHOP_TIME_TEXT];

	if (!shop_duration_parse(text, &us, err))
		return false;
	add(row, "duration", g_strdup(shop_duration_format(us, plain)));
	add(row, "seconds", g_strdup_printf("%.10g", (double)us / (double)SHOP_SECOND));
	add_instant(row, s, "from_now", "from_now_local", s->clock.now_us + us);
	return true;
}

static bool read_id(struct value_row *row, const struct session *s, const char *text,
		    struct shop_error *err)
{
	enum shop_id_type type = shop_id_type_of(text);
	char id[SHOP_ID_TEXT], sku[SHOP_SKU_MAX + 1];
	int64_t n;

	(void)s;
	if (type == SHOP_ID_NONE) {
		if (!shop_sku_parse(text, sku, err))
			return false;
		add(row, "noun", g_strdup("product"));
		add(row, "sku", g_strdup(sku));
		return true;
	}
	if (!shop_id_parse(text, type, &n, err))
		return false;
	add(row, "noun", g_strdup(shop_id_noun(type)));
	add(row, "id", g_strdup(shop_id_format(type, n, id)));
	add(row, "number", number(n));
	return true;
}

typedef bool (*read_fn)(struct value_row *row, const struct session *s, const char *text,
			struct shop_error *err);

static read_fn reader_of(const char *kind)
{
	static const struct {
		const char *kind;
		read_fn read;
	} readers[] = {
		{"time", read_time},	     {"money", read_money}, {"quantity", read_quantity},
		{"duration", read_duration}, {"id", read_id},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(readers); i++)
		if (strcmp(readers[i].kind, kind) == 0)
			return readers[i].read;
	return NULL;
}

bool explain_is_value(const char *kind)
{
	return reader_of(kind) != NULL;
}

bool explain_value(struct out *out, const struct session *s, const char *kind, const char *text,
		   struct shop_error *err)
{
	struct value_row row = {.kind = g_strdup(kind), .input = g_strdup(text)};
	bool ok = reader_of(kind)(&row, s, text, err) && out_record(out, &value_record, &row, err);

	shop_record_done(&value_record, &row);
	return ok;
}
