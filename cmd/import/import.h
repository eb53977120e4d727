/*
 * The import command.
 */
#ifndef SHOPCTL_IMPORT_IMPORT_H
#define SHOPCTL_IMPORT_IMPORT_H

#include "shopctl.h"

extern const struct command cmd_import;

#endif
