/*
 * Carriers: announcing a parcel and asking where it is. They know no store: what is asked and what
 *is answered are values, and the worker records the answer.
 *
 *	const struct carrier *carrier = carrier_find("sandbox");
 *	const struct carrier_parcel parcel = { .key = "5f0c…/shp-1000", .service = "express" };
 *	struct carrier_answer answer;
 *	carrier->announce(&parcel, &answer);     answer.result, answer.tracking
 *
 * The key is the parcel's for ever: announcing it again gives the same number, so an answer that
 *was lost is had by asking again.
 */
#ifndef SHOP_GATEWAYS_CARRIER_H
#define SHOP_GATEWAYS_CARRIER_H

#include <stdbool.h>

#define CARRIER_TRACKING_MAX 64
#define CARRIER_MESSAGE_MAX 120

enum carrier_result {
	CARRIER_OK,
	CARRIER_NOBODY,	 /* this carrier cannot be asked */
	CARRIER_REFUSED, /* it will not take the parcel, or does not know the number; final */
	CARRIER_RETRY,	 /* not reached, or no answer: ask again with the same key */
};

struct carrier_parcel {
	const char *key;     /* permanent, at most 100 bytes */
	const char *service; /* NULL = the carrier's usual one */
};

struct carrier_answer {
	enum carrier_result result;
	char tracking[CARRIER_TRACKING_MAX + 1]; /* "" = none */
	const char *status; /* pre_transit, in_transit, out_for_delivery, available_for_pickup,
			       delivered, failure, return_to_sender, expired, unknown; a constant */
	char message[CARRIER_MESSAGE_MAX + 1]; /* what the carrier said, for people */
};

struct carrier {
	const char *name;
	/** Tell it of a parcel. */
	void (*announce)(const struct carrier_parcel *parcel, struct carrier_answer *ret_answer);
	/** Ask where a parcel is. */
	void (*track)(const char *tracking, struct carrier_answer *ret_answer);
};

extern const struct carrier carrier_manual;
extern const struct carrier carrier_sandbox;

/** The carrier of a name, or NULL. */
const struct carrier *carrier_find(const char *name);

#endif
