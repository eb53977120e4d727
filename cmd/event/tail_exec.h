/*
 * An event given to a command: as JSON on its standard input, the main things in its environment.
 */
#ifndef SHOPCTL_EVENT_TAIL_EXEC_H
#define SHOPCTL_EVENT_TAIL_EXEC_H

#include "shop/journal.h"
#include "shopctl.h"

/**
 * Run `sh -c command` for an event, again after a failure up to `retries` times, each time after a
 * longer while.
 *
 * line           the event as JSON with its newline
 * Fails with     E_TAIL_COMMAND, whose code is the command's exit code (128 + n after a signal);
 * E_IO
 */
bool tail_exec(const struct session *s, const char *command, int64_t retries,
	       const struct shop_event *event, const GString *line,
	       struct shop_error *err) SHOP_CHECKED;

#endif
