/*
 * Payments as an order drives them: authorize when it is placed, capture what shipped, give back
 * what a cancellation leaves over, give up what will never be paid.
 */
#include "domain/payment/payment_row.h"

#include "store/db.h"

#include <string.h>

static void clear_payment(void *payment)
{
	payment_done(payment);
}

/* All payments of an order, oldest first (AUTO_PAYMENTS). */
static bool load_all(struct shop_store *store, int64_t order_id, GArray **ret_payments,
		     struct shop_error *err)
{
	GArray *ids = NULL;
	bool ok = payment_ids(store, order_id, &ids, err);

	*ret_payments = g_array_new(FALSE, TRUE, sizeof(struct payment));
	g_array_set_clear_func(*ret_payments, clear_payment);
	for (guint i = 0; ok && i < ids->len; i++) {
		g_array_set_size(*ret_payments, i + 1);
		ok = payment_load(store, g_array_index(ids, int64_t, i),
				  &g_array_index(*ret_payments, struct payment, i), err);
	}
	g_array_unref(ids);
	return ok;
}

#define AUTO_PAYMENTS SHOP_CLEANUP(payments_free)

static void payments_free(GArray **payments)
{
	if (*payments != NULL)
		g_array_unref(*payments);
	*payments = NULL;
}

static struct payment *payment_at(GArray *payments, guint i)
{
	return &g_array_index(payments, struct payment, i);
}

static bool has_ops(struct shop_store *store, int64_t payment_id, bool *ret_has,
		    struct shop_error *err)
{
	static const char sql[] = "SELECT n FROM payment_op WHERE payment_id = $1 LIMIT 1";
	int64_t n;

	if (!db_get(store, &n, sql, "d", err, payment_id))
		return false;
	*ret_has = n != SHOP_NULL;
	return true;
}

bool payment_authorize_placed(struct shop_store *store, int64_t order_id, struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_PAYMENTS GArray *payments = NULL;

	if (!shop_txn_begin(&txn, store, err) || !load_all(store, order_id, &payments, err))
		return false;
	for (guint i = 0; i < payments->len; i++) {
		struct payment *p = payment_at(payments, i);
		const struct payment_op_new op = {.kind = "authorize", .amount = p->row.amount};
		bool begun;
		int64_t n;

		if (!has_ops(store, p->row.id, &begun, err))
			return false;
		if (begun || p->pay_later || strcmp(p->row.status, "requires_payment_method") != 0)
			continue;
		if (!payment_op_add(store, p, &op, &n, err))
			return shop_fail_while(err, "queueing an authorization");
	}
	return shop_txn_commit(&txn, err);
}

/* What an order's payments have done and are about to do. */
struct sums {
	int64_t taken; /* captured or being captured */
	int64_t kept;  /* captured, and neither refunded nor about to be */
};

static struct sums sum_up(GArray *payments)
{
	struct sums sums = {0};

	for (guint i = 0; i < payments->len; i++) {
		const struct payment_fold *fold = &payment_at(payments, i)->fold;

		sums.taken += fold->captured + fold->capturing;
		sums.kept += payment_refundable(fold);
	}
	return sums;
}

static bool load_due(struct shop_store *store, int64_t order_id, struct payment_due *ret_due,
		     struct shop_error *err)
{
	static const char sql[] = "SELECT total_minor, qty, shipped, canceled + short"
				  " FROM order_line WHERE order_id = $1";
	AUTO_QUERY struct db_query q = {0};

	*ret_due = (struct payment_due){0};
	if (!db_query(&q, store, sql, "d", err, order_id))
		return false;
	while (db_next(&q))
		payment_due_add(ret_due, db_int(&q, 0), db_int(&q, 1), db_int(&q, 2),
				db_int(&q, 3));
	return db_done(&q, err);
}

/* Spread what is to be taken over the payments that still can, oldest first. */
static bool take(struct shop_store *store, GArray *payments, int64_t need, struct shop_error *err)
{
	for (guint i = 0; i < payments->len && need > 0; i++) {
		struct payment *p = payment_at(payments, i);
		struct payment_op_new op = {.kind = "capture"};
		int64_t n;

		op.amount = MIN(need, payment_rest(&p->fold));
		if (p->pay_later || op.amount <= 0)
			continue;
		if (!payment_op_add(store, p, &op, &n, err))
			return false;
		need -= op.amount;
	}
	return true;
}

bool payment_capture_shipped(struct shop_store *store, int64_t order_id, struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_PAYMENTS GArray *payments = NULL;
	struct payment_order order;
	struct payment_due due;
	int64_t target;

	if (!shop_txn_begin(&txn, store, err) ||
	    !payment_order_load(store, order_id, &order, err) ||
	    !load_due(store, order_id, &due, err) || !load_all(store, order_id, &payments, err))
		return false;
	target = payment_due_now(&due, order.total, order.owed);
	if (!take(store, payments, target - sum_up(payments).taken, err) ||
	    (due.any && !due.waiting && !payment_settle_down(store, order_id, err)))
		return shop_fail_while(err, "queueing a capture");
	return shop_txn_commit(&txn, err);
}

/* Nothing more will be taken by this payment: release the rest, or close it. */
static bool finish(struct shop_store *store, struct payment *p, struct shop_error *err)
{
	const struct payment_op_new op = {.kind = "void", .amount = payment_rest(&p->fold)};
	int64_t n;

	if (op.amount > 0 && !p->pay_later)
		return payment_op_add(store, p, &op, &n, err);
	if (strcmp(p->row.status, "requires_payment_method") != 0)
		return true;
	if (p->fold.captured == 0)
		return payment_end(store, p, "canceled", err);
	return payment_set_amount(store, p, p->fold.captured, err);
}

/* An intent that has no promise yet asks for no more than is left to pay. */
static bool lower(struct shop_store *store, struct payment *p, int64_t left, struct shop_error *err)
{
	if (strcmp(p->row.status, "requires_payment_method") != 0 ||
	    p->row.amount <= p->fold.captured + left)
		return true;
	if (p->fold.captured + left == 0)
		return payment_end(store, p, "canceled", err);
	return payment_set_amount(store, p, p->fold.captured + left, err);
}

/* Give back what was taken beyond what is owed, newest payment first. */
static bool give_back(struct shop_store *store, GArray *payments, int64_t excess,
		      struct shop_error *err)
{
	for (guint i = payments->len; i > 0 && excess > 0; i--) {
		struct payment *p = payment_at(payments, i - 1);
		struct payment_op_new op = {.kind = "refund", .awaited = p->pay_later};
		int64_t n;

		op.amount = MIN(excess, payment_refundable(&p->fold));
		if (op.amount <= 0)
			continue;
		if (!payment_op_add(store, p, &op, &n, err))
			return false;
		excess -= op.amount;
	}
	return true;
}

static bool settle_each(struct shop_store *store, GArray *payments,
			const struct payment_order *order, struct shop_error *err)
{
	int64_t cover;

	for (guint i = 0; order->owed == 0 && i < payments->len; i++)
		if (!payment_ops_drop(store, payment_at(payments, i), "the order was canceled",
				      err))
			return false;
	if (!payment_order_cover(store, order->id, true, &cover, err))
		return false;
	for (guint i = 0; i < payments->len; i++) {
		struct payment *p = payment_at(payments, i);
		const bool nothing_due = sum_up(payments).taken >= order->owed;

		if (nothing_due ? !finish(store, p, err)
				: !lower(store, p, MAX(order->owed - cover, 0), err))
			return false;
	}
	return give_back(store, payments, sum_up(payments).kept - order->owed, err);
}

/* What a cancellation left over may be covered where the whole was not. */
static bool confirm_covered(struct shop_store *store, const struct payment_order *order,
			    struct shop_error *err)
{
	int64_t cover;

	if (strcmp(order->status, "pending") != 0)
		return true;
	return payment_order_cover(store, order->id, false, &cover, err) &&
	       (cover < order->owed || order_confirm(store, order->id, err));
}

bool payment_settle_down(struct shop_store *store, int64_t order_id, struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_PAYMENTS GArray *payments = NULL;
	struct payment_order order;

	if (!shop_txn_begin(&txn, store, err) ||
	    !payment_order_load(store, order_id, &order, err) ||
	    !load_all(store, order_id, &payments, err))
		return false;
	/* A refund or a void under way changes what the order's money says. */
	if (!settle_each(store, payments, &order, err) || !confirm_covered(store, &order, err) ||
	    !order_refresh(store, order_id, err))
		return shop_fail_while(err, "settling an order's payments");
	return shop_txn_commit(&txn, err);
}

bool payment_give_up(struct shop_store *store, int64_t order_id, struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_PAYMENTS GArray *payments = NULL;

	if (!shop_txn_begin(&txn, store, err) || !load_all(store, order_id, &payments, err))
		return false;
	for (guint i = 0; i < payments->len; i++) {
		struct payment *p = payment_at(payments, i);

		if (strcmp(p->row.status, "requires_payment_method") == 0 &&
		    p->fold.captured == 0 && !payment_end(store, p, "failed", err))
			return false;
	}
	return shop_txn_commit(&txn, err);
}
