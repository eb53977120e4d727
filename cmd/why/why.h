/* why: what stands in the way. */
#ifndef SHOPCTL_CMD_WHY_H
#define SHOPCTL_CMD_WHY_H

#include "shopctl.h"

extern const struct command cmd_why;

#endif
