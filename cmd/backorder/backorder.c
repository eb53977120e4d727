/* shopctl backorder: the group's table. */
#include "backorder/backorder.h"

#include "event/event.h"
#include "frame/registry.h"

static const struct command *const commands[] = {
	&cmd_backorder_list,   &cmd_backorder_show,	&cmd_backorder_promise,
	&cmd_backorder_source, &cmd_backorder_allocate, &cmd_backorder_cancel,
	&cmd_backorder_log,    &cmd_backorder_note,	NULL,
};

const struct command_group group_backorder = {
	.name = "backorder",
	.summary = "What was sold before it was there, and who waits for it",
	.commands = commands,
};
