/* shopctl product: the group's table. */
#include "product/product.h"

#include "declare/edit.h"
#include "event/event.h"
#include "frame/registry.h"
#include "search/search.h"

static const struct command *const commands[] = {
	&cmd_product_list,	    &cmd_product_show,
	&cmd_product_search,	    &cmd_product_create,
	&cmd_product_update,	    &cmd_product_edit,
	&cmd_product_publish,	    &cmd_product_unpublish,
	&cmd_product_delete,	    &cmd_product_price_set,
	&cmd_product_price_history, &cmd_product_log,
	&cmd_product_note,	    NULL,
};

const struct command_group group_product = {
	.name = "product",
	.summary = "What the shop sells, and at what price",
	.commands = commands,
};
