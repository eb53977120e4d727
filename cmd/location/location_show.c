/* shopctl location show: everything about locations. */
#include "location/location.h"

struct show_args {
	int64_t location_id;
};

static const struct operand_spec operands[] = {
	OPERAND_ID(struct show_args, location_id, "LOCATION", SHOP_ID_LOCATION, "the location",
		   .flags = OPERAND_EACH),
	{0},
};

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct show_args *a = args;
	AUTO_LOCATION struct shop_location location = {0};

	return shop_location_load(s->store, a->location_id, &location, err) &&
	       out_record(out, &shop_location_record, &location, err);
}

const struct command cmd_location_show = {
	.name = "show",
	.summary = "Show locations",
	.operands = operands,
	.args_size = sizeof(struct show_args),
	.needs = NEEDS_STORE_READ,
	.record = &shop_location_record,
	.run = run,
	.examples = "shopctl location show loc-1000",
	.see_also = "stock list",
};
