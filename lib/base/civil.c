/* The proleptic Gregorian calendar as day numbers. GDateTime would allocate for every date. */
#include "civil.h"

int64_t civil_floor(int64_t a, int64_t b)
{
	return a / b - (a % b < 0 ? 1 : 0);
}

int64_t civil_rest(int64_t a, int64_t b)
{
	return a % b + (a % b < 0 ? b : 0);
}

/* Years are counted from March, so that the leap day is the last of its year. */
int64_t civil_day_of(struct civil_date date)
{
	int64_t year = date.year - (date.month <= 2 ? 1 : 0);
	int64_t era = civil_floor(year, 400);
	int64_t year_of_era = year - era * 400;
	int64_t day_of_year = (153 * ((date.month + 9) % 12) + 2) / 5 + date.day - 1;
	int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

	return era * 146097 + day_of_era - 719468; /* days of 400 years; from 0000-03-01 to 1970 */
}

struct civil_date civil_date_of(int64_t day)
{
	int64_t shifted = day + 719468;
	int64_t era = civil_floor(shifted, 146097);
	int64_t of_era = shifted - era * 146097;
	int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
	int64_t month = (5 * of_year + 2) / 153;

	return (struct civil_date){
		.year = era * 400 + year + (month >= 10 ? 1 : 0),
		.month = (int)(month < 10 ? month + 3 : month - 9),
		.day = (int)(of_year - (153 * month + 2) / 5 + 1),
	};
}

bool civil_date_exists(struct civil_date date)
{
	struct civil_date back;

	if (date.year < 1 || date.year > 9999 || date.month < 1 || date.month > 12 ||
	    date.day < 1 || date.day > 31)
		return false;
	back = civil_date_of(civil_day_of(date));
	return back.month == date.month && back.day == date.day;
}

int civil_weekday(int64_t day)
{
	return (int)civil_rest(day + 3, 7); /* 1970-01-01 was a Thursday */
}

bool civil_week(int64_t year, int64_t week, int64_t *ret_monday)
{
	int64_t fourth = civil_day_of((struct civil_date){ year, 1, 4 }); /* always in week 1 */
	int64_t monday = fourth - civil_weekday(fourth) + (week - 1) * 7;

	/* A week belongs to the year of its Thursday. */
	if (year < 1 || year > 9999 || week < 1 || civil_date_of(monday + 3).year != year)
		return false;
	*ret_monday = monday;
	return true;
}
