/*
 * Orders from elsewhere, placed by the function that checkout uses. A reference that is known stays
 * as it is.
 */
#include "import/import_run.h"

#include "domain/domain.h"
#include "shop/customer.h"

#include <string.h>

enum { REFERENCE, PLACED_AT, CUSTOMER_EMAIL, CUSTOMER, CURRENCY, PAY, SHIP_TO, SKU, QTY, PRICE };

static const struct import_field fields[] = {
	[REFERENCE] = {.name = "reference",
		       .type = IMPORT_TEXT,
		       .required = true,
		       .unique = true,
		       .max_chars = 100,
		       .doc = "the order's own number elsewhere"},
	[PLACED_AT] = {.name = "placed_at", .type = IMPORT_TIME, .doc = "when; else now"},
	[CUSTOMER_EMAIL] = {.name = "customer_email",
			    .type = IMPORT_EMAIL,
			    .doc = "a known customer's"},
	[CUSTOMER] = {.name = "customer",
		      .type = IMPORT_TEXT,
		      .max_chars = SHOP_EMAIL_MAX,
		      .doc = "id or e-mail, instead"},
	[CURRENCY] = {.name = "currency",
		      .type = IMPORT_CURRENCY,
		      .doc = "of the prices; else the store's"},
	[PAY] = {.name = "pay",
		 .type = IMPORT_TEXT,
		 .max_chars = 100,
		 .doc = "DRIVER or DRIVER:TOKEN (manual)"},
	[SHIP_TO] = {.name = "ship_to",
		     .type = IMPORT_OBJECT,
		     .doc = "name, street, city, postcode, country …"},
	[SKU] = {.name = "sku",
		 .type = IMPORT_SKU,
		 .required = true,
		 .in_lines = true,
		 .doc = "the product"},
	[QTY] = {.name = "qty",
		 .type = IMPORT_QUANTITY,
		 .required = true,
		 .in_lines = true,
		 .doc = "how many"},
	[PRICE] = {.name = "price",
		   .type = IMPORT_MONEY,
		   .in_lines = true,
		   .currency = CURRENCY,
		   .doc = "agreed for one; else the one in force"},
};

static bool find_customer(struct shop_store *store, const struct import_value *v, int64_t *ret_id,
			  struct shop_error *err)
{
	*ret_id = 0;
	if (v[CUSTOMER].given)
		return import_reference(store, v[CUSTOMER].text, SHOP_ID_CUSTOMER, customer_find,
					"customer", ret_id, err);
	return !v[CUSTOMER_EMAIL].given ||
	       import_reference(store, v[CUSTOMER_EMAIL].text, SHOP_ID_CUSTOMER, customer_find,
				"customer_email", ret_id, err);
}

static bool check_pay(const struct import_value *v, struct shop_error *err)
{
	struct payment_method method;

	return payment_method_parse(v[PAY].text, &method, err) || shop_fail_field(err, "pay");
}

/* The members of an address; NULL where it has none. False when it has others, or not texts. */
static bool address_of(const json_t *json, struct shop_address_new *a)
{
	const struct {
		const char *name;
		const char **text;
	} members[] = {
		{"label", &a->label},	{"name", &a->name},	    {"company", &a->company},
		{"street", &a->street}, {"street2", &a->street2},   {"city", &a->city},
		{"region", &a->region}, {"postcode", &a->postcode}, {"country", &a->country},
		{"phone", &a->phone},
	};
	size_t known = 0;

	for (size_t i = 0; i < G_N_ELEMENTS(members); i++) {
		json_t *value = json_object_get(json, members[i].name);

		*members[i].text = json_string_value(value);
		if (json_is_string(value) || json_is_null(value))
			known++;
	}
	return known == json_object_size(json);
}

/* *ret_json: checked and in one form, the caller's; NULL when the order has no address. */
static bool read_address(const struct import_value *v, char **ret_json, struct shop_error *err)
{
	struct shop_address_new address;
	json_t *json;
	bool ok;

	*ret_json = NULL;
	if (!v[SHIP_TO].given)
		return true;
	json = json_loads(v[SHIP_TO].text, 0, NULL);
	ok = address_of(json, &address) || shop_fail(err, E_INVALID,
						     "an address has label, name, company, street, "
						     "street2, city, region, postcode, country and "
						     "phone, all texts");
	ok = ok && shop_address_json(&address, ret_json, err);
	json_decref(json);
	return ok || shop_fail_field(err, "ship_to");
}

static bool read_line(struct shop_store *store, const struct import_value *v,
		      struct order_new_line *ret_line, struct shop_error *err)
{
	struct product_found product;

	if (!product_find(store, v[SKU].text, &product, err))
		return false;
	if (product.id == 0) {
		shop_fail(err, E_NOT_FOUND, "no product %s", v[SKU].text);
		return shop_fail_field(err, "sku");
	}
	if (v[PRICE].given && strcmp(v[PRICE].money.currency, product.currency) != 0) {
		shop_fail(err, E_CURRENCY, "%s is priced in %s, not in %s", v[SKU].text,
			  product.currency, v[PRICE].money.currency);
		return shop_fail_field(err, "price");
	}
	ret_line->product_id = product.id;
	ret_line->price_minor = v[PRICE].money.minor;
	if (!shop_quantity_of(&v[QTY].decimal, (int)product.qty_scale, product.unit, &ret_line->qty,
			      err))
		return shop_fail_field(err, "qty");
	if (ret_line->qty > 0 && (!v[PRICE].given || v[PRICE].money.minor >= 0))
		return true;
	shop_fail(err, E_INVALID, ret_line->qty > 0 ? "not below 0" : "above 0");
	return shop_fail_field(err, ret_line->qty > 0 ? "price" : "qty");
}

static bool check_row(struct shop_store *store, const struct import_item *item, guint row,
		      struct shop_error *err)
{
	const struct import_value *v = import_values(item, row);
	AUTO_TEXT char *address = NULL;
	struct order_new_line line;
	int64_t customer_id;

	if (!read_line(store, v, &line, err))
		return false;
	return row > 0 || (find_customer(store, v, &customer_id, err) && check_pay(v, err) &&
			   read_address(v, &address, err));
}

static bool read_lines(struct shop_store *store, const struct import_item *item,
		       struct order_new_line *lines, struct shop_error *err)
{
	for (guint i = 0; i < item->rows; i++)
		if (!read_line(store, import_values(item, i), &lines[i], err))
			return false;
	return true;
}

static bool place(struct shop_store *store, const struct import_item *item,
		  struct order_new_line *lines, struct shop_error *err)
{
	const struct import_value *v = import_values(item, 0);
	AUTO_TEXT char *address = NULL;
	struct order_new in = {
		.reference = v[REFERENCE].text,
		.pay = v[PAY].text,
		.placed_us = v[PLACED_AT].number,
		.lines = lines,
		.count = item->rows,
	};
	int64_t id;

	if (!find_customer(store, v, &in.customer_id, err) || !read_address(v, &address, err) ||
	    !read_lines(store, item, lines, err))
		return false;
	in.ship_to = address;
	return order_place(store, &in, &id, err);
}

static bool write_row(struct shop_store *store, const struct import_item *item,
		      enum import_outcome *ret_outcome, struct shop_error *err)
{
	struct order_new_line *lines;
	int64_t id;
	bool ok;

	if (!order_find(store, import_values(item, 0)[REFERENCE].text, &id, err))
		return false;
	*ret_outcome = id == 0 ? IMPORT_CREATED : IMPORT_UNCHANGED;
	if (id != 0)
		return true;
	lines = g_new0(struct order_new_line, item->rows);
	ok = place(store, item, lines, err);
	g_free(lines);
	return ok;
}

const struct import_kind import_order = {
	.name = "order",
	.many = "orders",
	.doc = "orders by reference: new ones are placed, as checkout places them; known ones stay "
	       "as they are",
	.fields = fields,
	.count = G_N_ELEMENTS(fields),
	.grouped = true,
	.repeatable = true,
	.check = check_row,
	.write = write_row,
};
