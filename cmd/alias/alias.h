/*
 * Aliases: names of one's own for commands, kept in the configuration under aliases.NAME.
 */
#ifndef SHOPCTL_ALIAS_ALIAS_H
#define SHOPCTL_ALIAS_ALIAS_H

#include "shopctl.h"

#define ALIAS_PREFIX "aliases."

struct alias_row {
	char *name;
	char *expansion;
	char *origin;
};

extern const struct shop_record alias_record;

extern const struct command cmd_alias_delete;
extern const struct command cmd_alias_list;
extern const struct command cmd_alias_set;

/**
 * Whether an alias can be used: its name is free, its words can be read, and it does not lead back
 * to itself by way of the configuration's other aliases.
 *
 * Fails with     E_VALUE, E_USAGE
 */
bool alias_check(const struct config *config, const char *name, const char *expansion,
		 struct shop_error *err) SHOP_CHECKED;

/** Whether the alias is a command of the shell: !… */
bool alias_is_shell(const char *expansion);

#endif
