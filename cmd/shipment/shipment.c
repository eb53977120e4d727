/* shopctl shipment: the group's table. */
#include "shipment/shipment.h"

#include "event/event.h"
#include "frame/registry.h"

static const struct command *const commands[] = {
	&cmd_shipment_list,   &cmd_shipment_show,
	&cmd_shipment_create, &cmd_shipment_split,
	&cmd_shipment_pick,   &cmd_shipment_unpick,
	&cmd_shipment_pack,   &cmd_shipment_dispatch,
	&cmd_shipment_track,  &cmd_shipment_deliver,
	&cmd_shipment_cancel, &cmd_shipment_log,
	&cmd_shipment_note,   NULL,
};

const struct command_group group_shipment = {
	.name = "shipment",
	.summary = "Parcels: picking, packing, sending, and where they are",
	.commands = commands,
};
