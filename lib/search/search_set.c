/*
 * All that match: an object by its own texts, by the texts of what it belongs to, or by its number.
 * An order belongs to its customer, a shipment to its order, a purchase to its supplier.
 */
#include "search/search_private.h"

#include "shop/text.h"

#include <string.h>

static const char orders_sql[] =
	"SELECT id FROM orders WHERE customer_id = $1 ORDER BY id DESC LIMIT $2";
static const char shipments_sql[] =
	"SELECT id FROM shipment WHERE order_id = $1 ORDER BY id DESC LIMIT $2";
static const char purchases_sql[] =
	"SELECT id FROM purchase WHERE supplier_id = $1 ORDER BY id DESC LIMIT $2";

const struct search_kind *search_owner_kind(const struct search_kind *kind)
{
	switch (kind->type) {
	case SHOP_ID_ORDER:
		return search_kind_of(SHOP_ID_CUSTOMER);
	case SHOP_ID_SHIPMENT:
		return search_kind_of(SHOP_ID_ORDER);
	case SHOP_ID_PURCHASE:
		return search_kind_of(SHOP_ID_SUPPLIER);
	default:
		return NULL;
	}
}

bool search_related(struct shop_store *store, const struct search_kind *kind, int64_t owner,
		    int64_t limit, GArray *numbers, struct shop_error *err)
{
	const char *sql = kind->type == SHOP_ID_ORDER	   ? orders_sql
			  : kind->type == SHOP_ID_SHIPMENT ? shipments_sql
							   : purchases_sql;
	AUTO_QUERY struct db_query q = {0};

	if (!db_query(&q, store, sql, "ii", err, owner, limit))
		return false;
	while (db_next(&q)) {
		int64_t number = db_int(&q, 0);

		g_array_append_val(numbers, number);
	}
	return db_done(&q, err);
}

/* A product's number is nothing people know; its SKU is one of its texts. */
int64_t search_number_meant(const struct search_kind *kind, const char *text)
{
	AUTO_ERROR struct shop_error none = {0};
	AUTO_TEXT char *word = g_strstrip(g_strdup(text));
	int64_t number = 0;

	if (kind->type == SHOP_ID_PRODUCT || !shop_id_parse(word, kind->type, &number, &none))
		return 0;
	return number;
}

static bool add_number(int64_t number, enum search_score score, const struct search_doc *doc,
		       void *ctx, struct shop_error *err)
{
	(void)score, (void)doc, (void)err;
	g_array_append_val((GArray *)ctx, number);
	return true;
}

static gint rising(gconstpointer a, gconstpointer b)
{
	int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;

	return (left > right) - (left < right);
}

static void each_once(GArray *numbers)
{
	guint kept = 0;

	g_array_sort(numbers, rising);
	for (guint i = 0; i < numbers->len; i++) {
		int64_t number = g_array_index(numbers, int64_t, i);

		if (kept == 0 || g_array_index(numbers, int64_t, kept - 1) != number)
			g_array_index(numbers, int64_t, kept++) = number;
	}
	g_array_set_size(numbers, kept);
}

static bool add_related(struct search_index *index, const struct search_kind *kind,
			const struct search_terms *terms, const char *text, GArray *numbers,
			struct shop_error *err)
{
	const struct search_kind *owner = search_owner_kind(kind);
	GArray *owners;
	bool ok;

	if (owner == NULL)
		return true;
	owners = g_array_new(FALSE, FALSE, sizeof(int64_t));
	ok = search_all(index, owner, terms, text, owners, err);
	for (guint i = 0; ok && i < owners->len; i++)
		ok = search_related(index->store, kind, g_array_index(owners, int64_t, i),
				    INT64_MAX, numbers, err);
	g_array_unref(owners);
	return ok;
}

bool search_all(struct search_index *index, const struct search_kind *kind,
		const struct search_terms *terms, const char *text, GArray *numbers,
		struct shop_error *err)
{
	int64_t meant = search_number_meant(kind, text);

	if (meant != 0)
		g_array_append_val(numbers, meant);
	if (!search_find(index, kind, terms, add_number, numbers, err) ||
	    !add_related(index, kind, terms, text, numbers, err))
		return false;
	each_once(numbers);
	return true;
}

static bool numbers_once(struct shop_store *store, const struct shop_search *in,
			 const struct search_kind *kind, const struct search_terms *terms,
			 GArray *numbers, struct shop_error *err)
{
	AUTO_INDEX struct search_index index = {0};
	bool ok;

	g_array_set_size(numbers, 0);
	search_index_open(store, in->progress, &index);
	ok = search_all(&index, kind, terms, in->text, numbers, err);
	search_tell_notice(&index, in);
	return ok;
}

static bool give_keys(struct shop_store *store, const struct search_kind *kind,
		      const GArray *numbers, shop_search_key_fn fn, void *ctx,
		      struct shop_error *err)
{
	static const char sql[] = "SELECT sku FROM product WHERE id = $1";

	for (guint i = 0; i < numbers->len; i++) {
		int64_t number = g_array_index(numbers, int64_t, i);
		AUTO_TEXT char *sku = NULL;

		if (kind->type == SHOP_ID_PRODUCT &&
		    !db_get_text(store, &sku, sql, "i", err, number))
			return false;
		fn(number, sku, ctx);
	}
	return true;
}

bool shop_search_keys(struct shop_store *store, const struct shop_search *in,
		      enum shop_id_type type, shop_search_key_fn fn, void *ctx,
		      struct shop_error *err)
{
	const struct search_kind *kind = search_kind_of(type);
	AUTO_TERMS struct search_terms terms = {0};
	GArray *numbers;
	bool ok;

	g_assert(kind != NULL);
	if (!search_terms_read(in->text, &terms, err))
		return false;
	numbers = g_array_new(FALSE, FALSE, sizeof(int64_t));
	ok = (numbers_once(store, in, kind, &terms, numbers, err) ||
	      (search_renew(store, err) && numbers_once(store, in, kind, &terms, numbers, err))) &&
	     give_keys(store, kind, numbers, fn, ctx, err);
	g_array_unref(numbers);
	return ok;
}
