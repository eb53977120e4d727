/*
 * The rules of payments: pure functions over values, tested as tables.
 */
#include "domain/payment/payment_rules.h"

#include <string.h>

static bool is_open(const char *status)
{
	return strcmp(status, "succeeded") != 0 && strcmp(status, "failed") != 0;
}

/* Where an amount of this kind counts; NULL when it failed. */
static int64_t *sum_of(struct payment_fold *fold, const char *kind, const char *status)
{
	const bool open = is_open(status);

	if (strcmp(status, "failed") == 0)
		return NULL;
	if (strcmp(kind, "authorize") == 0)
		return open ? &fold->authorizing : &fold->authorized;
	if (strcmp(kind, "capture") == 0)
		return open ? &fold->capturing : &fold->captured;
	if (strcmp(kind, "void") == 0)
		return open ? &fold->voiding : &fold->voided;
	return open ? &fold->refunding : &fold->refunded;
}

void payment_fold_add(struct payment_fold *fold, const char *kind, const char *status,
		      int64_t amount)
{
	int64_t *sum = sum_of(fold, kind, status);

	if (sum == NULL)
		return;
	*sum += amount;
	if (is_open(status) && strcmp(status, "created") != 0)
		fold->called = true;
}

int64_t payment_rest(const struct payment_fold *fold)
{
	return fold->authorized - fold->captured - fold->voided - fold->capturing - fold->voiding;
}

int64_t payment_refundable(const struct payment_fold *fold)
{
	return fold->captured - fold->refunded - fold->refunding;
}

const char *payment_status_of(const struct payment_fold *fold, int64_t amount, bool pay_later)
{
	if (fold->authorizing > 0)
		return "processing";
	if (fold->authorized == 0 || (pay_later && fold->captured < amount))
		return "requires_payment_method";
	if (fold->captured + fold->voided < fold->authorized)
		return "requires_capture";
	return fold->captured > 0 ? "succeeded" : "canceled";
}

bool payment_driver_pays_later(const char *driver)
{
	return strcmp(driver, "manual") == 0;
}

void payment_due_add(struct payment_due *due, int64_t total_minor, int64_t qty, int64_t shipped,
		     int64_t gone)
{
	due->lines += total_minor;
	/* As a line whose other units are gone: canceling them later moves no cent. */
	due->shipped += total_minor - shop_minor_share(total_minor, qty - shipped, qty);
	due->any = due->any || shipped > 0;
	due->waiting = due->waiting || shipped + gone < qty;
}

int64_t payment_due_now(const struct payment_due *due, int64_t total, int64_t owed)
{
	int64_t now;

	if (!due->any)
		return 0;
	if (!due->waiting)
		return owed;
	now = due->shipped + (total - due->lines);
	return now < owed ? now : owed;
}

/* Fails naming the payment and its status, or says what is awaited. */
static bool wrong_status(const struct shop_payment *p, const struct payment_fold *fold,
			 const char *what, struct shop_error *err)
{
	char id[SHOP_ID_TEXT];

	shop_id_format(SHOP_ID_PAYMENT, p->id, id);
	shop_fail(err, E_PAYMENT_STATE, "payment %s is %s: nothing to %s", id, p->status, what);
	shop_fail_object(err, id);
	if (fold->called)
		return shop_fail_fix(err, "payment", "resolve", id, NULL);
	return shop_fail_fix(err, "payment", "show", id, NULL);
}

static bool check_amount(const struct shop_payment *p, int64_t amount, int64_t limit,
			 const char *what, struct shop_error *err)
{
	struct shop_json details = {.to = NULL};
	char id[SHOP_ID_TEXT], asked[SHOP_MONEY_TEXT], left[SHOP_MONEY_TEXT];

	if (amount > 0 && amount <= limit)
		return true;
	shop_id_format(SHOP_ID_PAYMENT, p->id, id);
	shop_money_format_full(shop_money_of(amount, p->currency), asked);
	shop_money_format_full(shop_money_of(limit, p->currency), left);
	shop_fail(err, E_PAYMENT_AMOUNT, "payment %s: %s can be %s, not %s", id, left, what, asked);
	shop_fail_object(err, id);
	details.to = g_string_new(NULL);
	shop_json_object(&details, NULL);
	shop_json_money(&details, "asked", shop_money_of(amount, p->currency));
	shop_json_money(&details, "limit", shop_money_of(limit, p->currency));
	shop_json_end(&details);
	shop_fail_details(err, g_string_free(details.to, FALSE));
	return shop_fail_fix(err, "payment", "show", id, NULL);
}

bool payment_may_authorize(const struct shop_payment *p, const struct payment_fold *fold,
			   int64_t amount, int64_t outstanding, struct shop_error *err)
{
	if (strcmp(p->status, "requires_payment_method") != 0)
		return wrong_status(p, fold, "authorize", err);
	return check_amount(p, amount, outstanding, "authorized", err);
}

bool payment_may_capture(const struct shop_payment *p, const struct payment_fold *fold,
			 int64_t amount, int64_t owing, struct shop_error *err)
{
	const bool later = payment_driver_pays_later(p->driver);
	const int64_t limit = later ? p->amount - fold->captured : payment_rest(fold);

	if (strcmp(p->status, later ? "requires_payment_method" : "requires_capture") != 0)
		return wrong_status(p, fold, "capture", err);
	return check_amount(p, amount, MIN(limit, owing), "captured", err);
}

bool payment_may_void(const struct shop_payment *p, const struct payment_fold *fold,
		      struct shop_error *err)
{
	const bool unsent = strcmp(p->status, "processing") == 0 && !fold->called;
	const bool untaken =
		strcmp(p->status, "requires_payment_method") == 0 && fold->captured == 0;
	const bool held = strcmp(p->status, "requires_capture") == 0 && payment_rest(fold) > 0;

	return unsent || untaken || held || wrong_status(p, fold, "void", err);
}

bool payment_may_refund(const struct shop_payment *p, const struct payment_fold *fold,
			int64_t amount, struct shop_error *err)
{
	if (fold->captured == 0)
		return wrong_status(p, fold, "refund", err);
	return check_amount(p, amount, payment_refundable(fold), "refunded", err);
}
