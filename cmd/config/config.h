/*
 * What the config commands share: one key with its value as a record.
 */
#ifndef SHOPCTL_CONFIG_CONFIG_H
#define SHOPCTL_CONFIG_CONFIG_H

#include "shopctl.h"

struct config_row {
	char *key;
	char *value;
	char *origin;
};

extern const struct shop_record config_record;

extern const struct command cmd_config_show;
extern const struct command cmd_config_edit;
extern const struct command cmd_config_get;
extern const struct command cmd_config_path;
extern const struct command cmd_config_check;
extern const struct command cmd_config_set;
extern const struct command cmd_config_unset;

/** Whether there is a key of this name. Fails with E_USAGE, naming one that is near. */
bool config_key_known(const char *name, struct shop_error *err) SHOP_CHECKED;

/** Print one key's record. */
bool config_print(struct session *s, const char *key, struct out *out,
		  struct shop_error *err) SHOP_CHECKED;

#endif
