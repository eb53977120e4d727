/*
 * The two transactions around a call to a provider (SAFETY.md §6): T1 notes that it begins, T2
 * records its answer with all that follows from it.
 */
#include "domain/payment/payment_row.h"

#include "shop/text.h"
#include "shop/times.h"
#include "store/db.h"

#include <string.h>

#define AUTHORIZED_FOR (7 * SHOP_DAY) /* how long card networks keep an authorization */

void shop_payment_request_done(struct shop_payment_request *request)
{
	g_free(request->status);
	g_free(request->driver);
	g_free(request->token);
	g_free(request->kind);
	g_free(request->key);
	g_free(request->currency);
	g_free(request->provider_ref);
	*request = (struct shop_payment_request){0};
}

static bool no_operation(int64_t payment_id, int64_t n, struct shop_error *err)
{
	char id[SHOP_ID_TEXT];

	shop_fail(err, E_NOT_FOUND, "payment %s has no operation %" G_GINT64_FORMAT,
		  shop_id_format(SHOP_ID_PAYMENT, payment_id, id), n);
	return shop_fail_fix(err, "payment", "show", id, NULL);
}

/* A refund builds on the capture, everything else on the authorization. */
static bool load_request(struct shop_store *store, int64_t payment_id, int64_t n,
			 struct shop_payment_request *r, struct shop_error *err)
{
	static const char sql[] =
		"SELECT o.status, p.driver, p.token, o.kind, o.key, p.currency, o.amount_minor, "
		"o.calls,"
		" (SELECT x.provider_ref FROM payment_op x WHERE x.payment_id = o.payment_id AND"
		" x.status = 'succeeded' AND x.kind = CASE o.kind WHEN 'refund' THEN 'capture'"
		" ELSE 'authorize' END AND x.n < o.n ORDER BY x.n DESC LIMIT 1)"
		" FROM payment_op o JOIN payment p ON p.id = o.payment_id"
		" WHERE o.payment_id = $1 AND o.n = $2";
	AUTO_QUERY struct db_query q = {0};
	bool found;

	if (!db_query(&q, store, sql, "di", err, payment_id, n))
		return false;
	found = db_next(&q);
	if (found) {
		r->status = db_text_dup(&q, 0);
		r->driver = db_text_dup(&q, 1);
		r->token = db_text_dup(&q, 2);
		r->kind = db_text_dup(&q, 3);
		r->key = db_text_dup(&q, 4);
		r->currency = db_text_dup(&q, 5);
		r->amount_minor = db_int(&q, 6);
		r->calls = db_int(&q, 7);
		r->provider_ref = db_text_dup(&q, 8);
	}
	if (!db_done(&q, err))
		return false;
	return found || no_operation(payment_id, n, err);
}

static bool note_call(struct shop_store *store, int64_t payment_id, int64_t n,
		      struct shop_error *err)
{
	static const char sql[] = "UPDATE payment_op SET status = CASE status WHEN 'created' THEN "
				  "'sent' ELSE status END,"
				  " calls = calls + 1, sent_us = COALESCE(sent_us, $3) WHERE "
				  "payment_id = $1 AND n = $2"
				  " AND status IN ('created', 'sent', 'pending', 'unknown')";
	bool changed;

	if (!db_change(store, &changed, sql, "dii", err, payment_id, n,
		       shop_store_context(store)->now_us))
		return false;
	return changed || shop_fail(err, E_INTERNAL, "an operation changed within a transaction");
}

bool shop_payment_begin_call(struct shop_store *store, int64_t payment_id, int64_t n,
			     struct shop_payment_request *ret_request, struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_PAYMENT_REQUEST struct shop_payment_request r = {0};

	if (!shop_txn_begin(&txn, store, err) || !load_request(store, payment_id, n, &r, err))
		return false;
	r.settled = strcmp(r.status, "succeeded") == 0 || strcmp(r.status, "failed") == 0;
	r.ask = strcmp(r.status, "pending") == 0 || strcmp(r.status, "unknown") == 0;
	if (!r.settled && !note_call(store, payment_id, n, err))
		return false;
	r.calls += !r.settled;
	if (!shop_txn_commit(&txn, err))
		return false;
	*ret_request = r;
	r = (struct shop_payment_request){0};
	return true;
}

/* An operation and its answer, while they are brought together. */
struct settling {
	struct payment p;
	struct shop_payment_request before;
	int64_t n;
	const struct shop_payment_answer *answer;
	const char *status; /* what the operation becomes */
};

static const char *status_of(enum shop_payment_result result)
{
	static const char *const names[] = {
		[SHOP_PAYMENT_SUCCEEDED] = "succeeded",
		[SHOP_PAYMENT_FAILED] = "failed",
		[SHOP_PAYMENT_PENDING] = "pending",
		[SHOP_PAYMENT_UNKNOWN] = "unknown",
	};

	return names[result];
}

static enum shop_payment_result result_of(const char *status)
{
	for (int r = SHOP_PAYMENT_SUCCEEDED; r < SHOP_PAYMENT_UNKNOWN; r++)
		if (strcmp(status, status_of((enum shop_payment_result)r)) == 0)
			return (enum shop_payment_result)r;
	return SHOP_PAYMENT_UNKNOWN;
}

/*
 * A first definite answer counts whoever brings it: the key made it one effect. An open one tells
 * nothing new about an operation that is open already, nor when another call was begun since.
 */
static bool counts(const struct settling *s)
{
	const bool over = strcmp(s->before.status, "succeeded") == 0 ||
			  strcmp(s->before.status, "failed") == 0;

	if (over)
		return false;
	if (s->answer->result <= SHOP_PAYMENT_FAILED)
		return true;
	if (strcmp(s->before.status, s->status) == 0 || s->answer->call != s->before.calls)
		return false;
	return s->answer->result == SHOP_PAYMENT_PENDING || strcmp(s->before.status, "sent") == 0;
}

static bool write_op(struct shop_store *store, const struct settling *s, struct shop_error *err)
{
	static const char sql[] =
		"UPDATE payment_op SET status = $3, provider_ref = COALESCE($4, provider_ref),"
		" message = $5, settled_us = $6 WHERE payment_id = $1 AND n = $2 AND status = $7";
	const bool definite = s->answer->result <= SHOP_PAYMENT_FAILED;
	const int64_t now_us = shop_store_context(store)->now_us;
	bool changed;

	if (!db_change(store, &changed, sql, "ditttit", err, s->p.row.id, s->n, s->status,
		       s->answer->provider_ref, s->answer->message, definite ? now_us : SHOP_NULL,
		       s->before.status))
		return false;
	return changed || shop_fail(err, E_INTERNAL, "an operation changed within a transaction");
}

static const char *event_of(const struct settling *s)
{
	switch (s->answer->result) {
	case SHOP_PAYMENT_SUCCEEDED:
		return payment_event_of(s->before.kind);
	case SHOP_PAYMENT_PENDING:
		return "payment.pending";
	case SHOP_PAYMENT_UNKNOWN:
		return "payment.outcome_unknown";
	case SHOP_PAYMENT_FAILED:
		break;
	}
	if (strcmp(s->before.kind, "authorize") == 0)
		return "payment.failed";
	if (strcmp(s->before.kind, "capture") == 0)
		return "payment.capture_failed";
	return strcmp(s->before.kind, "void") == 0 ? "payment.void_failed"
						   : "payment.refund_failed";
}

static struct payment_op_told told_of(const struct settling *s)
{
	return (struct payment_op_told){
		.n = s->n,
		.amount = s->before.amount_minor,
		.provider_ref = s->answer->provider_ref,
		.message = s->answer->message,
	};
}

static bool tell_resolved(struct shop_store *store, const struct settling *s,
			  struct shop_error *err)
{
	AUTO_EVENT struct shop_event_draft e = {0};
	const struct payment_op_told told = told_of(s);

	if (!s->before.ask || s->answer->result > SHOP_PAYMENT_FAILED)
		return true;
	payment_event_begin(&e, "payment.resolved", &s->p, &told);
	shop_json_text(&e.json, "was", s->before.status);
	shop_json_text(&e.json, "outcome", s->status);
	shop_json_int(&e.json, "attempts", s->before.calls);
	return shop_event_append(store, &e, err);
}

static bool tell(struct shop_store *store, const struct settling *s, struct shop_error *err)
{
	AUTO_EVENT struct shop_event_draft e = {0};
	const struct payment_op_told told = told_of(s);
	const char *type = event_of(s);

	payment_event_begin(&e, type, &s->p, &told);
	if (strcmp(type, "payment.authorized") == 0)
		shop_json_time(&e.json, "authorized_until", s->p.row.authorized_until);
	if (strcmp(type, "payment.failed") == 0)
		shop_json_bool(&e.json, "final", false);
	if (strcmp(type, "payment.outcome_unknown") == 0)
		shop_json_int(&e.json, "attempts", s->before.calls);
	if (g_str_has_prefix(type, "payment.refund"))
		shop_json_int(&e.json, "remaining_minor", payment_refundable(&s->p.fold));
	return shop_event_append(store, &e, err);
}

static bool apply(struct shop_store *store, struct settling *s, struct shop_error *err)
{
	const bool won = s->answer->result == SHOP_PAYMENT_SUCCEEDED;
	const bool promise = strcmp(s->before.kind, "authorize") == 0;
	const bool moved = s->answer->result <= SHOP_PAYMENT_FAILED &&
			   (promise || strcmp(s->before.kind, "capture") == 0);

	if (won && promise)
		s->p.row.authorized_until = shop_store_context(store)->now_us + AUTHORIZED_FOR;
	return write_op(store, s, err) && payment_refold(store, &s->p, err) &&
	       (!won ||
		payment_ledger_add(store, &s->p, s->before.kind, s->before.amount_minor, err)) &&
	       tell_resolved(store, s, err) && tell(store, s, err) &&
	       (s->answer->result > SHOP_PAYMENT_FAILED ||
		job_done_target(store, "payment.operation", s->p.row.id, s->n, err)) &&
	       payment_order_follow(store, &s->p, moved, err);
}

bool shop_payment_settle(struct shop_store *store, int64_t payment_id, int64_t n,
			 const struct shop_payment_answer *answer,
			 enum shop_payment_result *ret_result, struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	struct settling s = {.n = n, .answer = answer, .status = status_of(answer->result)};
	bool ok;

	ok = shop_txn_begin(&txn, store, err) && payment_load(store, payment_id, &s.p, err) &&
	     load_request(store, payment_id, n, &s.before, err);
	if (ok) {
		s.before.ask = strcmp(s.before.status, "pending") == 0 ||
			       strcmp(s.before.status, "unknown") == 0;
		*ret_result = counts(&s) ? answer->result : result_of(s.before.status);
		ok = !counts(&s) || apply(store, &s, err);
	}
	ok = ok && shop_txn_commit(&txn, err);
	payment_done(&s.p);
	shop_payment_request_done(&s.before);
	return ok || shop_fail_while(err, "settling a payment");
}

bool shop_payment_unsettled(struct shop_store *store, int64_t sent_before_us,
			    bool (*fn)(int64_t payment_id, void *ctx), void *ctx,
			    struct shop_error *err)
{
	static const char sql[] =
		"SELECT DISTINCT o.payment_id FROM payment_op o JOIN payment p ON p.id = "
		"o.payment_id"
		" WHERE o.status IN ('sent', 'pending', 'unknown') AND p.driver <> 'manual'"
		" AND (o.status <> 'sent' OR o.sent_us < $1) ORDER BY o.payment_id";
	AUTO_QUERY struct db_query q = {0};

	if (!db_query(&q, store, sql, "i", err, sent_before_us))
		return false;
	while (db_next(&q) && fn(db_int(&q, 0), ctx))
		;
	return db_done(&q, err);
}
