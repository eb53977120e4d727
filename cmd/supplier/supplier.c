/* shopctl supplier: the group's table. */
#include "supplier/supplier.h"

#include "declare/edit.h"
#include "event/event.h"
#include "frame/registry.h"

static const struct command *const commands[] = {
	&cmd_supplier_list,   &cmd_supplier_show, &cmd_supplier_create,
	&cmd_supplier_update, &cmd_supplier_edit, &cmd_supplier_delete,
	&cmd_supplier_log,    &cmd_supplier_note, NULL,
};

const struct command_group group_supplier = {
	.name = "supplier",
	.summary = "Where the shop buys what it sells",
	.commands = commands,
};
