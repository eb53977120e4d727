/*
 * Loading any object: one line per type.
 */
#include "shop/object.h"

#include "shop/backorder.h"
#include "shop/cart.h"
#include "shop/customer.h"
#include "shop/job.h"
#include "shop/location.h"
#include "shop/order.h"
#include "shop/payment.h"
#include "shop/product.h"
#include "shop/purchase.h"
#include "shop/shipment.h"
#include "shop/supplier.h"

const struct shop_record *shop_object_record(enum shop_id_type type)
{
	static const struct shop_record *const records[SHOP_ID_TYPES] = {
		[SHOP_ID_PRODUCT] = &shop_product_record,
		[SHOP_ID_CUSTOMER] = &shop_customer_record,
		[SHOP_ID_CART] = &shop_cart_record,
		[SHOP_ID_ORDER] = &shop_order_record,
		[SHOP_ID_PAYMENT] = &shop_payment_record,
		[SHOP_ID_SHIPMENT] = &shop_shipment_record,
		[SHOP_ID_BACKORDER] = &shop_backorder_record,
		[SHOP_ID_SUPPLIER] = &shop_supplier_record,
		[SHOP_ID_PURCHASE] = &shop_purchase_record,
		[SHOP_ID_LOCATION] = &shop_location_record,
		[SHOP_ID_JOB] = &shop_job_record,
	};

	return type < SHOP_ID_TYPES ? records[type] : NULL;
}

bool shop_object_parse(const char *text, struct shop_object *ret_object, struct shop_error *err)
{
	struct shop_object object = {.type = shop_id_type_of(text)};

	if (object.type == SHOP_ID_NONE) {
		object.type = SHOP_ID_PRODUCT;
		if (!shop_sku_parse(text, object.name, err))
			return false;
	} else if (object.type == SHOP_ID_PRODUCT || shop_object_record(object.type) == NULL) {
		return shop_fail(err, E_VALUE, "\"%s\" is %s that can be looked at here", text,
				 object.type == SHOP_ID_PRODUCT
					 ? "a number; it is the SKU of a product"
					 : "of no kind");
	} else if (!shop_id_parse(text, object.type, &object.id, err)) {
		return false;
	} else {
		shop_id_format(object.type, object.id, object.name);
	}
	*ret_object = object;
	return true;
}

static bool load(struct shop_store *store, const struct shop_object *o, int64_t now_us,
		 void *record, struct shop_error *err)
{
	switch (o->type) {
	case SHOP_ID_PRODUCT:
		return shop_product_load(store, o->name, now_us, record, err);
	case SHOP_ID_CUSTOMER:
		return shop_customer_load(store, o->id, record, err);
	case SHOP_ID_CART:
		return shop_cart_load(store, o->id, now_us, record, err);
	case SHOP_ID_ORDER:
		return shop_order_load(store, o->id, record, err);
	case SHOP_ID_PAYMENT:
		return shop_payment_load(store, o->id, record, err);
	case SHOP_ID_SHIPMENT:
		return shop_shipment_load(store, o->id, record, err);
	case SHOP_ID_BACKORDER:
		return shop_backorder_load(store, o->id, record, err);
	case SHOP_ID_SUPPLIER:
		return shop_supplier_load(store, o->id, record, err);
	case SHOP_ID_PURCHASE:
		return shop_purchase_load(store, o->id, record, err);
	case SHOP_ID_LOCATION:
		return shop_location_load(store, o->id, record, err);
	case SHOP_ID_JOB:
		return shop_job_load(store, o->id, record, err);
	default:
		return shop_fail(err, E_NOT_FOUND, "no %s", o->name);
	}
}

bool shop_object_load(struct shop_store *store, const struct shop_object *object, int64_t now_us,
		      void **ret_record, struct shop_error *err)
{
	void *record = g_malloc0(shop_object_record(object->type)->size);

	if (!load(store, object, now_us, record, err)) {
		g_free(record);
		return false;
	}
	*ret_record = record;
	return true;
}

void shop_object_free(const struct shop_object *object, void *record)
{
	if (record != NULL)
		shop_record_done(shop_object_record(object->type), record);
	g_free(record);
}
