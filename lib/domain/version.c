/*
 * Reading an object's version, whatever its type.
 */
#include "shop/version.h"

#include "store/db.h"

static const char *version_sql(enum shop_id_type type)
{
	static const char product[] = "SELECT version FROM product WHERE id = $1";
	static const char customer[] = "SELECT version FROM customer WHERE id = $1";
	static const char cart[] = "SELECT version FROM cart WHERE id = $1";
	static const char order[] = "SELECT version FROM orders WHERE id = $1";
	static const char payment[] = "SELECT version FROM payment WHERE id = $1";
	static const char shipment[] = "SELECT version FROM shipment WHERE id = $1";
	static const char backorder[] = "SELECT version FROM backorder WHERE id = $1";
	static const char supplier[] = "SELECT version FROM supplier WHERE id = $1";
	static const char purchase[] = "SELECT version FROM purchase WHERE id = $1";
	static const char location[] = "SELECT version FROM location WHERE id = $1";
	static const char *const sql[SHOP_ID_TYPES] = {
		[SHOP_ID_PRODUCT] = product,	 [SHOP_ID_CUSTOMER] = customer,
		[SHOP_ID_CART] = cart,		 [SHOP_ID_ORDER] = order,
		[SHOP_ID_PAYMENT] = payment,	 [SHOP_ID_SHIPMENT] = shipment,
		[SHOP_ID_BACKORDER] = backorder, [SHOP_ID_SUPPLIER] = supplier,
		[SHOP_ID_PURCHASE] = purchase,	 [SHOP_ID_LOCATION] = location,
	};

	return sql[type];
}

bool shop_version_of(struct shop_store *store, enum shop_id_type type, int64_t id,
		     int64_t *ret_version, struct shop_error *err)
{
	const char *sql = version_sql(type);
	char text[SHOP_ID_TEXT];

	if (sql == NULL)
		return shop_fail(err, E_VALUE, "a %s has no version", shop_id_noun(type));
	if (!db_get(store, ret_version, sql, "d", err, id))
		return false;
	if (*ret_version != SHOP_NULL)
		return true;
	shop_fail(err, E_NOT_FOUND, "no %s %s", shop_id_noun(type), shop_id_format(type, id, text));
	return shop_fail_object(err, text);
}

bool shop_version_of_sku(struct shop_store *store, const char *sku, int64_t *ret_version,
			 struct shop_error *err)
{
	static const char sql[] = "SELECT version FROM product WHERE sku = $1";

	if (!db_get(store, ret_version, sql, "t", err, sku))
		return false;
	if (*ret_version != SHOP_NULL)
		return true;
	shop_fail(err, E_NOT_FOUND, "no product %s", sku);
	return shop_fail_object(err, sku);
}
