/*
 * Changing one key in a YAML text and nothing else: comments, order and quoting of the rest stay.
 */
#ifndef SHOPCTL_CONFIG_YAML_EDIT_H
#define SHOPCTL_CONFIG_YAML_EDIT_H

#include "shop/error.h"

#include <glib.h>
#include <stdbool.h>

/**
 * Set a dotted key to a value, or with a NULL value remove it and the groups that it leaves empty.
 *
 * text           the file's text, as config_yaml_read takes it; unchanged on failure
 * name           the file's, for messages
 * Fails with     E_CONFIG: the text cannot be read, or it cannot be changed without disturbing the
 * rest; E_NOT_FOUND: the key to remove is not there
 */
bool yaml_edit(GString *text, const char *name, const char *key, const char *value,
	       struct shop_error *err) SHOP_CHECKED;

#endif
