/*
 * Invariants of money.
 */
#include "report/check_private.h"

#include "shop/text.h"
#include "store/db.h"

static const char folds[] =
	"SELECT 'pay-' || p.id, 'authorized ' || p.authorized_minor || ', captured ' || "
	"p.captured_minor ||"
	" ', refunded ' || p.refunded_minor || ', voided ' || p.voided_minor || '; its operations "
	"say ' ||"
	" COALESCE(f.authorized, 0) || ', ' || COALESCE(f.captured, 0) || ', ' || "
	"COALESCE(f.refunded, 0) || ', ' ||"
	" COALESCE(f.voided, 0) FROM payment p LEFT JOIN (SELECT payment_id,"
	" sum(CASE kind WHEN 'authorize' THEN amount_minor ELSE 0 END) AS authorized,"
	" sum(CASE kind WHEN 'capture' THEN amount_minor ELSE 0 END) AS captured,"
	" sum(CASE kind WHEN 'refund' THEN amount_minor ELSE 0 END) AS refunded,"
	" sum(CASE kind WHEN 'void' THEN amount_minor ELSE 0 END) AS voided"
	" FROM payment_op WHERE status = 'succeeded' GROUP BY payment_id) f ON f.payment_id = p.id"
	" WHERE p.authorized_minor <> COALESCE(f.authorized, 0) OR p.captured_minor <> "
	"COALESCE(f.captured, 0)"
	" OR p.refunded_minor <> COALESCE(f.refunded, 0) OR p.voided_minor <> COALESCE(f.voided, 0)"
	" OR p.captured_minor > p.authorized_minor OR p.refunded_minor > p.captured_minor";

static const char unanswered[] =
	"SELECT 'pay-' || payment_id, kind || ' ' || n || ' is ' || status || ' for more than 15 "
	"minutes:"
	" shopctl payment resolve pay-' || payment_id FROM payment_op"
	" WHERE status IN ('sent', 'unknown') AND sent_us < $1 - 900000000";

static const char ledger_zero[] =
	"SELECT 'entry ' || entry, 'sums to ' || sum(amount_minor) || ' ' || currency FROM ledger"
	" GROUP BY entry, currency HAVING sum(amount_minor) <> 0";

static const char due_paid[] =
	"SELECT 'ord-' || o.id, 'captured ' || p.captured || ' of ' || "
	"o.due_minor || ' due' FROM orders o"
	" JOIN (SELECT order_id, sum(captured_minor - refunded_minor) AS "
	"captured FROM payment GROUP BY order_id) p"
	" ON p.order_id = o.id WHERE p.captured > o.due_minor AND NOT "
	"EXISTS (SELECT 1 FROM payment y"
	" JOIN payment_op x ON x.payment_id = y.id WHERE y.order_id = o.id "
	"AND x.kind = 'refund' AND x.status NOT IN ('succeeded', 'failed'))"
	" AND NOT EXISTS (SELECT 1 FROM journal j WHERE j.subject = 'ord-' || o.id"
	" AND j.type IN ('order.line_canceled', 'order.canceled', 'order.expired')"
	" AND j.seq > (SELECT COALESCE(min(cursor), 0) FROM consumer WHERE name = "
	"'payments'))";

static const char references[] =
	"SELECT p.driver || ' ' || o.provider_ref, 'names ' || count(*) || ' ' || o.kind || ' "
	"operations' FROM payment_op o"
	" JOIN payment p ON p.id = o.payment_id WHERE o.provider_ref IS NOT NULL"
	" GROUP BY p.driver, o.kind, o.provider_ref HAVING count(*) > 1";

static bool scan(struct checking *c, const char *sql, struct shop_error *err)
{
	AUTO_QUERY struct db_query q = {0};

	if (!db_query(&q, c->store, sql, NULL, err))
		return false;
	while (db_next(&q)) {
		const char *text = db_text(&q, 1);

		if (text != NULL && shop_text_has_card_number(text) &&
		    !check_tell(c, db_text(&q, 0), err, "holds what looks like a card number"))
			return false;
	}
	return db_done(&q, err);
}

/* Every column that takes what people type. */
static bool find_card_numbers(struct checking *c, struct shop_error *err)
{
	static const char customers[] = "SELECT 'cus-' || id, name || ' ' || COALESCE(company, '') "
					"|| ' ' || COALESCE(phone, '') FROM customer";
	static const char addresses[] =
		"SELECT 'cus-' || customer_id, name || ' ' || street || ' ' ||"
		" COALESCE(street2, '') || ' ' || city || ' ' || COALESCE(phone, '') FROM address";
	static const char products[] =
		"SELECT sku, title || ' ' || COALESCE(category, '') FROM product";
	static const char reasons[] =
		"SELECT 'evt-' || seq, reason FROM journal WHERE reason IS NOT NULL";
	static const char messages[] =
		"SELECT 'pay-' || payment_id, message FROM payment_op WHERE message IS NOT NULL";

	return scan(c, customers, err) && scan(c, addresses, err) && scan(c, products, err) &&
	       scan(c, reasons, err) && scan(c, messages, err);
}

const struct invariant *check_money_invariants(void)
{
	static const struct invariant invariants[] = {
		{"PAY01", "a payment's amounts are the fold of its operations", folds, NULL},
		{"PAY01", "the ledger's entries sum to zero", ledger_zero, NULL},
		{"PAY02", "no operation is without an answer for 15 minutes", unanswered, NULL},
		{"PAY03",
		 "no more is captured than is due, unless a refund is under way or the worker is "
		 "to ask for it",
		 due_paid, NULL},
		{"PAY04", "a provider's reference names one operation", references, NULL},
		{"PAY05", "no text holds a card number", NULL, find_card_numbers},
		{0},
	};

	return invariants;
}
