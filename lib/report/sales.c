/*
 * What was sold, day by day: the newest orders by the time they were placed, as far as a glance may
 * cost.
 */
#include "shop/status.h"

#include "store/db.h"

#include <string.h>

/* Reading this many orders takes a few milliseconds, whatever the shop's size. A busier shop gets
 * fewer days. */
#define ORDERS_READ 10000

static const struct shop_field fields[] = {
	SHOP_FIELD_TIME(struct shop_sales_day, day, "day", "when the day began"),
	SHOP_FIELD_INT(struct shop_sales_day, orders, "orders",
		       "placed that day and neither canceled nor expired"),
	SHOP_FIELD_MONEY(struct shop_sales_day, total, "total",
			 "what they come to, less what was canceled of them"),
	SHOP_FIELD_TEXT(struct shop_sales_day, currency, "currency", "the store's currency",
			.flags = SHOP_FIELD_HIDDEN),
};

const struct shop_record shop_sales_record = SHOP_RECORD("day", struct shop_sales_day, fields);

/* The latest midnight before a time. Where a zone skips it, the day before is 24 hours earlier. */
static int64_t midnight_before(const struct shop_clock *clock, int64_t at_us)
{
	AUTO_ERROR struct shop_error ignored = {0};
	const struct shop_clock then = {.now_us = at_us, .zone = clock->zone};
	int64_t day_us;

	return shop_time_parse("today", &then, &day_us, &ignored) ? day_us
								  : at_us - at_us % SHOP_DAY;
}

/* Today first. */
static void make_days(const struct shop_clock *clock, const char *currency, size_t count,
		      struct shop_list *days)
{
	int64_t at_us = clock->now_us;

	for (size_t i = 0; i < count; i++) {
		struct shop_sales_day *day = shop_list_add(&shop_sales_record, days);

		day->day = midnight_before(clock, at_us);
		day->currency = g_strdup(currency);
		at_us = day->day - SHOP_HOUR;
	}
}

static bool counts(const struct db_query *q, const char *currency)
{
	const char *status = db_text(q, 2);

	return strcmp(status, "canceled") != 0 && strcmp(status, "expired") != 0 &&
	       strcmp(db_text(q, 3), currency) == 0;
}

/* Orders come newest first, so each day is complete when the next one begins. *ret_days: how many
 * are. */
static bool add_up(struct shop_store *store, struct shop_list *days, size_t *ret_days,
		   struct shop_error *err)
{
	static const char sql[] =
		"SELECT placed_us, due_minor, status, currency FROM orders WHERE placed_us >= $1"
		" ORDER BY placed_us DESC, id DESC LIMIT $2";
	struct shop_sales_day *items = days->items;
	AUTO_QUERY struct db_query q = {0};
	size_t at = 0;
	int64_t read = 0;

	if (!db_query(&q, store, sql, "ii", err, items[days->count - 1].day, (int64_t)ORDERS_READ))
		return false;
	for (; db_next(&q); read++) {
		while (db_int(&q, 0) < items[at].day)
			at++;
		if (!counts(&q, items[at].currency))
			continue;
		items[at].orders++;
		items[at].total += db_int(&q, 1);
	}
	*ret_days = read < ORDERS_READ ? days->count : at;
	return db_done(&q, err);
}

static void reverse(struct shop_list *days)
{
	struct shop_sales_day *items = days->items, kept;

	for (size_t i = 0, j = days->count; j > 0 && i < --j; i++) {
		kept = items[i];
		items[i] = items[j];
		items[j] = kept;
	}
}

bool shop_sales_days(struct shop_store *store, const struct shop_clock *clock, size_t count,
		     struct shop_list *ret_days, struct shop_error *err)
{
	struct shop_list days = {0};
	size_t complete;

	make_days(clock, shop_store_currency(store), count, &days);
	if (!add_up(store, &days, &complete, err)) {
		shop_list_done(&shop_sales_record, &days);
		return shop_fail_while(err, "adding up sales");
	}
	for (; days.count > complete; days.count--)
		shop_record_done(&shop_sales_record,
				 (struct shop_sales_day *)days.items + days.count - 1);
	reverse(&days);
	*ret_days = days;
	return true;
}
