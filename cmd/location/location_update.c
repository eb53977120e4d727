/* shopctl location update: name, country, and which one is the default. */
#include "location/location.h"

struct update_args {
	int64_t location_id;
	const char *name, *country;
	bool make_default;
};

static const struct operand_spec operands[] = {
	OPERAND_ID(struct update_args, location_id, "LOCATION", SHOP_ID_LOCATION, "the location"),
	{0},
};

static const struct option_spec options[] = {
	OPTION(struct update_args, name, const char *, ARG_TEXT, 0, "name", "TEXT",
	       "what people call it"),
	OPTION(struct update_args, country, const char *, ARG_TEXT, 0, "country", "CC",
	       "ISO 3166 code; none clears it"),
	OPTION_FLAG(struct update_args, make_default, 0, "default",
		    "used where none is named, in place of the present one"),
	{0},
};

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct update_args *a = args;
	const struct shop_location_change in = {
		.name = a->name,
		.country = arg_or_clear(a->country),
		.make_default = a->make_default,
	};
	AUTO_LOCATION struct shop_location location = {0};
	char id[SHOP_ID_TEXT];

	return shop_location_update(s->store, a->location_id, &in, &location, err) &&
	       out_changed(out, &shop_location_record, &location, err, "%s updated",
			   shop_id_format(SHOP_ID_LOCATION, location.id, id));
}

const struct command cmd_location_update = {
	.name = "update",
	.summary = "Change a location",
	.operands = operands,
	.options = options,
	.args_size = sizeof(struct update_args),
	.needs = NEEDS_STORE_WRITE,
	.record = &shop_location_record,
	.run = run,
	.examples = "shopctl location update loc-1001 --default\n"
		    "shopctl location update loc-1000 --name 'Main warehouse' --country DE",
	.exits = "4 the name is taken",
	.see_also = "location list",
};
