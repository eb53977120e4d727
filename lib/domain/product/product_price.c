/*
 * Prices: rows with a span of time, never changed, so the history is the table itself.
 */
#include "domain/product/product_row.h"

#include "domain/domain.h"
#include "shop/journal.h"
#include "shop/text.h"
#include "store/db.h"

#include <string.h>

#define PRICE_MAX INT64_C(1000000000000) /* SAFETY.md §13.51 */

static const struct shop_field fields[] = {
	SHOP_FIELD_MONEY(struct shop_price, price, "price", "the amount"),
	SHOP_FIELD_TEXT(struct shop_price, currency, "currency", "its currency",
			.flags = SHOP_FIELD_HIDDEN),
	SHOP_FIELD_TIME(struct shop_price, from, "from", "from when it is in force"),
	SHOP_FIELD_TIME(struct shop_price, until, "until", "when it ends; null = open"),
	SHOP_FIELD_TIME(struct shop_price, set_at, "set_at", "when it was decided"),
	SHOP_FIELD_TEXT(struct shop_price, actor, "actor", "who decided it"),
};

const struct shop_record shop_price_record = SHOP_RECORD("price", struct shop_price, fields);

bool product_price_check(struct shop_money price, struct shop_error *err)
{
	char most[SHOP_MONEY_TEXT];

	if (price.minor >= 0 && price.minor <= PRICE_MAX)
		return true;
	shop_fail(err, E_INVALID, "price: from 0 to %s",
		  shop_money_format_full(shop_money_of(PRICE_MAX, price.currency), most));
	return shop_fail_field(err, "price");
}

static bool insert(struct shop_store *store, int64_t product_id, struct shop_money price,
		   int64_t from_us, int64_t until_us, struct shop_error *err)
{
	static const char sql[] = "INSERT INTO price (product_id, n, amount_minor, currency, "
				  "from_us, until_us, set_us, actor)"
				  " SELECT $1, COALESCE(max(n), 0) + 1, $2, $3, $4, $5, $6, $7 "
				  "FROM price WHERE product_id = $1";
	const struct shop_context *ctx = shop_store_context(store);

	return db_run(store, sql, "ditiiit", err, product_id, price.minor, price.currency, from_us,
		      until_us, ctx->now_us, ctx->actor);
}

bool product_price_add(struct shop_store *store, int64_t product_id, struct shop_money price,
		       struct shop_error *err)
{
	return insert(store, product_id, price, shop_store_context(store)->now_us, INT64_MAX, err);
}

bool product_price_now(struct shop_store *store, int64_t product_id, const char *sku,
		       struct shop_money *ret_price, struct shop_error *err)
{
	static const char sql[] = "SELECT amount_minor, currency FROM price WHERE product_id = $1 "
				  "AND n = " PRICE_IN_FORCE("$1", "$2");
	AUTO_QUERY struct db_query q = {0};
	bool found;

	if (!db_query(&q, store, sql, "di", err, product_id, shop_store_context(store)->now_us))
		return false;
	found = db_next(&q);
	if (found)
		*ret_price = shop_money_of(db_int(&q, 0), db_text(&q, 1));
	if (!db_done(&q, err))
		return false;
	if (found)
		return true;
	shop_fail(err, E_PRODUCT_NO_PRICE, "product %s has no price now", sku);
	return shop_fail_fix(err, "product", "price", "set", sku, "--to", "MONEY", NULL);
}

/* To the nearest multiple; a half goes to the even one. */
static int64_t to_multiple(int64_t minor, int64_t step)
{
	int64_t below = minor / step;
	int64_t rest = minor % step;

	if (rest * 2 > step || (rest * 2 == step && below % 2 != 0))
		below++;
	return below * step;
}

/* To the nearest amount that ends like 0.99; a half goes up. */
static int64_t to_ending(int64_t minor, int64_t ending, int64_t major)
{
	int64_t moved = minor - ending + major / 2;

	return MAX(moved / major * major + ending, ending);
}

/* 0.99 is an ending, as no amount is a multiple of it that people mean; what divides a whole unit
 * is a step. */
static bool round_price(struct shop_money *price, const char *text, struct shop_error *err)
{
	const struct shop_currency *currency = shop_currency_find(price->currency);
	struct shop_money unit;
	int64_t major = 1;
	int i;

	if (text == NULL)
		return true;
	for (i = 0; i < currency->exponent; i++)
		major *= 10;
	if (!shop_money_parse(text, price->currency, &unit, err))
		return shop_fail_while(err, "round");
	if (strcmp(unit.currency, price->currency) != 0 || unit.minor <= 0)
		return shop_fail(err, E_VALUE, "round: a positive amount in %s", price->currency);
	if (major % unit.minor == 0 || unit.minor % major == 0)
		price->minor = to_multiple(price->minor, unit.minor);
	else
		price->minor = to_ending(price->minor, unit.minor % major, major);
	return true;
}

static bool new_price(const struct shop_product *product, const struct shop_price_change *in,
		      struct shop_money *ret_price, struct shop_error *err)
{
	struct shop_adjust by = {0};

	if (in->to.minor != SHOP_NULL) {
		*ret_price = in->to;
		return round_price(ret_price, in->round, err);
	}
	if (product->currency == NULL) {
		shop_fail(err, E_PRODUCT_NO_PRICE, "product %s has no price to adjust",
			  product->sku);
		return shop_fail_fix(err, "product", "price", "set", product->sku, "--to", "MONEY",
				     NULL);
	}
	return shop_adjust_parse(in->by, product->currency, &by, err) &&
	       shop_money_adjust(shop_money_of(product->price, product->currency), by, ret_price,
				 err) &&
	       round_price(ret_price, in->round, err);
}

static bool check_span(const struct shop_price_change *in, int64_t from_us, struct shop_error *err)
{
	if (in->until_us == SHOP_NULL || in->until_us > from_us)
		return true;
	shop_fail(err, E_INVALID, "until: not after the price begins");
	return shop_fail_field(err, "until");
}

static bool bump(struct shop_store *store, int64_t product_id, struct shop_error *err)
{
	static const char sql[] =
		"UPDATE product SET version = version + 1, updated_us = $2 WHERE id = $1";

	return db_run(store, sql, "di", err, product_id, shop_store_context(store)->now_us);
}

static bool tell(struct shop_store *store, const struct shop_product *before,
		 struct shop_money price, int64_t from_us, int64_t until_us, struct shop_error *err)
{
	AUTO_EVENT struct shop_event_draft e = {0};

	shop_event_begin_text(&e, "price.changed", before->sku);
	shop_json_id(&e.json, "product_id", SHOP_ID_PRODUCT, before->id);
	if (before->currency == NULL)
		shop_json_null(&e.json, "old");
	else
		shop_json_money(&e.json, "old", shop_money_of(before->price, before->currency));
	shop_json_money(&e.json, "new", price);
	shop_json_time(&e.json, "effective_at", from_us);
	if (until_us != INT64_MAX)
		shop_json_time(&e.json, "until", until_us);
	return shop_event_append(store, &e, err);
}

bool shop_price_set(struct shop_store *store, const char *sku, const struct shop_price_change *in,
		    struct shop_product *ret_product, struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_PRODUCT struct shop_product before = {0};
	AUTO_PRODUCT struct shop_product after = {0};
	const int64_t now_us = shop_store_context(store)->now_us;
	const int64_t from_us = in->from_us == SHOP_NULL ? now_us : in->from_us;
	const int64_t until_us = in->until_us == SHOP_NULL ? INT64_MAX : in->until_us;
	struct shop_money price;

	if (!shop_txn_begin(&txn, store, err) ||
	    !shop_product_load(store, sku, now_us, &before, err) ||
	    !new_price(&before, in, &price, err) || !product_price_check(price, err) ||
	    !check_span(in, from_us, err) ||
	    !insert(store, before.id, price, from_us, until_us, err) ||
	    !bump(store, before.id, err) || !product_load_id(store, before.id, &after, err) ||
	    !tell(store, &before, price, from_us, until_us, err) || !shop_txn_commit(&txn, err))
		return shop_fail_while(err, "setting a price");
	shop_record_take(&shop_product_record, ret_product, &after);
	return true;
}

int64_t shop_price_moves(struct shop_money from, struct shop_money to)
{
	if (from.minor == SHOP_NULL || from.minor <= 0 || to.minor == SHOP_NULL ||
	    strcmp(from.currency, to.currency) != 0)
		return 10000;
	return shop_minor_share(10000, ABS(to.minor - from.minor), from.minor);
}

bool shop_price_base(struct shop_store *store, int64_t product_id, int64_t now_us,
		     struct shop_money *ret_price, struct shop_error *err)
{
	static const char sql[] = "SELECT amount_minor, currency FROM price WHERE product_id = $1"
				  " AND until_us = 9223372036854775807 AND from_us <= $2"
				  " ORDER BY from_us DESC, n DESC LIMIT 1";
	AUTO_QUERY struct db_query q = {0};

	*ret_price = (struct shop_money){.minor = SHOP_NULL};
	if (!db_query(&q, store, sql, "di", err, product_id, now_us))
		return false;
	if (db_next(&q))
		*ret_price = shop_money_of(db_int(&q, 0), db_text(&q, 1));
	return db_done(&q, err);
}

bool shop_price_history(struct shop_store *store, const char *sku, shop_record_fn fn, void *ctx,
			struct shop_error *err)
{
	AUTO_PRODUCT struct shop_product product = {0};
	AUTO_SELECT struct db_select s = {0};

	if (!shop_product_load(store, sku, 0, &product, err))
		return false;
	db_select_init(&s, "SELECT amount_minor, currency, from_us, NULLIF(until_us, "
			   "9223372036854775807), set_us, actor"
			   " FROM price");
	db_select_id(&s, "product_id = ?", product.id);
	return db_select_each(&s, store, "from_us DESC, n DESC", SHOP_NULL, &shop_price_record, fn,
			      ctx, err);
}
