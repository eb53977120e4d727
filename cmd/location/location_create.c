/* shopctl location create: another place for stock. */
#include "location/location.h"

struct create_args {
	const char *name, *country;
	bool is_default;
};

static const struct option_spec options[] = {
	OPTION(struct create_args, name, const char *, ARG_TEXT, 0, "name", "TEXT",
	       "what people call it", .required = true),
	OPTION(struct create_args, country, const char *, ARG_TEXT, 0, "country", "CC",
	       "ISO 3166 code: DE"),
	OPTION_FLAG(struct create_args, is_default, 0, "default", "used where none is named"),
	{0},
};

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct create_args *a = args;
	const struct shop_location_new in = {
		.name = a->name,
		.country = a->country,
		.is_default = a->is_default,
	};
	AUTO_LOCATION struct shop_location location = {0};
	char id[SHOP_ID_TEXT];

	return shop_location_create(s->store, &in, &location, err) &&
	       out_changed(out, &shop_location_record, &location, err, "%s created: %s",
			   shop_id_format(SHOP_ID_LOCATION, location.id, id), location.name);
}

const struct command cmd_location_create = {
	.name = "create",
	.summary = "Add a place for stock",
	.options = options,
	.args_size = sizeof(struct create_args),
	.needs = NEEDS_STORE_WRITE,
	.record = &shop_location_record,
	.run = run,
	.examples = "shopctl location create --name 'Shop floor' --country DE\n"
		    "shopctl location create --name Warehouse --default",
	.exits = "4 the name is taken",
	.see_also = "stock receive, stock move",
};
