/*
 * Private to lib/base: the calendar as day numbers (0 = 1970-01-01), zones, and the day words of
 * CLI.md §4.
 */
#ifndef BASE_CIVIL_H
#define BASE_CIVIL_H

#include "shop/times.h"

#include <glib.h>

#define CIVIL_DAY_SECONDS INT64_C(86400)
/* What RFC 3339 can write: 0001-01-01 to 9999-12-31, as day numbers. */
#define CIVIL_DAY_MIN INT64_C(-719162)
#define CIVIL_DAY_MAX INT64_C(2932896)

#define AUTO_ZONE SHOP_CLEANUP(zone_free)

struct civil_date {
	int64_t year;
	int month; /* 1 to 12 */
	int day;
};

/* a / b rounded down, and what is left, never negative; b > 0. */
int64_t civil_floor(int64_t a, int64_t b);
int64_t civil_rest(int64_t a, int64_t b);

/* The day number of a date; month and day must be in range. */
int64_t civil_day_of(struct civil_date date);
struct civil_date civil_date_of(int64_t day);

/* Whether such a date exists, years 1 to 9999. */
bool civil_date_exists(struct civil_date date);

/* 0 = Monday. */
int civil_weekday(int64_t day);

/* The Monday of an ISO week. False: the year has no such week. */
bool civil_week(int64_t year, int64_t week, int64_t *ret_monday);

/* Open a zone by IANA name or `+02:00`; NULL = local. Fails with E_VALUE. */
bool zone_open(const char *name, GTimeZone **ret_zone, struct shop_error *err) SHOP_CHECKED;
void zone_free(GTimeZone **zone);

/* Seconds east of UTC at an instant. */
int64_t zone_offset(GTimeZone *zone, int64_t utc_s);

/*
 * The instants of a local time; `exists` false: they are what the clock would say before and after
 * the gap.
 */
struct zone_instants {
	int64_t utc_s[2]; /* ascending; equal when there is one */
	bool exists;
};

struct zone_instants zone_instants_of(GTimeZone *zone, int64_t local_s);

/* When a local day begins: after a gap at midnight, at the first of two midnights. */
int64_t zone_day_start(GTimeZone *zone, int64_t day);

/* The local day number of an instant. */
int64_t zone_day_of(GTimeZone *zone, int64_t at_us);

/* Read exactly `width` digits; moves *at behind them. */
bool day_scan_digits(const char **at, int width, int64_t *ret_value);

/* Read a word that ends where letters end, in any case; moves *at behind it. */
bool day_scan_word(const char **at, const char *word);

/* `last`, `this` or `next` and one space or dash behind it: -1, 0, +1. False: none of them. */
bool day_scan_relation(const char **at, int *ret_relation);

/*
 * Read one day: `2026-11-23`, `2026-W48-1`, `today`, `monday`, `last monday`; moves *at behind it.
 */
bool day_scan(const char **at, int64_t today, int64_t *ret_day);

/* Read a duration; with need_unit, a bare number is none. False: not a duration, or too long. */
bool duration_scan(const char *text, bool need_unit, int64_t *ret_us);

#endif
