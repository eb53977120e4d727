/*
 * Which kinds are searched, and the texts of each as they stand in the store. A text of several
 * fields has them on lines of their own.
 */
#include "search/search_private.h"

#include "store/db.h"

#include <string.h>

#define LINE(column) "COALESCE(" column ", '') || '\n' || "
#define LAST(column) "COALESCE(" column ", '')"
#define ALL_LINES(column) "{lite|group_concat}{pg|string_agg}(" column ", '\n')"

#define PRODUCT_TEXTS                                                                              \
	"SELECT p.id, p.title, p.category, p.sku || COALESCE('\n' || p.barcode, '') FROM product " \
	"p"
#define CUSTOMER_TEXTS                                                                             \
	"SELECT c.id, c.name, " LINE("c.company") "COALESCE((SELECT " ALL_LINES(                   \
		LINE("a.name") LINE("a.company") LINE("a.street") LINE("a.street2") LINE("a.city") \
			LINE("a.region") LINE("a.postcode")                                        \
				LAST("a.phone")) " FROM address a WHERE a.customer_id = c.id), "   \
						 "''), " LINE("c.email")                           \
							 LAST("c.phone") " FROM customer c"
#define SUPPLIER_TEXTS                                                                             \
	"SELECT u.id, u.name, NULL, " LINE("u.email") LAST("u.phone") " FROM supplier u"
#define TO(field) "o.ship_to ->> '" field "'"
#define ORDER_TEXTS                                                                                \
	"SELECT o.id, " TO("name") ", " LINE(TO("company")) LINE(TO("street")) LINE(TO("street2")) \
		LINE(TO("city")) LINE(TO("region")) LINE(TO("postcode"))                           \
			LAST(TO("phone")) ", o.reference FROM orders o"
#define SHIPMENT_TEXTS "SELECT s.id, NULL, NULL, s.tracking FROM shipment s"

static const struct search_kind kinds[] = {
	{SHOP_ID_PRODUCT, "product", PRODUCT_TEXTS " WHERE p.id = $1",
	 PRODUCT_TEXTS " WHERE p.id > $1 ORDER BY p.id"},
	{SHOP_ID_CUSTOMER, "customer", CUSTOMER_TEXTS " WHERE c.id = $1",
	 CUSTOMER_TEXTS " WHERE c.id > $1 ORDER BY c.id"},
	{SHOP_ID_SUPPLIER, "supplier", SUPPLIER_TEXTS " WHERE u.id = $1",
	 SUPPLIER_TEXTS " WHERE u.id > $1 ORDER BY u.id"},
	{SHOP_ID_ORDER, "order", ORDER_TEXTS " WHERE o.id = $1",
	 ORDER_TEXTS " WHERE o.id > $1 AND (o.ship_to IS NOT NULL OR o.reference IS NOT NULL)"
		     " ORDER BY o.id"},
	{SHOP_ID_SHIPMENT, "shipment", SHIPMENT_TEXTS " WHERE s.id = $1",
	 SHIPMENT_TEXTS " WHERE s.id > $1 AND s.tracking IS NOT NULL ORDER BY s.id"},
	{SHOP_ID_PURCHASE, "purchase", NULL, NULL},
	{SHOP_ID_NONE, NULL, NULL, NULL},
};

G_STATIC_ASSERT(G_N_ELEMENTS(kinds) == SEARCH_KINDS + 1);

#define NUMBER_BITS 48

const struct search_kind *search_kinds(void)
{
	return kinds;
}

const struct search_kind *search_kind_of(enum shop_id_type type)
{
	const struct search_kind *kind = kinds;

	while (kind->name != NULL && kind->type != type)
		kind++;
	return kind->name == NULL ? NULL : kind;
}

static bool add_kind(const char *word, unsigned *kinds_to, struct shop_error *err)
{
	const struct search_kind *kind = kinds;
	GString *all = g_string_new(NULL);

	for (; kind->name != NULL && g_ascii_strcasecmp(kind->name, word) != 0; kind++)
		g_string_append_printf(all, "%s%s", all->len == 0 ? "" : ", ", kind->name);
	if (kind->name != NULL)
		*kinds_to |= 1u << kind->type;
	else
		shop_fail(err, E_VALUE, "\"%s\" is no kind that is searched: %s", word, all->str);
	g_string_free(all, TRUE);
	return kind->name != NULL;
}

const char *shop_search_kind(size_t n)
{
	const struct search_kind *kind = kinds;

	while (kind->name != NULL && n-- > 0)
		kind++;
	return kind->name;
}

bool shop_search_kinds_read(const char *list, unsigned *ret_kinds, struct shop_error *err)
{
	char **words = g_strsplit(list, ",", -1);
	unsigned wanted = 0;
	bool ok = true;

	for (guint i = 0; ok && words[i] != NULL; i++)
		ok = add_kind(g_strstrip(words[i]), &wanted, err);
	g_strfreev(words);
	if (ok)
		*ret_kinds = wanted;
	return ok;
}

int64_t search_row(const struct search_kind *kind, int64_t number)
{
	return ((int64_t)(kind - kinds) + 1) << NUMBER_BITS | number;
}

const struct search_kind *search_row_kind(int64_t row)
{
	return &kinds[(row >> NUMBER_BITS) - 1];
}

int64_t search_row_number(int64_t row)
{
	return row & ((INT64_C(1) << NUMBER_BITS) - 1);
}

/* Fields that are not there leave no lines behind. */
static char *without_blank_lines(const char *text)
{
	GString *to;

	if (text == NULL)
		return NULL;
	to = g_string_sized_new(strlen(text));
	for (const char *p = text; *p != '\0';) {
		size_t length = strcspn(p, "\n");

		if (length > 0 && to->len > 0)
			g_string_append_c(to, '\n');
		g_string_append_len(to, p, (gssize)length);
		p += length + (p[length] == '\n');
	}
	if (to->len > 0)
		return g_string_free(to, FALSE);
	g_string_free(to, TRUE);
	return NULL;
}

static void take_doc(const struct db_query *q, struct search_doc *doc)
{
	doc->title = without_blank_lines(db_text(q, 1));
	doc->text = without_blank_lines(db_text(q, 2));
	doc->codes = without_blank_lines(db_text(q, 3));
}

bool search_doc_load(struct shop_store *store, const struct search_kind *kind, int64_t number,
		     struct search_doc *ret_doc, struct shop_error *err)
{
	AUTO_QUERY struct db_query q = {0};

	memset(ret_doc, 0, sizeof(*ret_doc));
	if (kind->one == NULL)
		return true;
	if (!db_query(&q, store, kind->one, "i", err, number))
		return false;
	if (db_next(&q))
		take_doc(&q, ret_doc);
	return db_done(&q, err);
}

bool search_doc_each(struct shop_store *store, const struct search_kind *kind, int64_t after,
		     search_doc_fn fn, void *ctx, struct shop_error *err)
{
	AUTO_QUERY struct db_query q = {0};
	bool wanted = true;

	if (kind->all == NULL)
		return true;
	if (!db_query(&q, store, kind->all, "i", err, after))
		return false;
	while (wanted && db_next(&q)) {
		AUTO_DOC struct search_doc doc = {0};

		take_doc(&q, &doc);
		wanted = search_doc_is_empty(&doc) || fn(db_int(&q, 0), &doc, ctx, err);
	}
	if (!wanted)
		return err->code == SHOP_OK;
	return db_done(&q, err);
}

static bool product_row(struct shop_store *store, const char *sku, int64_t *ret_row,
			struct shop_error *err)
{
	static const char sql[] = "SELECT id FROM product WHERE sku = $1";
	int64_t id = SHOP_NULL;

	if (!db_get(store, &id, sql, "t", err, sku))
		return false;
	*ret_row = id == SHOP_NULL ? 0 : search_row(search_kind_of(SHOP_ID_PRODUCT), id);
	return true;
}

/* Stock and prices, most of a product's events, are no texts of it; a type nobody knows yet may be.
 */
bool search_row_of_event(struct shop_store *store, const char *type, const char *subject,
			 int64_t *ret_row, struct shop_error *err)
{
	enum shop_id_type id_type = shop_id_type_of(subject);
	const struct search_kind *kind = search_kind_of(id_type);

	*ret_row = 0;
	if (id_type == SHOP_ID_NONE)
		return g_str_has_prefix(type, "inventory.") || g_str_has_prefix(type, "price.") ||
		       product_row(store, subject, ret_row, err);
	if (kind != NULL && kind->one != NULL)
		*ret_row = search_row(kind, g_ascii_strtoll(strrchr(subject, '-') + 1, NULL, 10));
	return true;
}
