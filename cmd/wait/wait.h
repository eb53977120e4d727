/* wait and watch: until something is so, and whenever something changes. */
#ifndef SHOPCTL_CMD_WAIT_H
#define SHOPCTL_CMD_WAIT_H

#include "shopctl.h"

extern const struct command cmd_wait;
extern const struct command cmd_watch;

#endif
