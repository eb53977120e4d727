/* shopctl customer: the group's table. */
#include "customer/customer.h"

#include "declare/edit.h"
#include "event/event.h"
#include "frame/registry.h"

static const struct command *const commands[] = {
	&cmd_customer_list,	   &cmd_customer_show,	       &cmd_customer_create,
	&cmd_customer_update,	   &cmd_customer_edit,	       &cmd_customer_delete,
	&cmd_customer_address_add, &cmd_customer_address_list, &cmd_customer_address_remove,
	&cmd_customer_log,	   &cmd_customer_note,	       NULL,
};

const struct command_group group_customer = {
	.name = "customer",
	.summary = "Who buys, and where their goods go",
	.commands = commands,
};
