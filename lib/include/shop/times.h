/*
 * Time: int64 microseconds since 1970 UTC; durations int64 microseconds. Zones only for reading and display.
 *
 *	struct shop_clock clock = { .now_us = now, .zone = "Europe/Berlin" };
 *	shop_time_parse("last monday 14:00", &clock, &at_us, err);
 *	shop_time_format_utc(at_us, text);                     "2026-11-23T13:05:00.000Z"
 */
#ifndef SHOP_TIMES_H
#define SHOP_TIMES_H

#include "shop/error.h"

#include <stdint.h>

#define SHOP_SECOND INT64_C(1000000)
#define SHOP_MINUTE (60 * SHOP_SECOND)
#define SHOP_HOUR (60 * SHOP_MINUTE)
#define SHOP_DAY (24 * SHOP_HOUR)
#define SHOP_TIME_TEXT 40

/* What relative words and bare local times are read against. */
struct shop_clock {
	int64_t now_us;
	const char *zone; /* IANA name; NULL = the process's local zone */
};

/* A half-open span [from, until). */
struct shop_span {
	int64_t from_us;
	int64_t until_us;
};

/** The wall clock, microseconds since 1970 UTC. */
int64_t shop_now_us(void);

/**
 * Read a point in time as CLI.md §4: RFC 3339, `2026-11-23 14:00`, `14:00`, `2026-W48-1`, `now today
 * yesterday tomorrow`, weekdays (`monday`, `last monday 14:00`), `2h ago`, `-2h`, `+3d`, `@1795392000`.
 *
 * Fails with     E_VALUE; for a local time that does not exist or occurs twice it names both UTC instants
 */
bool shop_time_parse(const char *text, const struct shop_clock *clock, int64_t *ret_us,
                     struct shop_error *err) SHOP_CHECKED;

/** As shop_time_parse, but a bare duration (`2h`, `30d`) means "ago": for --since, --until, --older-than. */
bool shop_time_parse_ago(const char *text, const struct shop_clock *clock, int64_t *ret_us,
                         struct shop_error *err) SHOP_CHECKED;

/** Read a span: `2026-11`, `2026-Q4`, `2026`, a day, `this-week`, `last-month`, `A..B`. Fails with E_VALUE. */
bool shop_span_parse(const char *text, const struct shop_clock *clock, struct shop_span *ret_span,
                     struct shop_error *err) SHOP_CHECKED;

/** Read a duration as systemd.time(7): `2h30min`, `90s`, `3d`, `2w`, `500ms`. Fails with E_VALUE. */
bool shop_duration_parse(const char *text, int64_t *ret_us, struct shop_error *err) SHOP_CHECKED;

/** RFC 3339 UTC with Z and milliseconds. Returns text. */
const char *shop_time_format_utc(int64_t at_us, char text[SHOP_TIME_TEXT]);

/** "2026-11-23 14:05" in `zone` (NULL = local). Returns text. */
const char *shop_time_format_local(int64_t at_us, const char *zone, char text[SHOP_TIME_TEXT]);

/** How long ago a time was, or how long it is until it: "3h ago", "in 2d". Returns text. */
const char *shop_age_format(int64_t at_us, int64_t now_us, char text[SHOP_TIME_TEXT]);

/** "2h30min"; the largest two units. Returns text. */
const char *shop_duration_format(int64_t us, char text[SHOP_TIME_TEXT]);

#endif
