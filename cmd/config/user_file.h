/*
 * The configuration file that `config set`, `alias set` and `config edit` change: the one named by
 * --config or SHOPCTL_CONFIG, else the user's own.
 */
#ifndef SHOPCTL_CONFIG_USER_FILE_H
#define SHOPCTL_CONFIG_USER_FILE_H

#include "shopctl.h"

/** Its path, where symbolic links lead; a new string. */
char *user_file_path(const struct session *s);

/**
 * Set a key in it, or with a NULL value remove it; under profiles.NAME with --profile NAME.
 *
 * The file is replaced at once or not at all, and one change waits for another. With --dry-run it
 * is only tried. *ret_path gets its path (g_free). Fails with     E_CONFIG, E_IO, E_NOT_FOUND,
 * E_USAGE (a line of a batch)
 */
bool user_file_change(const struct session *s, const char *key, const char *value, char **ret_path,
		      struct shop_error *err) SHOP_CHECKED;

/**
 * Open a copy of it in the operator's editor and put that in its place, if it can be read and the
 * file is still the one that was opened; else the copy stays, and the message names it.
 *
 * *ret_path gets the file's path (g_free).
 * Fails with     E_CONFIG, E_VERSION, E_IO, E_USAGE (no editor is known, or a line of a batch)
 */
bool user_file_edit(const struct session *s, char **ret_path, bool *ret_changed,
		    struct shop_error *err) SHOP_CHECKED;

#endif
