/*
 * Payments: their records, reading them, and keeping a row equal to the fold of its operations.
 */
#include "domain/payment/payment_row.h"

#include "store/db.h"

#include <string.h>

static const struct shop_field op_fields[] = {
	SHOP_FIELD_INT(struct shop_payment_op, n, "n", "its number within the payment"),
	SHOP_FIELD_WORD(struct shop_payment_op, kind, "kind", "authorize, capture, void, refund"),
	SHOP_FIELD_WORD(struct shop_payment_op, status, "status",
			"created, sent, succeeded, failed, pending, unknown"),
	SHOP_FIELD_MONEY(struct shop_payment_op, amount, "amount", "what it moves"),
	SHOP_FIELD_TEXT(struct shop_payment_op, currency, "currency", "its currency",
			.flags = SHOP_FIELD_HIDDEN),
	SHOP_FIELD_TEXT(struct shop_payment_op, provider_ref, "provider_ref",
			"the provider's name for it"),
	SHOP_FIELD_TEXT(struct shop_payment_op, message, "message",
			"why it was refused, or what it waits for"),
	SHOP_FIELD_TEXT(struct shop_payment_op, ref, "ref", "the operator's own reference"),
	SHOP_FIELD_TEXT(struct shop_payment_op, key, "key", "what the provider knows it by",
			.flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_INT(struct shop_payment_op, calls, "calls",
		       "how often the provider was called or asked"),
	SHOP_FIELD_TIME(struct shop_payment_op, created_at, "created_at", "when it was decided"),
	SHOP_FIELD_TIME(struct shop_payment_op, sent_at, "sent_at", "when it was first called",
			.flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_TIME(struct shop_payment_op, settled_at, "settled_at",
			"when the answer was recorded"),
};

const struct shop_record shop_payment_op_record =
	SHOP_RECORD("operation", struct shop_payment_op, op_fields);

static const struct shop_field fields[] = {
	SHOP_FIELD_ID(struct shop_payment, id, "id", SHOP_ID_PAYMENT, "the payment's id",
		      .example = "pay-1000"),
	SHOP_FIELD_ID(struct shop_payment, order_id, "order", SHOP_ID_ORDER, "the order it is for"),
	SHOP_FIELD_WORD(struct shop_payment, status, "status",
			"requires_payment_method, processing, requires_capture, succeeded, "
			"canceled, failed"),
	SHOP_FIELD_WORD(struct shop_payment, driver, "driver", "manual or sandbox"),
	SHOP_FIELD_MONEY(struct shop_payment, amount, "amount", "what it is to pay"),
	SHOP_FIELD_MONEY(struct shop_payment, authorized, "authorized",
			 "what the provider promised"),
	SHOP_FIELD_MONEY(struct shop_payment, captured, "captured", "what was taken"),
	SHOP_FIELD_MONEY(struct shop_payment, refunded, "refunded", "what was given back"),
	SHOP_FIELD_MONEY(struct shop_payment, voided, "voided", "what of the promise was released",
			 .flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_TEXT(struct shop_payment, currency, "currency", "its currency",
			.flags = SHOP_FIELD_HIDDEN),
	SHOP_FIELD_TIME(struct shop_payment, authorized_until, "authorized_until",
			"when the promise ends", .flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_LIST(struct shop_payment, operations, "operations", &shop_payment_op_record,
			"what was done with it, in order"),
	SHOP_FIELD_TIME(struct shop_payment, created_at, "created_at", "when it was made"),
	SHOP_FIELD_TIME(struct shop_payment, updated_at, "updated_at", "when it last changed",
			.flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_INT(struct shop_payment, version, "version", "counts its changes",
		       .flags = SHOP_FIELD_WIDE),
};

const struct shop_record shop_payment_record = SHOP_RECORD("payment", struct shop_payment, fields);

#define SELECT_PAYMENT                                                                             \
	"SELECT id, order_id, status, driver, amount_minor, authorized_minor, captured_minor,"     \
	" refunded_minor, voided_minor, currency, authorized_until_us, created_us, updated_us,"    \
	" version FROM payment"

void shop_payment_done(struct shop_payment *payment)
{
	shop_record_done(&shop_payment_record, payment);
}

static bool load_ops(struct shop_store *store, struct shop_payment *payment, struct shop_error *err)
{
	static const char sql[] =
		"SELECT o.n, o.kind, o.status, o.amount_minor, p.currency, o.provider_ref, "
		"o.message,"
		" o.ref, o.key, o.calls, o.created_us, o.sent_us, o.settled_us FROM payment_op o"
		" JOIN payment p ON p.id = o.payment_id WHERE o.payment_id = $1 ORDER BY o.n";

	return db_load_list(store, &shop_payment_op_record, &payment->operations, sql, "d", err,
			    payment->id);
}

static bool load_row(struct shop_store *store, int64_t id, struct shop_payment *ret_payment,
		     struct shop_error *err)
{
	static const char sql[] = SELECT_PAYMENT " WHERE id = $1";

	return db_load_id(store, &shop_payment_record, ret_payment, SHOP_ID_PAYMENT, id, sql, err);
}

bool shop_payment_load(struct shop_store *store, int64_t id, struct shop_payment *ret_payment,
		       struct shop_error *err)
{
	return load_row(store, id, ret_payment, err) && load_ops(store, ret_payment, err);
}

/* Each row gets its operations on its way to whoever lists. */
struct with_ops {
	struct shop_store *store;
	shop_record_fn fn;
	void *ctx;
};

static bool give_with_ops(const void *record, void *ctx, struct shop_error *err)
{
	const struct with_ops *with = ctx;
	struct shop_payment payment = *(const struct shop_payment *)record;
	bool ok = load_ops(with->store, &payment, err) && with->fn(&payment, with->ctx, err);

	shop_list_done(&shop_payment_op_record, &payment.operations);
	return ok;
}

bool shop_payment_list(struct shop_store *store, const struct shop_payment_filter *filter,
		       shop_record_fn fn, void *ctx, struct shop_error *err)
{
	static const char *const open[] = {"requires_payment_method", "processing",
					   "requires_capture", NULL};
	struct with_ops with = {.store = store, .fn = fn, .ctx = ctx};
	AUTO_SELECT struct db_select s = {0};

	db_select_init(&s, SELECT_PAYMENT);
	db_select_id(&s, "order_id = ?", filter->order_id);
	db_select_text(&s, "status = ?", filter->status);
	/* The condition of the index of those that wait. */
	db_select_if(&s,
		     "status = 'requires_payment_method' OR status = 'processing'"
		     " OR status = 'requires_capture'",
		     filter->status != NULL && g_strv_contains(open, filter->status));
	return db_select_each(&s, store, "id", filter->limit, &shop_payment_record, give_with_ops,
			      &with, err);
}

void payment_done(struct payment *p)
{
	shop_payment_done(&p->row);
	*p = (struct payment){0};
}

static bool load_fold(struct shop_store *store, int64_t id, struct payment_fold *ret_fold,
		      struct shop_error *err)
{
	static const char sql[] = "SELECT kind, status, sum(amount_minor) FROM payment_op"
				  " WHERE payment_id = $1 GROUP BY kind, status";
	AUTO_QUERY struct db_query q = {0};

	*ret_fold = (struct payment_fold){0};
	if (!db_query(&q, store, sql, "d", err, id))
		return false;
	while (db_next(&q))
		payment_fold_add(ret_fold, db_text(&q, 0), db_text(&q, 1), db_int(&q, 2));
	return db_done(&q, err);
}

bool payment_load(struct shop_store *store, int64_t id, struct payment *ret_payment,
		  struct shop_error *err)
{
	if (!load_row(store, id, &ret_payment->row, err) ||
	    !load_fold(store, id, &ret_payment->fold, err))
		return false;
	ret_payment->pay_later = payment_driver_pays_later(ret_payment->row.driver);
	return true;
}

bool payment_ids(struct shop_store *store, int64_t order_id, GArray **ret_ids,
		 struct shop_error *err)
{
	static const char sql[] = "SELECT id FROM payment WHERE order_id = $1 ORDER BY id";
	AUTO_QUERY struct db_query q = {0};

	*ret_ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
	if (!db_query(&q, store, sql, "d", err, order_id))
		return false;
	while (db_next(&q)) {
		int64_t id = db_int(&q, 0);

		g_array_append_val(*ret_ids, id);
	}
	return db_done(&q, err);
}

/* An intent that was given up does not come back by its operations. */
static const char *next_status(const struct payment *p)
{
	const char *by_fold = payment_status_of(&p->fold, p->row.amount, p->pay_later);

	if (strcmp(by_fold, "requires_payment_method") == 0 &&
	    (strcmp(p->row.status, "canceled") == 0 || strcmp(p->row.status, "failed") == 0))
		return p->row.status;
	return by_fold;
}

bool payment_refold(struct shop_store *store, struct payment *p, struct shop_error *err)
{
	static const char sql[] =
		"UPDATE payment SET authorized_minor = $2, captured_minor = $3, refunded_minor = "
		"$4,"
		" voided_minor = $5, status = $6, authorized_until_us = $7, amount_minor = $8,"
		" version = version + 1, updated_us = $9 WHERE id = $1";
	struct payment_fold *fold = &p->fold;
	const int64_t id = p->row.id;

	if (!load_fold(store, id, fold, err) ||
	    !db_run(store, sql, "diiiitiii", err, id, fold->authorized, fold->captured,
		    fold->refunded, fold->voided, next_status(p), p->row.authorized_until,
		    p->row.amount, shop_store_context(store)->now_us))
		return false;
	shop_payment_done(&p->row);
	return load_row(store, id, &p->row, err);
}
