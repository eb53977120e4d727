/* Typed ids as text and back, and SKUs, which share their place on the command line. */
#include "shop/ids.h"

#include "number.h"

#include <assert.h>
#include <string.h>

struct id_kind {
	const char *prefix;
	const char *noun;
};

static const struct id_kind kinds[SHOP_ID_TYPES] = {
	[SHOP_ID_NONE] = { "", "object" },          [SHOP_ID_PRODUCT] = { "prd", "product" },
	[SHOP_ID_CUSTOMER] = { "cus", "customer" }, [SHOP_ID_CART] = { "cart", "cart" },
	[SHOP_ID_ORDER] = { "ord", "order" },       [SHOP_ID_LINE] = { "lin", "line" },
	[SHOP_ID_PAYMENT] = { "pay", "payment" },   [SHOP_ID_REFUND] = { "rfn", "refund" },
	[SHOP_ID_SHIPMENT] = { "shp", "shipment" }, [SHOP_ID_BACKORDER] = { "bko", "backorder" },
	[SHOP_ID_RETURN] = { "ret", "return" },     [SHOP_ID_SUPPLIER] = { "sup", "supplier" },
	[SHOP_ID_PURCHASE] = { "pur", "purchase" }, [SHOP_ID_LOCATION] = { "loc", "location" },
	[SHOP_ID_EVENT] = { "evt", "event" },       [SHOP_ID_JOB] = { "job", "job" },
	[SHOP_ID_WEBHOOK] = { "whk", "webhook" },   [SHOP_ID_TXN] = { "txn", "transaction" },
};

static const struct id_kind *kind_of(enum shop_id_type type)
{
	assert((unsigned)type < SHOP_ID_TYPES);
	return &kinds[type];
}

const char *shop_id_prefix(enum shop_id_type type)
{
	return kind_of(type)->prefix;
}

const char *shop_id_noun(enum shop_id_type type)
{
	return kind_of(type)->noun;
}

const char *shop_id_format(enum shop_id_type type, int64_t id, char text[SHOP_ID_TEXT])
{
	const char *prefix = kind_of(type)->prefix;
	char digits[NUMBER_TEXT];
	size_t count, used = strlen(prefix);

	text[0] = '\0';
	if (id <= 0)
		return text;
	count = number_format(id, 0, digits);
	memcpy(text, prefix, used);
	if (used > 0)
		text[used++] = '-';
	memcpy(text + used, digits, count + 1);
	return text;
}

/* Where the number of `prefix-number` begins, or NULL. */
static const char *number_behind(const char *text, const char *prefix)
{
	size_t length = strlen(prefix);

	if (g_ascii_strncasecmp(text, prefix, length) != 0 || text[length] != '-')
		return NULL;
	text += length + 1;
	return *text != '\0' && text[strspn(text, "0123456789")] == '\0' ? text : NULL;
}

enum shop_id_type shop_id_type_of(const char *text)
{
	for (int type = SHOP_ID_NONE + 1; type < SHOP_ID_TYPES; type++) {
		if (number_behind(text, kinds[type].prefix) != NULL)
			return (enum shop_id_type)type;
	}
	return SHOP_ID_NONE;
}

static const char *article(const char *noun)
{
	return strchr("aeiou", noun[0]) != NULL ? "an" : "a";
}

static bool fail_type(const char *text, enum shop_id_type is, enum shop_id_type wanted,
                      struct shop_error *err)
{
	const char *noun = kinds[is].noun;
	const char *other = kinds[wanted].noun;

	return shop_fail(err, E_VALUE, "%s is %s %s, this takes %s %s", text, article(noun), noun,
	                 article(other), other);
}

bool shop_id_parse(const char *text, enum shop_id_type type, int64_t *ret_id,
                   struct shop_error *err)
{
	const struct id_kind *kind = kind_of(type);
	enum shop_id_type is = shop_id_type_of(text);
	const char *digits = text;
	int64_t id;

	if (is != SHOP_ID_NONE && is != type)
		return fail_type(text, is, type, err);
	if (is != SHOP_ID_NONE)
		digits = number_behind(text, kind->prefix);
	else if (*text == '#')
		digits = text + 1;

	/* A leading zero would make two spellings of one id, and SKUs of digits look like ids. */
	if (*digits == '0' || !number_scan_digits(&digits, INT64_MAX, &id) || *digits != '\0')
		return shop_fail(err, E_VALUE,
		                 "\"%.*s\" is not %s %s id, expected a form like %s-1042",
		                 NUMBER_QUOTE, text, article(kind->noun), kind->noun, kind->prefix);
	*ret_id = id;
	return true;
}

bool shop_sku_parse(const char *text, char ret_sku[SHOP_SKU_MAX + 1], struct shop_error *err)
{
	char sku[SHOP_SKU_MAX + 1] = "";
	size_t length = strlen(text);

	if (length == 0 || length > SHOP_SKU_MAX || !g_ascii_isalnum(text[0]))
		return shop_fail(err, E_VALUE,
		                 "\"%.*s\" is not a SKU: 1 to %d letters or digits, with . _ / - "
		                 "after the first",
		                 NUMBER_QUOTE, text, SHOP_SKU_MAX);
	for (size_t i = 0; i < length; i++) {
		if (!g_ascii_isalnum(text[i]) && strchr("._/-", text[i]) == NULL)
			return shop_fail(err, E_VALUE,
			                 "\"%.*s\" is not a SKU: only letters, digits and . _ / - "
			                 "are allowed",
			                 NUMBER_QUOTE, text);
		sku[i] = g_ascii_toupper(text[i]);
	}
	if (shop_id_type_of(sku) != SHOP_ID_NONE)
		return shop_fail(err, E_VALUE,
		                 "\"%s\" cannot be a SKU: it has the form of %s %s id", text,
		                 article(kinds[shop_id_type_of(sku)].noun),
		                 kinds[shop_id_type_of(sku)].noun);
	memcpy(ret_sku, sku, length + 1);
	return true;
}
