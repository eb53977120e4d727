/* shopctl config: the group's table and the record its commands print. */
#include "config/config.h"

#include "frame/config.h"
#include "frame/registry.h"

static const struct shop_field fields[] = {
	SHOP_FIELD_TEXT(struct config_row, key, "key", "the key's name", .example = "stock.low"),
	SHOP_FIELD_TEXT(struct config_row, value, "value", "its value; lists are joined by commas"),
	SHOP_FIELD_TEXT(struct config_row, origin, "origin",
			"file and line, variable, -c or default"),
};

const struct shop_record config_record = SHOP_RECORD("config", struct config_row, fields);

bool config_print(struct session *s, const char *key, struct out *out, struct shop_error *err)
{
	struct config_row row = {
		.key = g_strdup(key),
		.value = g_strdup(config_text(s->config, key)),
		.origin = config_origin(s->config, key),
	};
	bool ok = out_record(out, &config_record, &row, err);

	shop_record_done(&config_record, &row);
	return ok;
}

static const struct command *const commands[] = {
	&cmd_config_show, &cmd_config_get,  &cmd_config_set,   &cmd_config_unset,
	&cmd_config_edit, &cmd_config_path, &cmd_config_check, NULL,
};

const struct command_group group_config = {
	.name = "config",
	.summary = "Settings and where they come from",
	.commands = commands,
};
