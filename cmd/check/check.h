/*
 * The check command.
 */
#ifndef SHOPCTL_CHECK_CHECK_H
#define SHOPCTL_CHECK_CHECK_H

#include "shopctl.h"

extern const struct command cmd_check;

#endif
