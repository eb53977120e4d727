/* One calendar day as people write it: a date, an ISO week date, a day word or a weekday. */
#include "civil.h"

#include <string.h>

static const char *const weekdays[7] = {
	"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
};

bool day_scan_digits(const char **at, int width, int64_t *ret_value)
{
	int64_t value = 0;

	for (int i = 0; i < width; i++) {
		if (!g_ascii_isdigit((*at)[i]))
			return false;
		value = value * 10 + ((*at)[i] - '0');
	}
	if (g_ascii_isdigit((*at)[width]))
		return false;
	*ret_value = value;
	*at += width;
	return true;
}

bool day_scan_word(const char **at, const char *word)
{
	size_t length = strlen(word);

	if (g_ascii_strncasecmp(*at, word, length) != 0 || g_ascii_isalnum((*at)[length]))
		return false;
	*at += length;
	return true;
}

bool day_scan_relation(const char **at, int *ret_relation)
{
	static const char *const words[] = { "last", "this", "next" };
	const char *p = *at;

	for (int i = 0; i < 3; i++) {
		if (!day_scan_word(&p, words[i]))
			continue;
		if (*p != ' ' && *p != '-')
			return false;
		*at = p + 1;
		*ret_relation = i - 1;
		return true;
	}
	return false;
}

/* `monday` or `mon`. */
static bool scan_weekday(const char **at, int *ret_weekday)
{
	for (int i = 0; i < 7; i++) {
		const char abbreviated[4] = { weekdays[i][0], weekdays[i][1], weekdays[i][2] };

		if (day_scan_word(at, weekdays[i]) || day_scan_word(at, abbreviated)) {
			*ret_weekday = i;
			return true;
		}
	}
	return false;
}

/*
 * `monday` is the latest one, today included, for people ask about what was. `last` leaves today
 * out, `next` is the first to come, `this` the one of this ISO week.
 */
static bool scan_near(const char **at, int64_t today, int64_t *ret_day)
{
	const char *p = *at;
	int relation = 0, weekday;
	bool related = day_scan_relation(&p, &relation);
	int64_t back;

	if (!scan_weekday(&p, &weekday))
		return false;
	back = civil_rest(civil_weekday(today) - weekday, 7); /* days since the latest one */
	if (!related)
		*ret_day = today - back;
	else if (relation < 0)
		*ret_day = today - (back == 0 ? 7 : back);
	else if (relation > 0)
		*ret_day = today - back + 7;
	else
		*ret_day = today - civil_weekday(today) + weekday;
	*at = p;
	return true;
}

static bool scan_date(const char **at, int64_t *ret_day)
{
	const char *p = *at;
	int64_t year, month, day, monday;

	if (!day_scan_digits(&p, 4, &year) || *p++ != '-')
		return false;
	if (*p == 'W' || *p == 'w') {
		p++;
		if (!day_scan_digits(&p, 2, &month) || *p++ != '-' ||
		    !day_scan_digits(&p, 1, &day) || !civil_week(year, month, &monday) || day < 1 ||
		    day > 7)
			return false;
		*ret_day = monday + day - 1;
	} else {
		struct civil_date date = { .year = year };

		if (!day_scan_digits(&p, 2, &month) || *p++ != '-' || !day_scan_digits(&p, 2, &day))
			return false;
		date.month = (int)month;
		date.day = (int)day;
		if (!civil_date_exists(date))
			return false;
		*ret_day = civil_day_of(date);
	}
	*at = p;
	return true;
}

bool day_scan(const char **at, int64_t today, int64_t *ret_day)
{
	if (day_scan_word(at, "today"))
		*ret_day = today;
	else if (day_scan_word(at, "yesterday"))
		*ret_day = today - 1;
	else if (day_scan_word(at, "tomorrow"))
		*ret_day = today + 1;
	else
		return scan_date(at, ret_day) || scan_near(at, today, ret_day);
	return true;
}
