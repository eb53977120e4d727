/*
 * Operations of a payment: adding them with the key they keep for ever, giving up what was not
 * sent, and the events that tell of them.
 */
#include "domain/payment/payment_row.h"

#include "shop/text.h"
#include "store/db.h"

#include <sodium.h>
#include <string.h>

#define KEY_BYTES 20 /* 160 bits: no two shops ever share one */
#define KEY_TEXT (2 * KEY_BYTES + 1)

const char *payment_event_of(const char *kind)
{
	if (strcmp(kind, "authorize") == 0)
		return "payment.authorized";
	if (strcmp(kind, "capture") == 0)
		return "payment.captured";
	return strcmp(kind, "void") == 0 ? "payment.voided" : "payment.refunded";
}

static const char *requested_event_of(const char *kind)
{
	if (strcmp(kind, "authorize") == 0)
		return "payment.authorization_requested";
	if (strcmp(kind, "capture") == 0)
		return "payment.capture_requested";
	return strcmp(kind, "void") == 0 ? "payment.void_requested" : "payment.refund_requested";
}

void payment_event_begin(struct shop_event_draft *e, const char *type, const struct payment *p,
			 const struct payment_op_told *op)
{
	struct shop_json *j = &e->json;
	char id[SHOP_ID_TEXT];
	char op_id[SHOP_ID_TEXT + 24];

	shop_event_begin(e, type, SHOP_ID_PAYMENT, p->row.id);
	shop_json_id(j, "intent_id", SHOP_ID_PAYMENT, p->row.id);
	if (op->n != 0) {
		(void)g_snprintf(op_id, sizeof(op_id), "%s/%" G_GINT64_FORMAT,
				 shop_id_format(SHOP_ID_PAYMENT, p->row.id, id), op->n);
		shop_json_text(j, "op_id", op_id);
	}
	shop_json_id(j, "order_id", SHOP_ID_ORDER, p->row.order_id);
	shop_json_money(j, "amount", shop_money_of(op->amount, p->row.currency));
	shop_json_text(j, "provider", p->row.driver);
	if (op->provider_ref != NULL)
		shop_json_text(j, "provider_ref", op->provider_ref);
	if (op->message != NULL)
		shop_json_text(j, "message", op->message);
	shop_json_object(j, "balances_after");
	shop_json_int(j, "authorized_minor", p->row.authorized);
	shop_json_int(j, "captured_minor", p->row.captured);
	shop_json_int(j, "refunded_minor", p->row.refunded);
	shop_json_int(j, "voided_minor", p->row.voided);
	shop_json_end(j);
	shop_json_text(j, "status", p->row.status);
}

bool payment_tell(struct shop_store *store, const char *type, const struct payment *p,
		  const struct payment_op_told *op, struct shop_error *err)
{
	AUTO_EVENT struct shop_event_draft e = {0};

	payment_event_begin(&e, type, p, op);
	return shop_event_append(store, &e, err);
}

static void make_key(char key[KEY_TEXT])
{
	unsigned char bytes[KEY_BYTES];

	randombytes_buf(bytes, sizeof(bytes));
	sodium_bin2hex(key, KEY_TEXT, bytes, sizeof(bytes));
}

static const char *first_status_of(const struct payment_op_new *in)
{
	if (in->settled)
		return "succeeded";
	return in->awaited ? "pending" : "created";
}

static bool insert(struct shop_store *store, const struct payment *p,
		   const struct payment_op_new *in, int64_t n, struct shop_error *err)
{
	static const char sql[] =
		"INSERT INTO payment_op (payment_id, n, kind, status, amount_minor, key, ref,"
		" created_us, settled_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
	const int64_t now_us = shop_store_context(store)->now_us;
	char key[KEY_TEXT];

	make_key(key);
	return db_run(store, sql, "dittittii", err, p->row.id, n, in->kind, first_status_of(in),
		      in->amount, key, in->ref, now_us, in->settled ? now_us : SHOP_NULL);
}

/* With --now the job is there for the case that the command dies, so it waits as long as a lease.
 */
static bool add_job(struct shop_store *store, const struct payment *p, int64_t n, bool now,
		    struct shop_error *err)
{
	char subject[SHOP_ID_TEXT];
	const struct job_new job = {
		.queue = "payments",
		.kind = "payment.operation",
		.subject = shop_id_format(SHOP_ID_PAYMENT, p->row.id, subject),
		.target_id = p->row.id,
		.target_n = n,
		.delay_us = now ? shop_store_policy(store)->job_lease_us : 0,
	};

	return job_add(store, &job, err);
}

bool payment_op_add(struct shop_store *store, struct payment *p, const struct payment_op_new *in,
		    int64_t *ret_n, struct shop_error *err)
{
	static const char last[] = "SELECT max(n) FROM payment_op WHERE payment_id = $1";
	struct payment_op_told told = {.amount = in->amount};
	int64_t n;

	if (!db_get(store, &n, last, "d", err, p->row.id))
		return false;
	n = n == SHOP_NULL ? 1 : n + 1;
	told.n = n;
	if (!insert(store, p, in, n, err) || !payment_refold(store, p, err))
		return false;
	*ret_n = n;
	if (in->settled)
		return payment_ledger_add(store, p, in->kind, in->amount, err) &&
		       payment_tell(store, payment_event_of(in->kind), p, &told, err);
	return (in->awaited || add_job(store, p, n, in->now, err)) &&
	       payment_tell(store, requested_event_of(in->kind), p, &told, err);
}

/* The first operation that can still be given up: *ret_kind is NULL when there is none. */
static bool created_op(struct shop_store *store, int64_t payment_id, struct payment_op_told *ret_op,
		       char **ret_kind, struct shop_error *err)
{
	static const char sql[] =
		"SELECT n, amount_minor, kind FROM payment_op WHERE payment_id = $1"
		" AND status = 'created' AND kind IN ('authorize', 'capture')"
		" ORDER BY n LIMIT 1";
	AUTO_QUERY struct db_query q = {0};

	if (!db_query(&q, store, sql, "d", err, payment_id))
		return false;
	if (db_next(&q)) {
		ret_op->n = db_int(&q, 0);
		ret_op->amount = db_int(&q, 1);
		*ret_kind = db_text_dup(&q, 2);
	}
	return db_done(&q, err);
}

static bool drop(struct shop_store *store, struct payment *p, int64_t n, const char *message,
		 struct shop_error *err)
{
	static const char sql[] =
		"UPDATE payment_op SET status = 'failed', message = $3, settled_us = $4"
		" WHERE payment_id = $1 AND n = $2 AND status = 'created'";

	return db_run(store, sql, "diti", err, p->row.id, n, message,
		      shop_store_context(store)->now_us) &&
	       job_done_target(store, "payment.operation", p->row.id, n, err) &&
	       payment_refold(store, p, err);
}

bool payment_ops_drop(struct shop_store *store, struct payment *p, const char *message,
		      struct shop_error *err)
{
	for (;;) {
		struct payment_op_told told = {.message = message};
		AUTO_TEXT char *kind = NULL;
		const char *type;

		if (!created_op(store, p->row.id, &told, &kind, err))
			return false;
		if (kind == NULL)
			return true;
		type = *kind == 'a' ? "payment.authorization_canceled" : "payment.capture_canceled";
		if (!drop(store, p, told.n, message, err) ||
		    !payment_tell(store, type, p, &told, err))
			return false;
	}
}

bool payment_end(struct shop_store *store, struct payment *p, const char *status,
		 struct shop_error *err)
{
	AUTO_EVENT struct shop_event_draft e = {0};
	const struct payment_op_told told = {.amount = p->row.amount};
	const bool failed = strcmp(status, "failed") == 0;

	g_free(p->row.status);
	p->row.status = g_strdup(status);
	if (!payment_refold(store, p, err))
		return false;
	payment_event_begin(&e, failed ? "payment.failed" : "payment.canceled", p, &told);
	if (failed)
		shop_json_bool(&e.json, "final", true);
	return shop_event_append(store, &e, err);
}

void payment_changed_begin(struct shop_event_draft *e, const struct payment *p, const char *field)
{
	shop_event_begin(e, "payment.updated", SHOP_ID_PAYMENT, p->row.id);
	shop_json_id(&e->json, "order_id", SHOP_ID_ORDER, p->row.order_id);
	shop_json_text(&e->json, "status", p->row.status);
	shop_json_object(&e->json, "changed");
	shop_json_array(&e->json, field);
}

bool payment_changed_append(struct shop_store *store, struct shop_event_draft *e,
			    struct shop_error *err)
{
	shop_json_end(&e->json);
	shop_json_end(&e->json);
	return shop_event_append(store, e, err);
}

bool payment_set_amount(struct shop_store *store, struct payment *p, int64_t amount,
			struct shop_error *err)
{
	AUTO_EVENT struct shop_event_draft e = {0};
	const int64_t before = p->row.amount;

	if (before == amount)
		return true;
	p->row.amount = amount;
	if (!payment_refold(store, p, err))
		return false;
	payment_changed_begin(&e, p, "amount");
	shop_json_money(&e.json, NULL, shop_money_of(before, p->row.currency));
	shop_json_money(&e.json, NULL, shop_money_of(amount, p->row.currency));
	return payment_changed_append(store, &e, err);
}
