/* shopctl history, undo. */
#ifndef SHOPCTL_UNDO_H
#define SHOPCTL_UNDO_H

#include "shop/undo.h"
#include "shopctl.h"

extern const struct command cmd_history;
extern const struct command cmd_undo;

#endif
