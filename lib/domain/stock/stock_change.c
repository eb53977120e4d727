/*
 * What an operator does to the number on hand: receive goods, correct a count.
 */
#include "domain/stock/stock_subject.h"
#include "shop/text.h"

#define REF_MAX 200

static bool check_cost(struct shop_money cost, struct shop_error *err)
{
	if (cost.minor == SHOP_NULL || cost.minor >= 0)
		return true;
	shop_fail(err, E_INVALID, "cost: not below 0");
	return shop_fail_field(err, "cost");
}

bool shop_stock_receive(struct shop_store *store, const struct shop_stock_receipt *in,
			struct shop_stock *ret_stock, struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_STOCK_SUBJECT struct stock_subject subject = {0};
	AUTO_STOCK struct shop_stock stock = {0};
	AUTO_TEXT char *ref = NULL;
	const struct shop_text_rule rule = {.max_chars = REF_MAX};
	struct stock_receipt receipt = {.cost_minor = in->cost.minor,
					.cost_currency = in->cost.currency};

	if (!check_cost(in->cost, err) ||
	    (in->ref != NULL && !shop_text_clean(in->ref, "from", &rule, &ref, err)) ||
	    !shop_txn_begin(&txn, store, err) ||
	    !stock_subject_load(store, in->sku, in->location_id, &subject, err) ||
	    !stock_subject_qty(&subject, &in->qty, "qty", 1, &receipt.qty, err))
		return shop_fail_while(err, "receiving stock");
	receipt.product_id = subject.product.id;
	receipt.sku = subject.product.sku;
	receipt.location_id = subject.level.location_id;
	receipt.ref = ref;
	if (!stock_receive(store, &receipt, err) || !stock_reload(store, in->sku, &stock, err) ||
	    !shop_txn_commit(&txn, err))
		return shop_fail_while(err, "receiving stock");
	shop_record_take(&shop_stock_record, ret_stock, &stock);
	return true;
}

static bool read_delta(const struct stock_subject *subject, const struct shop_stock_adjustment *in,
		       int64_t *ret_delta, struct shop_error *err)
{
	int64_t counted;

	if (in->by.value != SHOP_NULL) {
		if (!stock_subject_qty(subject, &in->by, "by", INT64_MIN, ret_delta, err))
			return false;
		if (*ret_delta != 0)
			return true;
		shop_fail(err, E_INVALID, "by: not 0");
		return shop_fail_field(err, "by");
	}
	if (!stock_subject_qty(subject, &in->set, "set", 0, &counted, err))
		return false;
	*ret_delta = counted - subject->level.on_hand;
	return true;
}

static bool tell_adjusted(struct shop_store *store, const struct stock_subject *subject,
			  const struct stock_row *row, int64_t delta, struct shop_error *err)
{
	AUTO_EVENT struct shop_event_draft e = {0};
	const int scale = (int)row->qty_scale;

	shop_event_begin_text(&e, "inventory.adjusted", subject->level.sku);
	shop_json_text(&e.json, "sku", subject->level.sku);
	shop_json_id(&e.json, "loc", SHOP_ID_LOCATION, row->location_id);
	shop_json_quantity(&e.json, "delta", delta, scale);
	shop_json_text(&e.json, "reason", shop_store_context(store)->reason);
	shop_json_quantity(&e.json, "on_hand_after", row->on_hand, scale);
	return shop_event_append(store, &e, err);
}

static bool adjust(struct shop_store *store, const struct stock_subject *subject, int64_t delta,
		   struct shop_error *err)
{
	struct stock_row row;

	return shop_stock_may_adjust(&subject->level, delta, err) &&
	       stock_subject_change(store, subject, "adjusted", delta, &row, err) &&
	       tell_adjusted(store, subject, &row, delta, err) &&
	       stock_holds_trim(store, subject->product.id, row.location_id,
				row.on_hand - row.allocated, err);
}

bool shop_stock_adjust(struct shop_store *store, const struct shop_stock_adjustment *in,
		       struct shop_stock *ret_stock, struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_STOCK_SUBJECT struct stock_subject subject = {0};
	AUTO_STOCK struct shop_stock stock = {0};
	int64_t delta;

	if (!shop_txn_begin(&txn, store, err) ||
	    !stock_subject_load(store, in->sku, in->location_id, &subject, err) ||
	    !read_delta(&subject, in, &delta, err) ||
	    (delta != 0 && !adjust(store, &subject, delta, err)) ||
	    !stock_reload(store, in->sku, &stock, err) || !shop_txn_commit(&txn, err))
		return shop_fail_while(err, "adjusting stock");
	shop_record_take(&shop_stock_record, ret_stock, &stock);
	return true;
}
