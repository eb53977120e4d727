/*
 * Suppliers and locations by name, customers by e-mail address. Each may be named by its id
 * instead: then its name or address is a field that can change.
 */
#include "declare/declare_run.h"

#include "domain/domain.h"
#include "import/import_run.h"
#include "shop/customer.h"
#include "shop/location.h"
#include "shop/supplier.h"

#include <string.h>

/* By id, or by what `find` knows; *ret_id 0 = there is none. */
static bool find(struct declare_run *run, const struct declare_value *id, const char *key,
		 enum shop_id_type type, import_find_fn find_key, int64_t *ret_id,
		 struct shop_error *err)
{
	if (id->text != NULL)
		return import_reference(run->store, id->text, type, find_key, "id", ret_id, err);
	return find_key(run->store, key, ret_id, err);
}

static void identify(struct declare_live *live, enum shop_id_type type, int64_t id, int64_t version,
		     const char *status)
{
	char text[SHOP_ID_TEXT];

	live->found = true;
	live->archived = strcmp(status, "archived") == 0;
	live->id = id;
	live->version = version;
	g_strlcpy(live->ident, shop_id_format(type, id, text), sizeof(live->ident));
}

struct listing {
	declare_live_fn fn;
	void *ctx;
};

/* ---- suppliers */

enum { ID, NAME, EMAIL, PHONE, COUNTRY, CURRENCY, LEAD_DAYS, OVER_PERCENT };

static const struct declare_field supplier_fields[] = {
	[ID] = {.name = "id",
		.type = DECLARE_ID,
		.doc = "in place of the name, which can then change"},
	[NAME] = {.name = "name",
		  .type = DECLARE_TEXT,
		  .flags = DECLARE_KEY | DECLARE_KEEP,
		  .doc = "what people call it"},
	[EMAIL] = {.name = "email", .type = DECLARE_EMAIL, .doc = "where purchases are sent"},
	[PHONE] = {.name = "phone", .type = DECLARE_TEXT, .max_chars = 40, .doc = "whom to call"},
	[COUNTRY] = {.name = "country", .type = DECLARE_COUNTRY, .doc = "ISO 3166 alpha-2"},
	[CURRENCY] = {.name = "currency",
		      .type = DECLARE_CURRENCY,
		      .flags = DECLARE_KEEP,
		      .doc = "of its purchases"},
	[LEAD_DAYS] = {.name = "lead_days",
		       .type = DECLARE_INT,
		       .reset = "7",
		       .doc = "days to arrival"},
	[OVER_PERCENT] = {.name = "over_percent",
			  .type = DECLARE_INT,
			  .doc = "how much more than ordered may come"},
};

static void fill_supplier(const struct shop_supplier *s, struct declare_live *live)
{
	identify(live, SHOP_ID_SUPPLIER, s->id, s->version, s->status);
	value_fill(&declare_supplier, &shop_supplier_record, s, live);
}

static bool load_supplier(struct declare_run *run, struct declare_value *values,
			  struct declare_live *live, struct shop_error *err)
{
	AUTO_SUPPLIER struct shop_supplier supplier = {0};
	int64_t id;

	if (!find(run, &values[ID], values[NAME].text, SHOP_ID_SUPPLIER, supplier_find, &id, err))
		return false;
	if (id == 0)
		return true;
	if (!shop_supplier_load(run->store, id, &supplier, err))
		return false;
	fill_supplier(&supplier, live);
	return true;
}

static bool give_supplier(const void *record, void *ctx, struct shop_error *err)
{
	const struct listing *l = ctx;
	AUTO_LIVE struct declare_live live = {0};

	fill_supplier(record, &live);
	return l->fn(&live, l->ctx, err);
}

static bool each_supplier(struct declare_run *run, declare_live_fn fn, void *ctx,
			  struct shop_error *err)
{
	struct listing listing = {fn, ctx};

	return shop_supplier_list(run->store, NULL, SHOP_NULL, give_supplier, &listing, err);
}

static struct shop_supplier_new supplier_of(const struct declare_want *want)
{
	return (struct shop_supplier_new){
		.name = want->texts[NAME],
		.email = want_text(want, EMAIL),
		.phone = want_text(want, PHONE),
		.country = want_text(want, COUNTRY),
		.currency = want->texts[CURRENCY],
		.lead_days = want_number(want, LEAD_DAYS),
		.over_percent = want_number(want, OVER_PERCENT),
	};
}

static bool create_supplier(struct declare_run *run, const struct declare_want *want,
			    struct shop_error *err)
{
	const struct shop_supplier_new in = supplier_of(want);
	AUTO_SUPPLIER struct shop_supplier supplier = {0};

	return shop_supplier_create(run->store, &in, &supplier, err);
}

static bool update_supplier(struct declare_run *run, const struct declare_live *live,
			    const struct declare_want *want, struct shop_error *err)
{
	const struct shop_supplier_new in = supplier_of(want);
	AUTO_SUPPLIER struct shop_supplier supplier = {0};

	return shop_supplier_update(run->store, live->id, &in, &supplier, err);
}

static bool archive_supplier(struct declare_run *run, const struct declare_live *live,
			     struct shop_error *err)
{
	AUTO_SUPPLIER struct shop_supplier supplier = {0};

	return shop_supplier_archive(run->store, live->id, &supplier, err);
}

const struct declare_kind declare_supplier = {
	.name = "supplier",
	.doc = "where the shop buys",
	.fields = supplier_fields,
	.count = G_N_ELEMENTS(supplier_fields),
	.load = load_supplier,
	.each = each_supplier,
	.create = create_supplier,
	.update = update_supplier,
	.archive = archive_supplier,
};

/* ---- locations */

enum { LOCATION_COUNTRY = 2, DEFAULT };

static const struct declare_field location_fields[] = {
	[ID] = {.name = "id",
		.type = DECLARE_ID,
		.doc = "in place of the name, which can then change"},
	[NAME] = {.name = "name",
		  .type = DECLARE_TEXT,
		  .flags = DECLARE_KEY | DECLARE_KEEP,
		  .doc = "what people call it"},
	[LOCATION_COUNTRY] = {.name = "country",
			      .type = DECLARE_COUNTRY,
			      .doc = "ISO 3166 alpha-2"},
	[DEFAULT] = {.name = "default",
		     .type = DECLARE_BOOL,
		     .flags = DECLARE_KEEP | DECLARE_ONLY_TRUE,
		     .doc = "used where none is named: true at one of them"},
};

static void fill_location(const struct shop_location *l, struct declare_live *live)
{
	identify(live, SHOP_ID_LOCATION, l->id, l->version, l->status);
	value_fill(&declare_location, &shop_location_record, l, live);
}

static bool load_location(struct declare_run *run, struct declare_value *values,
			  struct declare_live *live, struct shop_error *err)
{
	AUTO_LOCATION struct shop_location location = {0};
	int64_t id;

	if (!find(run, &values[ID], values[NAME].text, SHOP_ID_LOCATION, location_find, &id, err))
		return false;
	if (id == 0)
		return true;
	if (!shop_location_load(run->store, id, &location, err))
		return false;
	fill_location(&location, live);
	return true;
}

static bool give_location(const void *record, void *ctx, struct shop_error *err)
{
	const struct listing *l = ctx;
	AUTO_LIVE struct declare_live live = {0};

	fill_location(record, &live);
	return l->fn(&live, l->ctx, err);
}

static bool each_location(struct declare_run *run, declare_live_fn fn, void *ctx,
			  struct shop_error *err)
{
	const struct shop_location_filter filter = {.limit = SHOP_NULL};
	struct listing listing = {fn, ctx};

	return shop_location_list(run->store, &filter, give_location, &listing, err);
}

static bool create_location(struct declare_run *run, const struct declare_want *want,
			    struct shop_error *err)
{
	const struct shop_location_new in = {
		.name = want->texts[NAME],
		.country = want->texts[LOCATION_COUNTRY],
		.is_default = want->texts[DEFAULT] != NULL,
	};
	AUTO_LOCATION struct shop_location location = {0};

	return shop_location_create(run->store, &in, &location, err);
}

static bool update_location(struct declare_run *run, const struct declare_live *live,
			    const struct declare_want *want, struct shop_error *err)
{
	const struct shop_location_change in = {
		.name = want->texts[NAME],
		.country = want_text(want, LOCATION_COUNTRY),
		.make_default = want->texts[DEFAULT] != NULL,
	};
	AUTO_LOCATION struct shop_location location = {0};

	return shop_location_update(run->store, live->id, &in, &location, err);
}

static bool archive_location(struct declare_run *run, const struct declare_live *live,
			     struct shop_error *err)
{
	AUTO_LOCATION struct shop_location location = {0};

	return shop_location_archive(run->store, live->id, &location, err);
}

const struct declare_kind declare_location = {
	.name = "location",
	.doc = "where stock lies",
	.fields = location_fields,
	.count = G_N_ELEMENTS(location_fields),
	.load = load_location,
	.each = each_location,
	.create = create_location,
	.update = update_location,
	.archive = archive_location,
};
