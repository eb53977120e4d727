/*
 * What a product's fields may hold: one check for making, changing and importing.
 */
#include "domain/domain.h"
#include "domain/product/product_row.h"
#include "shop/quantity.h"
#include "shop/text.h"
#include "store/db.h"

#include <string.h>

void product_values_done(struct product_values *v)
{
	g_free(v->title);
	g_free(v->category);
	g_free(v->barcode);
	g_free(v->tax_class);
	g_free(v->unit);
	*v = (struct product_values){0};
}

/* An absent or empty text is NULL in the store. */
static bool clean_optional(const char *text, const char *field, size_t max, char **ret_text,
			   struct shop_error *err)
{
	const struct shop_text_rule rule = {.max_chars = max};

	*ret_text = NULL;
	return text == NULL || *text == '\0' || shop_text_clean(text, field, &rule, ret_text, err);
}

static bool check_digit_fits(const char *digits, size_t length)
{
	int sum = 0;

	for (size_t i = 0; i < length; i++)
		sum += (digits[i] - '0') * ((length - i) % 2 == 0 ? 3 : 1);
	return sum % 10 == 0;
}

static bool clean_barcode(const char *text, char **ret_barcode, struct shop_error *err)
{
	size_t length;

	*ret_barcode = NULL;
	if (text == NULL || *text == '\0')
		return true;
	length = strlen(text);
	if ((length != 8 && length != 12 && length != 13 && length != 14) ||
	    strspn(text, "0123456789") != length || !check_digit_fits(text, length)) {
		shop_fail(err, E_INVALID,
			  "barcode: an EAN-8, UPC-12, EAN-13 or GTIN-14 with its check digit, not "
			  "\"%s\"",
			  text);
		return shop_fail_field(err, "barcode");
	}
	*ret_barcode = g_strdup(text);
	return true;
}

static bool clean_word(const char *text, const char *field, const char *otherwise, char **ret_word,
		       struct shop_error *err)
{
	const char *word = text == NULL || *text == '\0' ? otherwise : text;

	if (strlen(word) > 40 ||
	    strspn(word, "abcdefghijklmnopqrstuvwxyz0123456789_-") != strlen(word)) {
		shop_fail(err, E_INVALID,
			  "%s: up to 40 lower-case letters, digits, _ and -, not \"%s\"", field,
			  word);
		return shop_fail_field(err, field);
	}
	*ret_word = g_strdup(word);
	return true;
}

bool product_backorder_parse(const char *text, const char **ret_policy, int64_t *ret_limit,
			     struct shop_error *err)
{
	*ret_limit = SHOP_NULL;
	if (strcmp(text, "deny") == 0 || strcmp(text, "allow") == 0) {
		*ret_policy = *text == 'd' ? "deny" : "allow";
		return true;
	}
	*ret_policy = "limit";
	if (g_str_has_prefix(text, "limit:") &&
	    shop_int_parse(text + 6, 0, SHOP_QUANTITY_MAX, ret_limit, err))
		return true;
	shop_fail(err, E_INVALID, "backorder: deny, allow or limit:N, not \"%s\"", text);
	return shop_fail_field(err, "backorder");
}

static bool whole_units(int64_t whole, int64_t scale, const char *field, int64_t *ret_qty,
			struct shop_error *err)
{
	*ret_qty = whole;
	if (whole == SHOP_NULL)
		return true;
	if (whole < 0 || whole > SHOP_QUANTITY_MAX) {
		shop_fail(err, E_INVALID, "%s: 0 to %" G_GINT64_FORMAT, field, SHOP_QUANTITY_MAX);
		return shop_fail_field(err, field);
	}
	for (; scale > 0; scale--)
		*ret_qty *= 10;
	return true;
}

static bool check_numbers(const struct shop_product_new *in, struct product_values *v,
			  struct shop_error *err)
{
	if (in->qty_scale < 0 || in->qty_scale > SHOP_QUANTITY_SCALE_MAX) {
		shop_fail(err, E_INVALID, "qty_scale: 0 to %d", SHOP_QUANTITY_SCALE_MAX);
		return shop_fail_field(err, "qty_scale");
	}
	if (in->weight_g != SHOP_NULL && in->weight_g < 0) {
		shop_fail(err, E_INVALID, "weight: not below 0");
		return shop_fail_field(err, "weight");
	}
	if (in->reorder_qty == 0) {
		shop_fail(err, E_INVALID, "reorder_qty: at least 1");
		return shop_fail_field(err, "reorder_qty");
	}
	return whole_units(in->reorder_point, in->qty_scale, "reorder_point", &v->reorder_point,
			   err) &&
	       whole_units(in->reorder_qty, in->qty_scale, "reorder_qty", &v->reorder_qty, err) &&
	       (in->price.minor == SHOP_NULL || product_price_check(in->price, err));
}

bool product_values_clean(const struct shop_product_new *in, const char *backorder,
			  struct product_values *v, struct shop_error *err)
{
	const struct shop_text_rule title = {.max_chars = SHOP_NAME_MAX, .required = true};

	if (in->price.minor == SHOP_NULL && !in->draft) {
		shop_fail(err, E_INVALID, "price: an active product needs one");
		return shop_fail_field(err, "price");
	}
	return shop_sku_parse(in->sku, v->sku, err) &&
	       shop_text_clean(in->title == NULL ? "" : in->title, "title", &title, &v->title,
			       err) &&
	       clean_optional(in->category, "category", SHOP_NAME_MAX, &v->category, err) &&
	       clean_optional(in->unit, "unit", 15, &v->unit, err) &&
	       clean_barcode(in->barcode, &v->barcode, err) &&
	       clean_word(in->tax_class, "tax_class", "standard", &v->tax_class, err) &&
	       product_backorder_parse(backorder, &v->backorder, &v->backorder_limit, err) &&
	       check_numbers(in, v, err);
}

bool shop_product_check(const struct shop_product_new *in, struct shop_error *err)
{
	AUTO_PRODUCT_VALUES struct product_values v = {0};

	return product_values_clean(in, in->backorder == NULL ? "deny" : in->backorder, &v, err);
}

/* The error of a taken SKU or barcode names the product that has it. */
bool product_refuse_taken(struct shop_store *store, const char *sku, const char *barcode,
			  struct shop_error *err)
{
	static const char sql[] = "SELECT sku FROM product WHERE sku = $1 OR barcode = $2 ORDER BY "
				  "sku = $1 DESC LIMIT 1";
	AUTO_TEXT char *taken = NULL;

	if (!db_get_text(store, &taken, sql, "tt", err, sku, barcode))
		return false;
	if (taken == NULL)
		return true;
	if (g_strcmp0(taken, sku) == 0)
		shop_fail(err, E_DUPLICATE, "there is a product %s already", taken);
	else
		shop_fail(err, E_DUPLICATE, "product %s has the barcode %s already", taken,
			  barcode);
	shop_fail_object(err, taken);
	return shop_fail_fix(err, "product", "show", taken, NULL);
}

bool product_check_supplier(struct shop_store *store, int64_t supplier_id, struct shop_error *err)
{
	static const char sql[] = "SELECT id FROM supplier WHERE id = $1 AND status = 'active'";
	char text[SHOP_ID_TEXT];
	int64_t found;

	if (supplier_id == 0)
		return true;
	if (!db_get(store, &found, sql, "d", err, supplier_id))
		return false;
	if (found != SHOP_NULL)
		return true;
	shop_fail(err, E_NOT_FOUND, "no supplier %s",
		  shop_id_format(SHOP_ID_SUPPLIER, supplier_id, text));
	return shop_fail_fix(err, "supplier", "list", NULL);
}
