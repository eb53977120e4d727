/*
 * A point in time as people and programs write it (CLI.md §4). Days are time_day.c's, durations
 * duration.c's.
 */
#include "shop/times.h"

#include "civil.h"
#include "number.h"

#include <string.h>

/* A day and a time of day as typed, not yet an instant. */
struct moment {
	int64_t day;
	int64_t us_of_day;
	bool timed;       /* whether a time of day was typed */
	const char *zone; /* the zone suffix, or "" */
};

static bool fail_form(const char *text, struct shop_error *err)
{
	return shop_fail(
		err, E_VALUE,
		"\"%.*s\" is not a time, expected a form like 2026-11-23 14:00, last monday 14:00, "
		"2h ago or 2026-11-23T13:00:00Z",
		NUMBER_QUOTE, text);
}

static bool in_calendar(const char *text, int64_t at_us, int64_t *ret_us, struct shop_error *err)
{
	if (at_us < CIVIL_DAY_MIN * SHOP_DAY || at_us >= (CIVIL_DAY_MAX + 1) * SHOP_DAY)
		return shop_fail(err, E_VALUE, "%.*s is out of range: years 1 to 9999",
		                 NUMBER_QUOTE, text);
	*ret_us = at_us;
	return true;
}

/* The fraction of a second: what is finer than a microsecond is dropped. */
static int64_t scan_fraction(const char **at)
{
	int64_t us = 0, unit = SHOP_SECOND / 10;

	if (**at != '.' || !g_ascii_isdigit((*at)[1]))
		return 0;
	for ((*at)++; g_ascii_isdigit(**at); (*at)++, unit /= 10)
		us += (**at - '0') * unit;
	return us;
}

/* `14:00`, `14:00:05`, `14:00:05.250`. */
static bool scan_time_of_day(const char **at, int64_t *ret_us)
{
	const char *p = *at;
	int64_t hour, minute, second = 0, fraction = 0;

	if (!day_scan_digits(&p, 2, &hour) || *p++ != ':' || !day_scan_digits(&p, 2, &minute))
		return false;
	if (*p == ':') {
		p++;
		if (!day_scan_digits(&p, 2, &second))
			return false;
		fraction = scan_fraction(&p);
	}
	if (hour > 23 || minute > 59 || second > 59)
		return false;
	*ret_us = hour * SHOP_HOUR + minute * SHOP_MINUTE + second * SHOP_SECOND + fraction;
	*at = p;
	return true;
}

static bool scan_moment(const char *text, int64_t today, struct moment *ret_moment)
{
	struct moment m = { .day = today, .zone = "" };
	const char *p = text;
	bool dated = day_scan(&p, today, &m.day);

	if (dated && *p == '\0') {
		*ret_moment = m;
		return true;
	}
	if (dated && *p != ' ' && *p != 'T' && *p != 't')
		return false;
	p += dated ? 1 : 0;
	if (!scan_time_of_day(&p, &m.us_of_day))
		return false;
	m.timed = true;
	m.zone = *p == ' ' ? p + 1 : p;
	*ret_moment = m;
	return *p == '\0' || *m.zone != '\0';
}

/* A zone suffix: `Z`, `+01:00` or an IANA name. GLib would also take `5` and `+1`: refused here. */
static bool open_suffix(const char *text, const char *suffix, GTimeZone **ret_zone,
                        struct shop_error *err)
{
	const char *p = suffix + 1;
	int64_t hours, minutes;

	if (strcmp(suffix, "Z") == 0 || strcmp(suffix, "z") == 0)
		return zone_open("UTC", ret_zone, err);
	if (*suffix == '+' || *suffix == '-') {
		if (!day_scan_digits(&p, 2, &hours) || *p++ != ':' ||
		    !day_scan_digits(&p, 2, &minutes) || *p != '\0' || hours > 23 || minutes > 59)
			return fail_form(text, err);
	} else if (!g_ascii_isalpha(*suffix)) {
		return fail_form(text, err);
	}
	return zone_open(suffix, ret_zone, err);
}

/* Both instants, so that the reader can copy the one that was meant. */
static bool fail_instants(const char *text, const struct zone_instants *instants, int64_t us,
                          GTimeZone *zone, struct shop_error *err)
{
	char first[SHOP_TIME_TEXT], second[SHOP_TIME_TEXT];

	return shop_fail(err, E_VALUE, "\"%.*s\" %s in %s: write %s or %s", NUMBER_QUOTE, text,
	                 instants->exists ? "occurs twice" : "does not exist",
	                 g_time_zone_get_identifier(zone),
	                 shop_time_format_utc(instants->utc_s[0] * SHOP_SECOND + us, first),
	                 shop_time_format_utc(instants->utc_s[1] * SHOP_SECOND + us, second));
}

static bool resolve(const char *text, const struct moment *m, GTimeZone *zone, int64_t *ret_us,
                    struct shop_error *err)
{
	int64_t us = m->us_of_day % SHOP_SECOND;
	struct zone_instants instants;

	if (!m->timed)
		return in_calendar(text, zone_day_start(zone, m->day) * SHOP_SECOND, ret_us, err);
	instants = zone_instants_of(zone, m->day * CIVIL_DAY_SECONDS + m->us_of_day / SHOP_SECOND);
	if (!instants.exists || instants.utc_s[0] != instants.utc_s[1])
		return fail_instants(text, &instants, us, zone, err);
	return in_calendar(text, instants.utc_s[0] * SHOP_SECOND + us, ret_us, err);
}

static bool parse_moment(const char *text, const struct shop_clock *clock, int64_t *ret_us,
                         struct shop_error *err)
{
	AUTO_ZONE GTimeZone *zone = NULL;
	AUTO_ZONE GTimeZone *typed = NULL;
	struct moment m;

	if (!zone_open(clock->zone, &zone, err))
		return false;
	if (!scan_moment(text, zone_day_of(zone, clock->now_us), &m))
		return fail_form(text, err);
	if (*m.zone == '\0')
		return resolve(text, &m, zone, ret_us, err);
	/* `today 14:00 Asia/Tokyo` is Tokyo's today: read again from there. */
	if (!open_suffix(text, m.zone, &typed, err))
		return false;
	if (!scan_moment(text, zone_day_of(typed, clock->now_us), &m))
		return fail_form(text, err);
	return resolve(text, &m, typed, ret_us, err);
}

static bool from_now(const char *text, const struct shop_clock *clock, int64_t delta_us,
                     int64_t *ret_us, struct shop_error *err)
{
	int64_t at_us;

	if (__builtin_add_overflow(clock->now_us, delta_us, &at_us))
		at_us = delta_us < 0 ? INT64_MIN : INT64_MAX;
	return in_calendar(text, at_us, ret_us, err);
}

/* `2h ago`, `-2h`, `+3d`: whether it is one of these, and how far from now. */
static bool scan_delta(const char *text, int64_t *ret_us)
{
	size_t length = strlen(text);
	bool ago = length > 4 && g_ascii_strcasecmp(text + length - 4, " ago") == 0;
	bool is_delta;
	char *head;
	int64_t us;

	if (*text == '+' || *text == '-') {
		if (!duration_scan(text + 1, true, &us))
			return false;
		*ret_us = *text == '-' ? -us : us;
		return true;
	}
	if (!ago)
		return false;
	head = g_strndup(text, length - 4);
	is_delta = duration_scan(head, true, &us);
	g_free(head);
	if (is_delta)
		*ret_us = -us;
	return is_delta;
}

static bool parse_epoch(const char *text, int64_t *ret_us, struct shop_error *err)
{
	const char *p = text + 1;
	bool negative = *p == '-';
	int64_t seconds;

	p += negative ? 1 : 0;
	if (!number_scan_digits(&p, INT64_MAX / SHOP_SECOND, &seconds) || *p != '\0')
		return fail_form(text, err);
	return in_calendar(text, (negative ? -seconds : seconds) * SHOP_SECOND, ret_us, err);
}

bool shop_time_parse(const char *text, const struct shop_clock *clock, int64_t *ret_us,
                     struct shop_error *err)
{
	int64_t delta_us;

	if (g_ascii_strcasecmp(text, "now") == 0)
		return from_now(text, clock, 0, ret_us, err);
	if (*text == '@')
		return parse_epoch(text, ret_us, err);
	if (scan_delta(text, &delta_us))
		return from_now(text, clock, delta_us, ret_us, err);
	return parse_moment(text, clock, ret_us, err);
}

bool shop_time_parse_ago(const char *text, const struct shop_clock *clock, int64_t *ret_us,
                         struct shop_error *err)
{
	int64_t us;

	if (duration_scan(text, true, &us))
		return from_now(text, clock, -us, ret_us, err);
	return shop_time_parse(text, clock, ret_us, err);
}
