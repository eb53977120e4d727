/*
 * The status command.
 */
#ifndef SHOPCTL_STATUS_STATUS_H
#define SHOPCTL_STATUS_STATUS_H

#include "shopctl.h"

extern const struct command cmd_status;

#endif
