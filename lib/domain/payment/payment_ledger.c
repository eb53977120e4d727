/*
 * The ledger: one entry per success, each summing to zero (the table of accounts is in
 * shop/payment.h).
 */
#include "domain/payment/payment_row.h"

#include "store/db.h"

#include <string.h>

/* One side of an entry: +1 or −1 times the operation's amount. */
struct side {
	const char *account;
	int sign;
};

static const struct side authorize[] = {{"authorized", 1}, {"authorization", -1}, {0}};
static const struct side capture[] = {
	{"cash", 1}, {"receivable", -1}, {"authorization", 1}, {"authorized", -1}, {0}};
static const struct side release[] = {{"authorization", 1}, {"authorized", -1}, {0}};
static const struct side refund[] = {{"refunds", 1}, {"cash", -1}, {0}};

static const struct side *sides_of(const char *kind)
{
	if (strcmp(kind, "authorize") == 0)
		return authorize;
	if (strcmp(kind, "capture") == 0)
		return capture;
	return strcmp(kind, "void") == 0 ? release : refund;
}

bool payment_ledger_add(struct shop_store *store, const struct payment *p, const char *kind,
			int64_t amount, struct shop_error *err)
{
	static const char last[] = "SELECT max(id) FROM ledger";
	static const char sql[] = "INSERT INTO ledger (id, entry, account, currency, amount_minor,"
				  " order_id, payment_id, at_us)"
				  " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
	const struct side *side = sides_of(kind);
	int64_t id, entry;

	if (!db_get(store, &id, last, NULL, err))
		return false;
	entry = id = id == SHOP_NULL ? 1 : id + 1;
	for (; side->account != NULL; side++, id++)
		if (!db_run(store, sql, "iittiddi", err, id, entry, side->account, p->row.currency,
			    side->sign * amount, p->row.order_id, p->row.id,
			    shop_store_context(store)->now_us))
			return false;
	return true;
}
