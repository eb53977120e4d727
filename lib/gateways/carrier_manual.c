/*
 * The carrier of shops that hand parcels over themselves: nobody is told and nobody can be asked.
 */
#include "gateways/carrier.h"

static void nobody(struct carrier_answer *ret_answer)
{
	*ret_answer = (struct carrier_answer){.result = CARRIER_NOBODY, .status = "unknown"};
}

static void announce(const struct carrier_parcel *parcel, struct carrier_answer *ret_answer)
{
	(void)parcel;
	nobody(ret_answer);
}

static void track(const char *tracking, struct carrier_answer *ret_answer)
{
	(void)tracking;
	nobody(ret_answer);
}

const struct carrier carrier_manual = {
	.name = "manual",
	.announce = announce,
	.track = track,
};
