/* Times, spans and durations. The clock stands at Monday 2026-11-23 13:05:00 UTC, in Berlin. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "shop/times.h"

#include <glib.h>
#include <string.h>

static const struct shop_clock berlin = {
	.now_us = INT64_C(1795439100) * SHOP_SECOND,
	.zone = "Europe/Berlin",
};

struct reading {
	const char *text;
	const char *utc;
};

static void check_reading(const struct reading *reading)
{
	AUTO_ERROR struct shop_error err = { 0 };
	char text[SHOP_TIME_TEXT];
	int64_t at_us = 0;

	if (!shop_time_parse(reading->text, &berlin, &at_us, &err))
		fail_msg("%s: %s", reading->text, err.message);
	if (strcmp(shop_time_format_utc(at_us, text), reading->utc) != 0)
		fail_msg("%s: read as %s, not %s", reading->text, text, reading->utc);
}

static void a_time_is_read_in_every_accepted_spelling(void **state)
{
	static const struct reading readings[] = {
		{ "now", "2026-11-23T13:05:00.000Z" },
		{ "today", "2026-11-22T23:00:00.000Z" },
		{ "yesterday", "2026-11-21T23:00:00.000Z" },
		{ "Tomorrow 09:30", "2026-11-24T08:30:00.000Z" },
		{ "2026-11-23", "2026-11-22T23:00:00.000Z" },
		{ "2026-11-23 14:00", "2026-11-23T13:00:00.000Z" },
		{ "2026-11-23T14:00:05.250", "2026-11-23T13:00:05.250Z" },
		{ "2026-11-23T14:00:00Z", "2026-11-23T14:00:00.000Z" },
		{ "2026-11-23T14:00:00-05:00", "2026-11-23T19:00:00.000Z" },
		{ "2026-11-23 14:00 Asia/Tokyo", "2026-11-23T05:00:00.000Z" },
		{ "14:00", "2026-11-23T13:00:00.000Z" },
		{ "2026-W48-1", "2026-11-22T23:00:00.000Z" },
		{ "2026-W53-7", "2027-01-02T23:00:00.000Z" },
		{ "2h ago", "2026-11-23T11:05:00.000Z" },
		{ "-2h", "2026-11-23T11:05:00.000Z" },
		{ "+3d", "2026-11-26T13:05:00.000Z" },
		{ "@1795392000", "2026-11-23T00:00:00.000Z" },
		{ "@-1", "1969-12-31T23:59:59.000Z" },
		{ "2024-02-29", "2024-02-28T23:00:00.000Z" },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(readings); i++)
		check_reading(&readings[i]);
}

static void a_weekday_is_the_latest_one_and_last_leaves_today_out(void **state)
{
	static const struct reading readings[] = {
		{ "monday", "2026-11-22T23:00:00.000Z" },
		{ "mon 14:00", "2026-11-23T13:00:00.000Z" },
		{ "tuesday", "2026-11-16T23:00:00.000Z" },
		{ "last monday 14:00", "2026-11-16T13:00:00.000Z" },
		{ "last-sunday", "2026-11-21T23:00:00.000Z" },
		{ "next monday", "2026-11-29T23:00:00.000Z" },
		{ "this friday", "2026-11-26T23:00:00.000Z" },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(readings); i++)
		check_reading(&readings[i]);
}

static void what_is_no_time_is_refused(void **state)
{
	static const char *const wrong[] = {
		"",
		"soon",
		"2026-02-29",
		"2026-13-01",
		"2026-00-01",
		"2026-1-1",
		"25:00",
		"14:60",
		"14:00:60",
		"24:00",
		"2025-W53-1",
		"2026-W48-8",
		"2026-W48",
		"2026-11",
		"0000-01-01",
		"2026-11-23T",
		"2026-11-23 ",
		"2026-11-23 14:00 Mars/Olympus",
		"14:00 5",
		"14:00+1",
		"@",
		"@99999999999999",
		"@1.5",
		"ago",
		"2 ago",
		"-5",
		"+-5h",
		"last",
		"last fish",
		"+999999y",
		"2026-11-23X14:00",
		"mondays",
		"14:00 +25:00",
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
		AUTO_ERROR struct shop_error err = { 0 };
		int64_t at_us = -7;

		if (shop_time_parse(wrong[i], &berlin, &at_us, &err))
			fail_msg("\"%s\" was read", wrong[i]);
		assert_int_equal(err.id, E_VALUE);
		assert_int_equal(at_us, -7);
	}
}

static void a_local_time_that_does_not_exist_names_both_instants(void **state)
{
	AUTO_ERROR struct shop_error err = { 0 };
	int64_t at_us;

	(void)state;
	assert_false(shop_time_parse("2026-03-29 02:30", &berlin, &at_us, &err));
	assert_non_null(strstr(err.message, "does not exist in Europe/Berlin"));
	assert_non_null(strstr(err.message, "2026-03-29T00:30:00.000Z"));
	assert_non_null(strstr(err.message, "2026-03-29T01:30:00.000Z"));
}

static void a_local_time_that_occurs_twice_names_both_instants(void **state)
{
	AUTO_ERROR struct shop_error err = { 0 };
	int64_t at_us;

	(void)state;
	assert_false(shop_time_parse("2026-10-25 02:30", &berlin, &at_us, &err));
	assert_non_null(strstr(err.message, "occurs twice in Europe/Berlin"));
	assert_non_null(strstr(err.message, "2026-10-25T00:30:00.000Z"));
	assert_non_null(strstr(err.message, "2026-10-25T01:30:00.000Z"));
	check_reading(&(struct reading){ "2026-10-25 01:59", "2026-10-24T23:59:00.000Z" });
	check_reading(&(struct reading){ "2026-10-25 03:00", "2026-10-25T02:00:00.000Z" });
}

static void a_day_whose_midnight_is_skipped_begins_after_the_gap(void **state)
{
	const struct shop_clock santiago = { .now_us = berlin.now_us, .zone = "America/Santiago" };
	AUTO_ERROR struct shop_error err = { 0 };
	char text[SHOP_TIME_TEXT];
	int64_t at_us;

	(void)state;
	assert_true(shop_time_parse("2023-09-03", &santiago, &at_us, &err));
	assert_string_equal(shop_time_format_utc(at_us, text), "2023-09-03T04:00:00.000Z");
}

static void a_bare_duration_means_ago_where_that_is_asked_for(void **state)
{
	AUTO_ERROR struct shop_error err = { 0 };
	int64_t at_us;

	(void)state;
	assert_true(shop_time_parse_ago("2h", &berlin, &at_us, &err));
	assert_true(at_us == berlin.now_us - 2 * SHOP_HOUR);
	assert_true(shop_time_parse_ago("+1h", &berlin, &at_us, &err));
	assert_true(at_us == berlin.now_us + SHOP_HOUR);
	assert_false(shop_time_parse_ago("2026", &berlin, &at_us, &err));
	assert_false(shop_time_parse("2h", &berlin, &at_us, &err));
}

static void a_span_is_whole_local_days_and_excludes_its_end(void **state)
{
	static const struct {
		const char *text, *from, *until;
	} cases[] = {
		{ "2026", "2025-12-31T23:00:00.000Z", "2026-12-31T23:00:00.000Z" },
		{ "2026-11", "2026-10-31T23:00:00.000Z", "2026-11-30T23:00:00.000Z" },
		{ "2026-10", "2026-09-30T22:00:00.000Z", "2026-10-31T23:00:00.000Z" },
		{ "2026-Q4", "2026-09-30T22:00:00.000Z", "2026-12-31T23:00:00.000Z" },
		{ "2026-W48", "2026-11-22T23:00:00.000Z", "2026-11-29T23:00:00.000Z" },
		{ "2026-11-23", "2026-11-22T23:00:00.000Z", "2026-11-23T23:00:00.000Z" },
		{ "today", "2026-11-22T23:00:00.000Z", "2026-11-23T23:00:00.000Z" },
		{ "this-week", "2026-11-22T23:00:00.000Z", "2026-11-29T23:00:00.000Z" },
		{ "last-month", "2026-09-30T22:00:00.000Z", "2026-10-31T23:00:00.000Z" },
		{ "last quarter", "2026-06-30T22:00:00.000Z", "2026-09-30T22:00:00.000Z" },
		{ "next-year", "2026-12-31T23:00:00.000Z", "2027-12-31T23:00:00.000Z" },
		{ "2026-11-01..2026-11-15", "2026-10-31T23:00:00.000Z",
		  "2026-11-15T23:00:00.000Z" },
		{ "2h ago..now", "2026-11-23T11:05:00.000Z", "2026-11-23T13:05:00.000Z" },
		{ "2026-10..2026-11", "2026-09-30T22:00:00.000Z", "2026-11-30T23:00:00.000Z" },
		{ "..2026-11-15", "0001-01-01T00:00:00.000Z", "2026-11-15T23:00:00.000Z" },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		AUTO_ERROR struct shop_error err = { 0 };
		char text[SHOP_TIME_TEXT];
		struct shop_span span;

		if (!shop_span_parse(cases[i].text, &berlin, &span, &err))
			fail_msg("%s: %s", cases[i].text, err.message);
		assert_string_equal(shop_time_format_utc(span.from_us, text), cases[i].from);
		assert_string_equal(shop_time_format_utc(span.until_us, text), cases[i].until);
	}
}

static void what_is_no_span_is_refused(void **state)
{
	static const char *const wrong[] = {
		"",         "..",        "2026-Q5",  "2026-Q0", "2026-13",
		"2026-",    "last-fish", "14:00",    "0000",    "2026-11-15..2026-11-01",
		"now..now", "a..b",      "2026-W54", "2026-X1", "26",
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
		AUTO_ERROR struct shop_error err = { 0 };
		struct shop_span span;

		if (shop_span_parse(wrong[i], &berlin, &span, &err))
			fail_msg("\"%s\" was read", wrong[i]);
		assert_int_equal(err.id, E_VALUE);
	}
}

static void a_duration_is_read_as_systemd_reads_it(void **state)
{
	static const struct {
		const char *text;
		int64_t us;
	} cases[] = {
		{ "2h30min", 150 * SHOP_MINUTE },
		{ "90s", 90 * SHOP_SECOND },
		{ "3d", 3 * SHOP_DAY },
		{ "2w", 14 * SHOP_DAY },
		{ "500ms", SHOP_SECOND / 2 },
		{ "1.5h", 90 * SHOP_MINUTE },
		{ "2 h 30 min", 150 * SHOP_MINUTE },
		{ "5", 5 * SHOP_SECOND },
		{ "10us", 10 },
		{ "0s", 0 },
		{ "1m", SHOP_MINUTE },
		{ "1M", INT64_C(2629800) * SHOP_SECOND },
	};
	static const char *const wrong[] = {
		"", "h", "2x", "-2h", "2h-1m", "99999999999y", "2h ", "2,5h", "1..5h", "2 fish",
	};
	AUTO_ERROR struct shop_error err = { 0 };
	int64_t us = 0;

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		assert_true(shop_duration_parse(cases[i].text, &us, &err));
		assert_int_equal(us, cases[i].us);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
		if (shop_duration_parse(wrong[i], &us, &err))
			fail_msg("\"%s\" was read", wrong[i]);
	}
}

static void a_duration_is_written_in_its_largest_two_units(void **state)
{
	char text[SHOP_TIME_TEXT];

	(void)state;
	assert_string_equal(shop_duration_format(150 * SHOP_MINUTE, text), "2h30min");
	assert_string_equal(shop_duration_format(0, text), "0s");
	assert_string_equal(shop_duration_format(SHOP_DAY * 400 + 1, text), "400d1us");
	assert_string_equal(shop_duration_format(-90 * SHOP_SECOND, text), "-1min30s");
	assert_string_equal(shop_duration_format(SHOP_SECOND / 2, text), "500ms");
	assert_string_equal(shop_duration_format(SHOP_DAY + SHOP_HOUR + SHOP_MINUTE, text), "1d1h");
}

static void people_see_local_minutes(void **state)
{
	char text[SHOP_TIME_TEXT];

	(void)state;
	shop_time_format_local(berlin.now_us, "Europe/Berlin", text);
	assert_string_equal(text, "2026-11-23 14:05");
	assert_string_equal(shop_time_format_utc(-1, text), "1969-12-31T23:59:59.999Z");
	shop_time_format_utc(INT64_MAX, text);
	shop_time_format_utc(INT64_MIN, text);
	assert_true(shop_now_us() > INT64_C(1700000000) * SHOP_SECOND);
}

static void an_age_is_told_in_one_unit(void **state)
{
	static const struct {
		int64_t at_us;
		const char *text;
	} rows[] = {
		{0, "0s ago"},
		{-59999999, "59s ago"},
		{-60 * SHOP_SECOND, "1min ago"},
		{-47 * 3600 * SHOP_SECOND, "47h ago"},
		{-48 * 3600 * SHOP_SECOND, "2d ago"},
		{90 * 60 * SHOP_SECOND, "in 1h"},
		{-400LL * 86400 * SHOP_SECOND, "400d ago"},
	};
	char text[SHOP_TIME_TEXT];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_string_equal(shop_age_format(rows[i].at_us, 0, text), rows[i].text);
	shop_age_format(INT64_MIN + 1, INT64_MAX, text);
	assert_string_equal(text, "213503982d ago");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_time_is_read_in_every_accepted_spelling),
		cmocka_unit_test(a_weekday_is_the_latest_one_and_last_leaves_today_out),
		cmocka_unit_test(what_is_no_time_is_refused),
		cmocka_unit_test(a_local_time_that_does_not_exist_names_both_instants),
		cmocka_unit_test(a_local_time_that_occurs_twice_names_both_instants),
		cmocka_unit_test(a_day_whose_midnight_is_skipped_begins_after_the_gap),
		cmocka_unit_test(a_bare_duration_means_ago_where_that_is_asked_for),
		cmocka_unit_test(a_span_is_whole_local_days_and_excludes_its_end),
		cmocka_unit_test(what_is_no_span_is_refused),
		cmocka_unit_test(a_duration_is_read_as_systemd_reads_it),
		cmocka_unit_test(a_duration_is_written_in_its_largest_two_units),
		cmocka_unit_test(people_see_local_minutes),
		cmocka_unit_test(an_age_is_told_in_one_unit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
