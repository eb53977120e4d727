/*
 * Feeds every value parser what a stranger may type; what is read must survive being written and
 * read again.
 */
#include "shop/ids.h"
#include "shop/money.h"
#include "shop/quantity.h"
#include "shop/text.h"
#include "shop/times.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Not assert(): it must hold in release builds of the fuzzer too. */
static void must(bool holds)
{
	if (!holds)
		abort();
}

static void feed_ids(const char *input, struct shop_error *err)
{
	char text[SHOP_ID_TEXT], sku[SHOP_SKU_MAX + 1], again[SHOP_SKU_MAX + 1];
	int64_t id, back;

	if (shop_id_parse(input, SHOP_ID_ORDER, &id, err)) {
		shop_id_format(SHOP_ID_ORDER, id, text);
		must(shop_id_parse(text, SHOP_ID_ORDER, &back, err) && back == id);
	}
	if (shop_sku_parse(input, sku, err))
		must(shop_sku_parse(sku, again, err) && strcmp(sku, again) == 0);
}

static void feed_money(const char *input, struct shop_error *err)
{
	char text[SHOP_MONEY_TEXT];
	struct shop_money money, back;
	struct shop_adjust by;

	if (shop_money_parse(input, "EUR", &money, err)) {
		shop_money_format_full(money, text);
		must(shop_money_parse(text, NULL, &back, err) && back.minor == money.minor);
		must(strcmp(back.currency, money.currency) == 0);
	}
	if (shop_adjust_parse(input, "EUR", &by, err) &&
	    shop_money_adjust((struct shop_money){ 1999, "EUR" }, by, &money, err))
		must(money.minor >= 0);
}

static void feed_quantity(const char *input, struct shop_error *err)
{
	char text[SHOP_QUANTITY_TEXT];
	struct shop_decimal decimal, again;
	int64_t qty, back;

	if (shop_decimal_parse(input, &decimal, err)) {
		must(shop_quantity_of(&decimal, SHOP_QUANTITY_SCALE_MAX, decimal.unit, &qty, err));
		shop_quantity_format(qty, SHOP_QUANTITY_SCALE_MAX, text);
		must(shop_decimal_parse(text, &again, err));
		must(shop_quantity_of(&again, SHOP_QUANTITY_SCALE_MAX, NULL, &back, err));
		must(back == qty);
	}
	if (shop_weight_parse(input, &qty, err))
		must(qty >= 0);
	if (shop_int_parse(input, -100, 100, &qty, err))
		must(qty >= -100 && qty <= 100);
}

static void feed_times(const char *input, struct shop_error *err)
{
	const struct shop_clock clock = {
		.now_us = INT64_C(1795439100) * SHOP_SECOND,
		.zone = "Europe/Berlin",
	};
	char text[SHOP_TIME_TEXT];
	struct shop_span span;
	int64_t at_us, back;

	if (shop_time_parse(input, &clock, &at_us, err)) {
		shop_time_format_utc(at_us, text);
		must(shop_time_parse(text, &clock, &back, err));
		must(back <= at_us && at_us - back < 1000);
		shop_time_format_local(at_us, clock.zone, text);
	}
	if (shop_time_parse_ago(input, &clock, &at_us, err))
		shop_time_format_utc(at_us, text);
	if (shop_span_parse(input, &clock, &span, err))
		must(span.from_us < span.until_us);
	if (shop_duration_parse(input, &at_us, err)) {
		shop_duration_format(at_us, text);
		must(shop_duration_parse(text, &back, err) && back <= at_us);
	}
}

static void feed_text(const char *input, struct shop_error *err)
{
	static const struct shop_text_rule rule = { .max_chars = SHOP_NOTE_MAX, .multiline = true };
	AUTO_STRING GString *shown = g_string_new(NULL);
	AUTO_TEXT char *clean = NULL;
	AUTO_TEXT char *again = NULL;
	AUTO_TEXT char *email = NULL;
	char country[3];

	shop_text_escape(shown, input);
	must(g_utf8_validate(shown->str, -1, NULL));
	if (shop_text_clean(input, "note", &rule, &clean, err)) {
		must(shop_text_clean(clean, "note", &rule, &again, err));
		must(strcmp(clean, again) == 0);
	}
	if (shop_email_clean(input, &email, err))
		must(strchr(email, '@') != NULL);
	if (shop_country_clean(input, country, err))
		must(country[2] == '\0');
	must(shop_text_distance(input, input) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_ERROR struct shop_error err = { 0 };
	AUTO_TEXT char *input = g_strndup((const char *)data, size);

	feed_ids(input, &err);
	feed_money(input, &err);
	feed_quantity(input, &err);
	feed_times(input, &err);
	feed_text(input, &err);
	must(err.message == NULL || g_utf8_validate(err.message, -1, NULL));
	return 0;
}
