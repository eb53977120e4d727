/* shopctl location list: the places stock lies at. */
#include "location/location.h"

struct list_args {
	const char *status;
};

static const char *const statuses[] = {"active", "archived", NULL};

static const struct option_spec options[] = {
	OPTION(struct list_args, status, const char *, ARG_WORD, 0, "status", "STATUS",
	       "active or archived", .words = statuses),
	{0},
};

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct list_args *a = args;
	const struct shop_location_filter filter = {.status = a->status, .limit = SHOP_NULL};

	return shop_location_list(s->store, &filter, out_row,
				  &(struct out_rows){out, &shop_location_record}, err);
}

const struct command cmd_location_list = {
	.name = "list",
	.summary = "List locations",
	.description = "Archived locations are left out unless asked for with --status archived.",
	.options = options,
	.args_size = sizeof(struct list_args),
	.needs = NEEDS_STORE_READ,
	.many = true,
	.order = "id",
	.record = &shop_location_record,
	.run = run,
	.examples = "shopctl location list\nshopctl location list --status archived",
	.see_also = "stock list",
};
