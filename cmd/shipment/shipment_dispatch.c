/* shopctl shipment dispatch: parcels leave. */
#include "shipment/shipment.h"

struct dispatch_args {
	int64_t id;
	const char *carrier, *service, *tracking;
};

static const struct operand_spec operands[] = {
	OPERAND_ID(struct dispatch_args, id, "SHIPMENT", SHOP_ID_SHIPMENT, "the shipment",
		   .flags = OPERAND_EACH),
	{0},
};

static const struct option_spec options[] = {
	OPTION(struct dispatch_args, carrier, const char *, ARG_TEXT, 0, "carrier", "CARRIER",
	       "manual (nobody is told) or sandbox", .hint = HINT_CARRIER),
	OPTION(struct dispatch_args, service, const char *, ARG_TEXT, 0, "service", "SERVICE",
	       "the carrier's service"),
	OPTION(struct dispatch_args, tracking, const char *, ARG_TEXT, 0, "tracking", "NUMBER",
	       "its tracking number; else the carrier gives one"),
	{0},
};

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct dispatch_args *a = args;
	const struct shop_dispatch in = {
		.carrier = a->carrier,
		.service = a->service,
		.tracking = a->tracking,
	};
	AUTO_SHIPMENT struct shop_shipment shipment = {0};
	char id[SHOP_ID_TEXT];

	if (!shop_shipment_dispatch(s->store, a->id, &in, &shipment, err) ||
	    !out_changed(out, &shop_shipment_record, &shipment, err, "%s shipped (%s%s%s)",
			 shop_id_format(SHOP_ID_SHIPMENT, a->id, id), shipment.carrier,
			 shipment.tracking == NULL ? "" : " ",
			 shipment.tracking == NULL ? "" : shipment.tracking))
		return false;
	out_next(out, "shopctl worker --drain");
	return true;
}

const struct command cmd_shipment_dispatch = {
	.name = "dispatch",
	.summary = "Say that parcels have left: stock falls, what shipped is captured",
	.operands = operands,
	.options = options,
	.args_size = sizeof(struct dispatch_args),
	.needs = NEEDS_STORE_WRITE,
	.record = &shop_shipment_record,
	.run = run,
	.description =
		"From open or picking it passes the steps between, each in the journal; without a "
		"bought label it records no_label. Nobody is called: the worker tells the carrier "
		"and captures the payment.",
	.examples = "shopctl shipment dispatch shp-1000 --carrier sandbox\n"
		    "shopctl shipment dispatch shp-1000 --carrier manual --service DHL --tracking "
		    "00340434161094042557",
	.exits = "2 there is no such carrier\n"
		 "6 it has left already, or its order is on hold, not confirmed or not paid for",
	.see_also = "shipment track, shipment deliver, worker",
};
