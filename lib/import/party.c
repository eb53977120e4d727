/*
 * Suppliers and locations, by name.
 */
#include "import/import_run.h"

#include "domain/domain.h"
#include "shop/location.h"
#include "shop/supplier.h"

#include <string.h>

enum { SUPPLIER_NAME, EMAIL, PHONE, SUPPLIER_COUNTRY, CURRENCY, LEAD_DAYS, OVER_PERCENT };

static const struct import_field supplier_fields[] = {
	[SUPPLIER_NAME] = {.name = "name",
			   .type = IMPORT_TEXT,
			   .required = true,
			   .unique = true,
			   .max_chars = SHOP_NAME_MAX,
			   .doc = "what people call it"},
	[EMAIL] = {.name = "email",
		   .type = IMPORT_EMAIL,
		   .clears = true,
		   .doc = "where purchases are sent"},
	[PHONE] = {.name = "phone",
		   .type = IMPORT_TEXT,
		   .clears = true,
		   .max_chars = 40,
		   .doc = "whom to call"},
	[SUPPLIER_COUNTRY] = {.name = "country",
			      .type = IMPORT_COUNTRY,
			      .clears = true,
			      .doc = "ISO 3166 alpha-2"},
	[CURRENCY] = {.name = "currency",
		      .type = IMPORT_CURRENCY,
		      .doc = "of its purchases; else the store's"},
	[LEAD_DAYS] = {.name = "lead_days",
		       .type = IMPORT_INT,
		       .doc = "days from a purchase to its arrival"},
	[OVER_PERCENT] = {.name = "over_percent",
			  .type = IMPORT_INT,
			  .doc = "how much more than ordered may come"},
};

static struct shop_supplier_new supplier_of(const struct import_value *v)
{
	return (struct shop_supplier_new){
		.name = v[SUPPLIER_NAME].text,
		.email = v[EMAIL].text,
		.phone = v[PHONE].text,
		.country = v[SUPPLIER_COUNTRY].text,
		.currency = v[CURRENCY].text,
		.lead_days = v[LEAD_DAYS].number,
		.over_percent = v[OVER_PERCENT].number,
	};
}

static bool check_supplier(struct shop_store *store, const struct import_item *item, guint row,
			   struct shop_error *err)
{
	const struct import_value *v = import_values(item, row);

	(void)store;
	if (!v[OVER_PERCENT].given || v[OVER_PERCENT].number <= 100)
		return true;
	shop_fail(err, E_INVALID, "0 to 100");
	return shop_fail_field(err, "over_percent");
}

static bool same_text(const struct import_value *v, const char *now)
{
	return (!v->given && !v->cleared) || strcmp(v->text, now == NULL ? "" : now) == 0;
}

static bool same_number(const struct import_value *v, int64_t now)
{
	return !v->given || v->number == now;
}

static bool same_supplier(const struct import_value *v, const struct shop_supplier *s)
{
	return same_text(&v[EMAIL], s->email) && same_text(&v[PHONE], s->phone) &&
	       same_text(&v[SUPPLIER_COUNTRY], s->country) &&
	       same_text(&v[CURRENCY], s->currency) && same_number(&v[LEAD_DAYS], s->lead_days) &&
	       same_number(&v[OVER_PERCENT], s->over_percent);
}

static bool write_supplier(struct shop_store *store, const struct import_item *item,
			   enum import_outcome *ret_outcome, struct shop_error *err)
{
	const struct import_value *v = import_values(item, 0);
	const struct shop_supplier_new in = supplier_of(v);
	AUTO_SUPPLIER struct shop_supplier old = {0};
	AUTO_SUPPLIER struct shop_supplier supplier = {0};
	int64_t id;

	if (!supplier_find(store, in.name, &id, err))
		return false;
	*ret_outcome = IMPORT_CREATED;
	if (id == 0)
		return shop_supplier_create(store, &in, &supplier, err);
	if (!shop_supplier_load(store, id, &old, err))
		return false;
	*ret_outcome = same_supplier(v, &old) ? IMPORT_UNCHANGED : IMPORT_UPDATED;
	return *ret_outcome == IMPORT_UNCHANGED ||
	       shop_supplier_update(store, id, &in, &supplier, err);
}

const struct import_kind import_supplier = {
	.name = "supplier",
	.many = "suppliers",
	.doc = "suppliers by name: new ones are made, others changed where the file says otherwise",
	.fields = supplier_fields,
	.count = G_N_ELEMENTS(supplier_fields),
	.repeatable = true,
	.check = check_supplier,
	.write = write_supplier,
};

enum { LOCATION_NAME, LOCATION_COUNTRY, IS_DEFAULT };

static const struct import_field location_fields[] = {
	[LOCATION_NAME] = {.name = "name",
			   .type = IMPORT_TEXT,
			   .required = true,
			   .unique = true,
			   .max_chars = SHOP_NAME_MAX,
			   .doc = "what people call it"},
	[LOCATION_COUNTRY] = {.name = "country", .type = IMPORT_COUNTRY, .doc = "ISO 3166 alpha-2"},
	[IS_DEFAULT] = {.name = "default",
			.type = IMPORT_BOOL,
			.doc = "used where none is named; only when made"},
};

/* A location that is there stays as it is. */
static bool write_location(struct shop_store *store, const struct import_item *item,
			   enum import_outcome *ret_outcome, struct shop_error *err)
{
	const struct import_value *v = import_values(item, 0);
	const struct shop_location_new in = {
		.name = v[LOCATION_NAME].text,
		.country = v[LOCATION_COUNTRY].text,
		.is_default = v[IS_DEFAULT].given && v[IS_DEFAULT].number != 0,
	};
	AUTO_LOCATION struct shop_location location = {0};
	int64_t id;

	if (!location_find(store, in.name, &id, err))
		return false;
	*ret_outcome = id == 0 ? IMPORT_CREATED : IMPORT_UNCHANGED;
	return id != 0 || shop_location_create(store, &in, &location, err);
}

const struct import_kind import_location = {
	.name = "location",
	.many = "locations",
	.doc = "locations by name: new ones are made, others left as they are",
	.fields = location_fields,
	.count = G_N_ELEMENTS(location_fields),
	.repeatable = true,
	.write = write_location,
};
