/* shopctl shipment track: ask the carrier where parcels are. */
#include "shipment/shipment.h"

#include "shop/shipment_track.h"

struct track_args {
	int64_t id;
};

static const struct operand_spec operands[] = {
	OPERAND_ID(struct track_args, id, "SHIPMENT", SHOP_ID_SHIPMENT, "the shipment",
		   .flags = OPERAND_EACH),
	{0},
};

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct track_args *a = args;
	const struct shop_context ctx = {
		.actor = s->actor,
		.reason = s->reason,
		.now_us = s->clock.now_us,
	};
	AUTO_SHIPMENT struct shop_shipment shipment = {0};
	char id[SHOP_ID_TEXT];

	if (s->dry_run)
		out_note(out, true, "a dry run: the carrier is asked, nothing is recorded");
	return shop_shipment_track(s->store, &ctx, a->id, s->dry_run, &shipment, err) &&
	       out_changed(out, &shop_shipment_record, &shipment, err, "%s %s: %s",
			   shop_id_format(SHOP_ID_SHIPMENT, a->id, id), shipment.tracking,
			   shipment.tracking_status);
}

const struct command cmd_shipment_track = {
	.name = "track",
	.summary = "Ask carriers where parcels are",
	.operands = operands,
	.args_size = sizeof(struct track_args),
	.needs = NEEDS_STORE_OPEN,
	.record = &shop_shipment_record,
	.run = run,
	.description = "What the carrier says is recorded as the tracking status. Only `delivered` "
		       "moves the shipment itself.",
	.examples = "shopctl shipment track shp-1003\n"
		    "shopctl shipment list --status shipped -o id | shopctl shipment track - "
		    "--keep-going",
	.exits = "6 it has not left, or nobody can be asked\n7 the carrier does not know the "
		 "number\n"
		 "75 the carrier does not answer",
	.see_also = "shipment deliver",
};
