/* shopctl location: the group's table. */
#include "location/location.h"

#include "frame/registry.h"

static const struct command *const commands[] = {
	&cmd_location_list,   &cmd_location_show,   &cmd_location_create,
	&cmd_location_update, &cmd_location_delete, NULL,
};

const struct command_group group_location = {
	.name = "location",
	.summary = "Where stock lies",
	.commands = commands,
};
