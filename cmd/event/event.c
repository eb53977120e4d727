/* shopctl event: the group's table. */
#include "event/event.h"

#include "frame/registry.h"

static const struct command *const commands[] = {
	&cmd_event_list,  &cmd_event_show,   &cmd_event_tail,
	&cmd_event_types, &cmd_event_verify, NULL,
};

const struct command_group group_event = {
	.name = "event",
	.summary = "What happened, in order, for ever",
	.commands = commands,
};
