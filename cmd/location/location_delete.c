/* shopctl location delete: archive places that are empty. */
#include "location/location.h"

struct delete_args {
	int64_t location_id;
};

static const struct operand_spec operands[] = {
	OPERAND_ID(struct delete_args, location_id, "LOCATION", SHOP_ID_LOCATION, "the location",
		   .flags = OPERAND_EACH),
	{0},
};

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct delete_args *a = args;
	AUTO_LOCATION struct shop_location location = {0};
	char id[SHOP_ID_TEXT];

	return shop_location_archive(s->store, a->location_id, &location, err) &&
	       out_changed(out, &shop_location_record, &location, err, "%s is %s",
			   shop_id_format(SHOP_ID_LOCATION, location.id, id), location.status);
}

const struct command cmd_location_delete = {
	.name = "delete",
	.summary = "Archive empty locations: kept in every movement's history",
	.operands = operands,
	.args_size = sizeof(struct delete_args),
	.needs = NEEDS_STORE_WRITE,
	.record = &shop_location_record,
	.run = run,
	.examples = "shopctl location delete loc-1001",
	.exits = "6 it is the default, holds stock, or purchases are on their way to it",
	.see_also = "stock move, location update",
};
