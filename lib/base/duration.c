/* Durations as systemd.time(7) reads and writes them. */
#include "shop/times.h"

#include "civil.h"
#include "number.h"

#include <string.h>

struct unit {
	const char *names; /* space before and behind each */
	int64_t us;
};

/* `m` is minutes and `M` months, as in systemd, so names are matched in their case. */
static const struct unit units[] = {
	{ " us usec µs ", 1 },
	{ " ms msec ", 1000 },
	{ " s sec second seconds ", SHOP_SECOND },
	{ " m min minute minutes ", SHOP_MINUTE },
	{ " h hr hour hours ", SHOP_HOUR },
	{ " d day days ", SHOP_DAY },
	{ " w week weeks ", 7 * SHOP_DAY },
	{ " M month months ", INT64_C(2629800) * SHOP_SECOND }, /* a twelfth of a year */
	{ " y year years ", INT64_C(31557600) * SHOP_SECOND },  /* 365.25 days */
};

/* The unit at *at, or seconds where none stands; 0 = no such unit. */
static int64_t scan_unit(const char **at, bool need_unit)
{
	size_t length = strcspn(*at, " +-.0123456789");
	char name[12] = " ";

	if (length == 0)
		return need_unit ? 0 : SHOP_SECOND;
	if (length > sizeof(name) - 3)
		return 0;
	memcpy(name + 1, *at, length);
	name[length + 1] = ' ';
	*at += length;
	for (size_t i = 0; i < G_N_ELEMENTS(units); i++) {
		if (strstr(units[i].names, name) != NULL)
			return units[i].us;
	}
	return 0;
}

bool duration_scan(const char *text, bool need_unit, int64_t *ret_us)
{
	const char *p = text;
	int64_t sum = 0;

	do {
		struct number number;
		number_wide part;
		int64_t unit_us;

		if (!number_scan(&p, &number) || number.sign)
			return false;
		p += *p == ' ' ? 1 : 0;
		unit_us = scan_unit(&p, need_unit);
		part = (number_wide)number.value * unit_us / number_power(number.scale) + sum;
		if (unit_us == 0 || part > INT64_MAX)
			return false;
		sum = (int64_t)part;
		p += *p == ' ' && p[1] != '\0' ? 1 : 0;
	} while (*p != '\0');
	*ret_us = sum;
	return true;
}

bool shop_duration_parse(const char *text, int64_t *ret_us, struct shop_error *err)
{
	if (duration_scan(text, false, ret_us))
		return true;
	return shop_fail(err, E_VALUE,
	                 "\"%.*s\" is not a duration, expected a form like 2h30min, 90s or 3d",
	                 NUMBER_QUOTE, text);
}

const char *shop_duration_format(int64_t us, char text[SHOP_TIME_TEXT])
{
	static const struct unit shown[] = {
		{ "d", SHOP_DAY },    { "h", SHOP_HOUR }, { "min", SHOP_MINUTE },
		{ "s", SHOP_SECOND }, { "ms", 1000 },     { "us", 1 },
	};
	uint64_t left = us < 0 ? 0 - (uint64_t)us : (uint64_t)us;
	int written = 0;

	g_strlcpy(text, us == 0 ? "0s" : us < 0 ? "-" : "", SHOP_TIME_TEXT);
	for (size_t i = 0; i < G_N_ELEMENTS(shown) && written < 2; i++) {
		uint64_t unit_us = (uint64_t)shown[i].us;
		char digits[NUMBER_TEXT];

		if (left < unit_us)
			continue;
		number_format((int64_t)(left / unit_us), 0, digits);
		g_strlcat(text, digits, SHOP_TIME_TEXT);
		g_strlcat(text, shown[i].names, SHOP_TIME_TEXT);
		left %= unit_us;
		written++;
	}
	return text;
}
