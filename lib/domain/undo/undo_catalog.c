/*
 * Taking back changes of the catalogue and of the parties: the fields' old values, from the event.
 */
#include "domain/undo/undo_rules.h"

#include "shop/location.h"
#include "shop/product.h"
#include "shop/supplier.h"

#include <string.h>

/* The text a field had: NULL = it did not change, "" = it had none. */
static const char *old_text(const json_t *changed, const char *field)
{
	const json_t *pair = json_object_get(changed, field);
	const char *text = json_string_value(json_array_get(pair, 0));

	if (pair == NULL)
		return NULL;
	return text == NULL ? "" : text;
}

/* The number a field had: SHOP_NULL = it did not change. */
static bool old_int(const struct shop_event *event, const json_t *changed, const char *field,
		    int64_t *ret_value, struct shop_error *err)
{
	const json_t *pair = json_object_get(changed, field);
	const json_t *old = json_array_get(pair, 0);

	*ret_value = SHOP_NULL;
	if (pair == NULL)
		return true;
	if (!json_is_number(old)) {
		char *what =
			g_strdup_printf("%s had no value, which no command brings back", field);

		(void)undo_final(event, what, err);
		g_free(what);
		return false;
	}
	*ret_value = (int64_t)json_number_value(old);
	return true;
}

static bool put_product(const struct shop_event *event, const json_t *changed,
			struct shop_product_change *in, struct shop_error *err)
{
	const json_t *track = json_object_get(changed, "track_stock");
	const json_t *supplier = json_object_get(changed, "supplier");

	*in = (struct shop_product_change){
		.title = old_text(changed, "title"),
		.category = old_text(changed, "category"),
		.barcode = old_text(changed, "barcode"),
		.tax_class = old_text(changed, "tax_class"),
		.backorder = old_text(changed, "backorder"),
		.track_stock = track == NULL ? -1 : json_is_true(json_array_get(track, 0)),
		.supplier_id = SHOP_NULL,
	};
	if (supplier != NULL &&
	    !undo_id(json_array_get(supplier, 0), SHOP_ID_SUPPLIER, &in->supplier_id, err))
		return false;
	if (in->supplier_id == 0)
		return undo_final(event, "it had no supplier, which no command brings back", err);
	return old_int(event, changed, "weight_g", &in->weight_g, err) &&
	       old_int(event, changed, "reorder_point", &in->reorder_point, err) &&
	       old_int(event, changed, "reorder_qty", &in->reorder_qty, err);
}

bool undo_product(struct shop_store *store, const struct shop_event *event, const json_t *data,
		  struct shop_error *err)
{
	const json_t *changed = json_object_get(data, "changed");
	const char *status = old_text(changed, "status");
	struct shop_product_change in;
	AUTO_PRODUCT struct shop_product product = {0};
	AUTO_PRODUCT struct shop_product second = {0};

	if (status != NULL && json_object_size(changed) == 1)
		return shop_product_set_status(store, event->subject, status, &product, err);
	return put_product(event, changed, &in, err) &&
	       shop_product_update(store, event->subject, &in, &product, err) &&
	       (status == NULL ||
		shop_product_set_status(store, event->subject, status, &second, err));
}

/* A price that has begun is replaced from now on; one to come, for its whole time. */
bool undo_price(struct shop_store *store, const struct shop_event *event, const json_t *data,
		struct shop_error *err)
{
	const json_t *old = json_object_get(data, "old");
	const char *currency = json_string_value(json_object_get(old, "currency"));
	struct shop_price_change in = {.from_us = SHOP_NULL};
	AUTO_PRODUCT struct shop_product product = {0};
	int64_t from_us;

	if (currency == NULL)
		return undo_final(event, "it had no price before, and a price stays once set", err);
	in.to = shop_money_of(json_integer_value(json_object_get(old, "minor")), currency);
	if (!undo_time(store, json_object_get(data, "effective_at"), &from_us, err) ||
	    !undo_time(store, json_object_get(data, "until"), &in.until_us, err))
		return false;
	if (from_us > shop_store_context(store)->now_us)
		in.from_us = from_us;
	if (in.until_us != SHOP_NULL && in.until_us <= shop_store_context(store)->now_us)
		return undo_final(event, "that price has ended", err);
	return shop_price_set(store, event->subject, &in, &product, err);
}

bool undo_supplier(struct shop_store *store, const struct shop_event *event, const json_t *data,
		   struct shop_error *err)
{
	const json_t *changed = json_object_get(data, "changed");
	struct shop_supplier_new in = {
		.name = old_text(changed, "name"),
		.country = old_text(changed, "country"),
		.currency = old_text(changed, "currency"),
	};
	AUTO_SUPPLIER struct shop_supplier supplier = {0};
	int64_t id;

	if (json_array_size(json_object_get(data, "private")) > 0)
		return undo_final(event, "the journal keeps no e-mail and no phone number", err);
	return undo_subject(event, SHOP_ID_SUPPLIER, &id, err) &&
	       old_int(event, changed, "lead_days", &in.lead_days, err) &&
	       old_int(event, changed, "over_percent", &in.over_percent, err) &&
	       shop_supplier_update(store, id, &in, &supplier, err);
}

/* The default moves as two events: the place that was it takes it back, the other's follows. */
bool undo_location(struct shop_store *store, const struct shop_event *event, const json_t *data,
		   struct shop_error *err)
{
	const json_t *changed = json_object_get(data, "changed");
	const json_t *was = json_object_get(changed, "default");
	const struct shop_location_change in = {
		.name = old_text(changed, "name"),
		.country = old_text(changed, "country"),
		.make_default = json_is_true(json_array_get(was, 0)),
	};
	AUTO_LOCATION struct shop_location location = {0};
	int64_t id;

	if (in.name == NULL && in.country == NULL && !in.make_default)
		return true;
	return undo_subject(event, SHOP_ID_LOCATION, &id, err) &&
	       shop_location_update(store, id, &in, &location, err);
}
