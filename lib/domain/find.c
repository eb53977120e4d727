/*
 * Finding objects by the keys people write in files. Each is one look into a unique index.
 */
#include "domain/domain.h"

#include "store/db.h"

#include <glib.h>

static bool find(struct shop_store *store, const char *sql, const char *key, int64_t *ret_id,
		 struct shop_error *err)
{
	if (!db_get(store, ret_id, sql, "t", err, key))
		return false;
	if (*ret_id == SHOP_NULL)
		*ret_id = 0;
	return true;
}

bool product_find(struct shop_store *store, const char *sku, struct product_found *ret_product,
		  struct shop_error *err)
{
	static const char sql[] =
		"SELECT id, qty_scale, unit, track_stock, (SELECT currency FROM price"
		" WHERE product_id = product.id ORDER BY n DESC LIMIT 1) FROM product WHERE sku = "
		"$1";
	AUTO_QUERY struct db_query q = {0};

	*ret_product = (struct product_found){0};
	if (!db_query(&q, store, sql, "t", err, sku))
		return false;
	if (db_next(&q)) {
		const char *currency = db_text(&q, 4);

		ret_product->id = db_int(&q, 0);
		ret_product->qty_scale = db_int(&q, 1);
		g_strlcpy(ret_product->unit, db_text(&q, 2), sizeof(ret_product->unit));
		ret_product->tracked = db_int(&q, 3) != 0;
		g_strlcpy(ret_product->currency,
			  currency == NULL ? shop_store_currency(store) : currency,
			  sizeof(ret_product->currency));
	}
	return db_done(&q, err);
}

bool product_find_barcode(struct shop_store *store, const char *barcode, int64_t *ret_id,
			  struct shop_error *err)
{
	return find(store, "SELECT id FROM product WHERE barcode = $1", barcode, ret_id, err);
}

bool supplier_find(struct shop_store *store, const char *name, int64_t *ret_id,
		   struct shop_error *err)
{
	return find(store, "SELECT id FROM supplier WHERE name = $1", name, ret_id, err);
}

bool location_find(struct shop_store *store, const char *name, int64_t *ret_id,
		   struct shop_error *err)
{
	return find(store, "SELECT id FROM location WHERE name = $1", name, ret_id, err);
}

bool customer_find(struct shop_store *store, const char *email, int64_t *ret_id,
		   struct shop_error *err)
{
	return find(store,
		    "SELECT id FROM customer WHERE lower(email) = lower($1) AND email IS NOT NULL",
		    email, ret_id, err);
}

bool order_find(struct shop_store *store, const char *reference, int64_t *ret_id,
		struct shop_error *err)
{
	return find(store, "SELECT id FROM orders WHERE reference = $1", reference, ret_id, err);
}
