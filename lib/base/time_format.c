/* The wall clock, and instants as text: RFC 3339 UTC for machines, local minutes for people. */
#include "shop/times.h"

#include "civil.h"

#include <time.h>

int64_t shop_now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * SHOP_SECOND + now.tv_nsec / 1000;
}

/* Write `width` digits and the character behind them; returns where to go on. */
static char *put(char *to, int64_t value, int width, char behind)
{
	for (int i = width - 1; i >= 0; i--, value /= 10)
		to[i] = (char)('0' + value % 10);
	to[width] = behind;
	return to + width + 1;
}

/* The date and HH:MM; a year beyond four digits gets as many as it needs. */
static char *put_minutes(char *to, int64_t second, char between)
{
	struct civil_date date = civil_date_of(civil_floor(second, CIVIL_DAY_SECONDS));
	int64_t of_day = civil_rest(second, CIVIL_DAY_SECONDS);

	if (date.year < 0) {
		*to++ = '-';
		date.year = -date.year;
	}
	to = put(to, date.year, date.year > 9999 ? 6 : 4, '-');
	to = put(to, date.month, 2, '-');
	to = put(to, date.day, 2, between);
	to = put(to, of_day / 3600, 2, ':');
	return put(to, of_day / 60 % 60, 2, '\0') - 1;
}

const char *shop_time_format_utc(int64_t at_us, char text[SHOP_TIME_TEXT])
{
	int64_t second = civil_floor(at_us, SHOP_SECOND);
	char *to = put_minutes(text, second, 'T');

	*to++ = ':';
	to = put(to, civil_rest(second, 60), 2, '.');
	to = put(to, civil_rest(at_us, SHOP_SECOND) / 1000, 3, 'Z');
	*to = '\0';
	return text;
}

const char *shop_time_format_local(int64_t at_us, const char *zone, char text[SHOP_TIME_TEXT])
{
	AUTO_ZONE GTimeZone *found = NULL;
	int64_t second = civil_floor(at_us, SHOP_SECOND);

	/* A zone that became unknown since it was configured must not stop a listing: UTC then. */
	if (zone_open(zone, &found, NULL))
		second += zone_offset(found, second);
	put_minutes(text, second, ' ');
	return text;
}

const char *shop_age_format(int64_t at_us, int64_t now_us, char text[SHOP_TIME_TEXT])
{
	static const struct {
		int64_t us, below; /* used below so many of them */
		const char *name;
	} units[] = {
		{SHOP_SECOND, 60, "s"},
		{60 * SHOP_SECOND, 60, "min"},
		{3600 * SHOP_SECOND, 48, "h"},
		{CIVIL_DAY_SECONDS * SHOP_SECOND, INT64_MAX, "d"},
	};
	const bool past = at_us <= now_us;
	const uint64_t age =
		past ? (uint64_t)now_us - (uint64_t)at_us : (uint64_t)at_us - (uint64_t)now_us;
	size_t i = 0;

	while (age / (uint64_t)units[i].us >= (uint64_t)units[i].below)
		i++;
	(void)g_snprintf(text, SHOP_TIME_TEXT, "%s%" G_GUINT64_FORMAT "%s%s", past ? "" : "in ",
			 age / (uint64_t)units[i].us, units[i].name, past ? " ago" : "");
	return text;
}
