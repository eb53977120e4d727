/*
 * A text in the operator's editor.
 */
#ifndef SHOPCTL_DECLARE_EDITOR_H
#define SHOPCTL_DECLARE_EDITOR_H

#include "shop/error.h"

#include <glib.h>
#include <stdbool.h>

/** Write the text to a new file that only this user can read; *ret_path is the caller's (g_free).
 * Fails with E_IO. */
bool editor_begin(const char *text, char **ret_path, struct shop_error *err) SHOP_CHECKED;

/**
 * Open the file in $VISUAL or $EDITOR, else (`terminal`) vi, and wait for it.
 *
 * Fails with     E_USAGE (no editor is known), E_IO (it cannot be started, or ended with a failure)
 */
bool editor_run(const char *path, bool terminal, struct shop_error *err) SHOP_CHECKED;

/** Read what the file holds now; at most 1 MiB. Fails with E_IO. */
bool editor_read(const char *path, char **ret_text, struct shop_error *err) SHOP_CHECKED;

/** Put another text into the file. Fails with E_IO. */
bool editor_write(const char *path, const char *text, struct shop_error *err) SHOP_CHECKED;

#endif
