/*
 * A carrier for trying things out, without a network and without a memory: the number it gives is a
 * function of the parcel's key, and what becomes of the parcel is a function of the number. The
 * service names the outcome: a tracking status ("delivered", "failure", …), "refuse", "down",
 * "unreachable" (takes the parcel, then cannot be asked), or anything else for a parcel that is in transit.
 */
#include "gateways/carrier.h"

#include <glib.h>
#include <string.h>

/* The letter in the number that stands for what becomes of the parcel. */
static const struct {
	const char *status;
	char letter;
} outcomes[] = {
	{"in_transit", 'T'},
	{"pre_transit", 'P'},
	{"out_for_delivery", 'O'},
	{"delivered", 'D'},
	{"available_for_pickup", 'A'},
	{"failure", 'F'},
	{"return_to_sender", 'R'},
	{"expired", 'E'},
	{"unknown", 'U'},
};

#define UNREACHABLE 'N'

static char letter_of(const char *service)
{
	if (g_strcmp0(service, "unreachable") == 0)
		return UNREACHABLE;
	for (size_t i = 0; service != NULL && i < G_N_ELEMENTS(outcomes); i++)
		if (strcmp(outcomes[i].status, service) == 0)
			return outcomes[i].letter;
	return outcomes[0].letter;
}

static void say(struct carrier_answer *answer, enum carrier_result result, const char *message)
{
	answer->result = result;
	g_strlcpy(answer->message, message, sizeof answer->message);
}

static void announce(const struct carrier_parcel *parcel, struct carrier_answer *ret_answer)
{
	char *hash = g_compute_checksum_for_string(G_CHECKSUM_SHA256, parcel->key, -1);

	*ret_answer = (struct carrier_answer){.result = CARRIER_OK, .status = "pre_transit"};
	if (g_strcmp0(parcel->service, "refuse") == 0)
		say(ret_answer, CARRIER_REFUSED, "the sandbox takes no parcel by this service");
	else if (g_strcmp0(parcel->service, "down") == 0)
		say(ret_answer, CARRIER_RETRY, "the sandbox is out of service");
	else
		(void)g_snprintf(ret_answer->tracking, sizeof ret_answer->tracking, "SBX%c%.12s",
				 letter_of(parcel->service), hash);
	g_free(hash);
}

static void track(const char *tracking, struct carrier_answer *ret_answer)
{
	const bool own = strncmp(tracking, "SBX", 3) == 0 && strlen(tracking) == 16;

	*ret_answer = (struct carrier_answer){.result = CARRIER_OK, .status = NULL};
	g_strlcpy(ret_answer->tracking, tracking, sizeof ret_answer->tracking);
	for (size_t i = 0; own && i < G_N_ELEMENTS(outcomes); i++)
		if (tracking[3] == outcomes[i].letter)
			ret_answer->status = outcomes[i].status;
	if (ret_answer->status != NULL)
		return;
	ret_answer->status = "unknown";
	if (own && tracking[3] == UNREACHABLE)
		say(ret_answer, CARRIER_RETRY, "the sandbox is out of service");
	else
		say(ret_answer, CARRIER_REFUSED, "the sandbox knows no such number");
}

const struct carrier carrier_sandbox = {
	.name = "sandbox",
	.announce = announce,
	.track = track,
};
