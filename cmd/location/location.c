/* shopctl location: the group's table. */
#include "location/location.h"

#include "declare/edit.h"
#include "event/event.h"
#include "frame/registry.h"

static const struct command *const commands[] = {
	&cmd_location_list,   &cmd_location_show, &cmd_location_create,
	&cmd_location_update, &cmd_location_edit, &cmd_location_delete,
	&cmd_location_log,    &cmd_location_note, NULL,
};

const struct command_group group_location = {
	.name = "location",
	.summary = "Where stock lies",
	.commands = commands,
};
