/*
 * From local time to instants and back. GTimeZone knows the offsets; gaps and overlaps are found
 * here.
 */
#include "civil.h"

bool zone_open(const char *name, GTimeZone **ret_zone, struct shop_error *err)
{
	GTimeZone *zone = name == NULL ? g_time_zone_new_local() : g_time_zone_new_identifier(name);

	if (zone == NULL)
		return shop_fail(err, E_VALUE,
		                 "\"%.60s\" is not a time zone, expected a form like Europe/Berlin",
		                 name);
	*ret_zone = zone;
	return true;
}

void zone_free(GTimeZone **zone)
{
	if (*zone != NULL)
		g_time_zone_unref(*zone);
	*zone = NULL;
}

int64_t zone_offset(GTimeZone *zone, int64_t utc_s)
{
	return g_time_zone_get_offset(
		zone, g_time_zone_find_interval(zone, G_TIME_TYPE_UNIVERSAL, utc_s));
}

struct zone_instants zone_instants_of(GTimeZone *zone, int64_t local_s)
{
	/*
	 * No zone is a day from UTC: these are the offsets before and after a change near local_s.
	 */
	int64_t before = local_s - zone_offset(zone, local_s - CIVIL_DAY_SECONDS);
	int64_t after = local_s - zone_offset(zone, local_s + CIVIL_DAY_SECONDS);
	bool before_is = before + zone_offset(zone, before) == local_s;
	bool after_is = after + zone_offset(zone, after) == local_s;

	if (before_is != after_is)
		before = after = before_is ? before : after;
	return (struct zone_instants){
		.utc_s = { before < after ? before : after, before < after ? after : before },
		.exists = before_is || after_is,
	};
}

int64_t zone_day_start(GTimeZone *zone, int64_t day)
{
	struct zone_instants midnight = zone_instants_of(zone, day * CIVIL_DAY_SECONDS);
	int64_t before = midnight.utc_s[0], after = midnight.utc_s[1];

	if (midnight.exists)
		return before;
	/* The gap's end, where the offset changes, lies between the two. */
	while (after - before > 1) {
		int64_t middle = before + (after - before) / 2;

		if (zone_offset(zone, middle) == zone_offset(zone, before))
			before = middle;
		else
			after = middle;
	}
	return after;
}

int64_t zone_day_of(GTimeZone *zone, int64_t at_us)
{
	int64_t utc_s = civil_floor(at_us, SHOP_SECOND);

	return civil_floor(utc_s + zone_offset(zone, utc_s), CIVIL_DAY_SECONDS);
}
