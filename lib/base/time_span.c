/* Spans of time: calendar periods (`2026-11`, `last-week`) and `A..B`. Half-open, in local days. */
#include "shop/times.h"

#include "civil.h"
#include "number.h"

#include <string.h>

struct days {
	int64_t from;
	int64_t until;
};

static bool fail_form(const char *text, struct shop_error *err)
{
	return shop_fail(
		err, E_VALUE,
		"\"%.*s\" is not a span of time, expected a form like 2026-11, last-month or "
		"2026-11-01..2026-11-15",
		NUMBER_QUOTE, text);
}

/* `count` months from the month-th (0 = January) of `year`; month may leave 0 to 11. */
static struct days months(int64_t year, int64_t month, int count)
{
	int64_t first = year * 12 + month, end = first + count;
	struct civil_date from = { civil_floor(first, 12), (int)civil_rest(first, 12) + 1, 1 };
	struct civil_date until = { civil_floor(end, 12), (int)civil_rest(end, 12) + 1, 1 };

	return (struct days){ civil_day_of(from), civil_day_of(until) };
}

/* `this-week`, `last-month`, `next-quarter`, … */
static bool scan_relative(const char *p, int64_t today, struct days *ret_days)
{
	struct civil_date now = civil_date_of(today);
	int64_t monday = today - civil_weekday(today);
	int by;

	if (!day_scan_relation(&p, &by))
		return false;
	if (g_ascii_strcasecmp(p, "day") == 0)
		*ret_days = (struct days){ today + by, today + by + 1 };
	else if (g_ascii_strcasecmp(p, "week") == 0)
		*ret_days = (struct days){ monday + by * 7, monday + by * 7 + 7 };
	else if (g_ascii_strcasecmp(p, "month") == 0)
		*ret_days = months(now.year, now.month - 1 + by, 1);
	else if (g_ascii_strcasecmp(p, "quarter") == 0)
		*ret_days = months(now.year, (now.month - 1) / 3 * 3 + by * 3, 3);
	else if (g_ascii_strcasecmp(p, "year") == 0)
		*ret_days = months(now.year + by, 0, 12);
	else
		return false;
	return true;
}

/* `2026`, `2026-11`, `2026-Q4`, `2026-W48`. */
static bool scan_period(const char *p, struct days *ret_days)
{
	int64_t year, part, monday;
	char kind;

	if (!day_scan_digits(&p, 4, &year) || year < 1 || (*p != '\0' && *p++ != '-'))
		return false;
	if (p[-1] != '-') {
		*ret_days = months(year, 0, 12);
		return true;
	}
	kind = g_ascii_toupper(*p);
	p += g_ascii_isalpha(kind) ? 1 : 0;
	if (!day_scan_digits(&p, kind == 'Q' ? 1 : 2, &part) || *p != '\0' || part < 1)
		return false;
	if (kind == 'Q' && part <= 4)
		*ret_days = months(year, part * 3 - 3, 3);
	else if (g_ascii_isdigit(kind) && part <= 12)
		*ret_days = months(year, part - 1, 1);
	else if (kind == 'W' && civil_week(year, part, &monday))
		*ret_days = (struct days){ monday, monday + 7 };
	else
		return false;
	return true;
}

static bool scan_days(const char *text, int64_t today, struct days *ret_days)
{
	const char *p = text;
	int64_t day;

	if (day_scan(&p, today, &day) && *p == '\0') {
		*ret_days = (struct days){ day, day + 1 };
		return true;
	}
	return scan_period(text, ret_days) || scan_relative(text, today, ret_days);
}

static bool scan_span(const char *text, const struct shop_clock *clock, GTimeZone *zone,
                      struct shop_span *ret_span)
{
	struct days days;

	if (!scan_days(text, zone_day_of(zone, clock->now_us), &days))
		return false;
	ret_span->from_us = zone_day_start(zone, days.from) * SHOP_SECOND;
	ret_span->until_us = zone_day_start(zone, days.until) * SHOP_SECOND;
	return true;
}

/* One side of `A..B`: a period counts whole, so `2026-11-01..2026-11-15` includes the 15th. */
static bool parse_side(const char *text, const struct shop_clock *clock, GTimeZone *zone,
                       struct shop_span *ret_side, struct shop_error *err)
{
	int64_t at_us;

	if (scan_span(text, clock, zone, ret_side))
		return true;
	if (!shop_time_parse(text, clock, &at_us, err))
		return false;
	*ret_side = (struct shop_span){ at_us, at_us };
	return true;
}

/* `A..B`, `A..` (without end) and `..B` (from the beginning). */
static bool parse_range(const char *text, const char *dots, const struct shop_clock *clock,
                        GTimeZone *zone, struct shop_span *ret_span, struct shop_error *err)
{
	struct shop_span first = { .from_us = CIVIL_DAY_MIN * SHOP_DAY };
	struct shop_span last = { .until_us = (CIVIL_DAY_MAX + 1) * SHOP_DAY };
	char *head = g_strndup(text, (gsize)(dots - text));
	bool read = *head == '\0' || parse_side(head, clock, zone, &first, err);

	g_free(head);
	if (!read || (dots[2] != '\0' && !parse_side(dots + 2, clock, zone, &last, err)))
		return false;
	if (first.from_us >= last.until_us)
		return shop_fail(err, E_VALUE, "\"%.*s\" ends before it begins", NUMBER_QUOTE,
		                 text);
	*ret_span = (struct shop_span){ first.from_us, last.until_us };
	return true;
}

bool shop_span_parse(const char *text, const struct shop_clock *clock, struct shop_span *ret_span,
                     struct shop_error *err)
{
	AUTO_ZONE GTimeZone *zone = NULL;
	const char *dots = strstr(text, "..");

	if (!zone_open(clock->zone, &zone, err))
		return false;
	if (dots != NULL && strcmp(text, "..") != 0)
		return parse_range(text, dots, clock, zone, ret_span, err);
	return scan_span(text, clock, zone, ret_span) || fail_form(text, err);
}
