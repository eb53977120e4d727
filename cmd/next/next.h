/* next: the work queue. */
#ifndef SHOPCTL_CMD_NEXT_H
#define SHOPCTL_CMD_NEXT_H

#include "shopctl.h"

extern const struct command cmd_next;

#endif
