/*
 * The location commands.
 */
#ifndef SHOPCTL_LOCATION_LOCATION_H
#define SHOPCTL_LOCATION_LOCATION_H

#include "shop/location.h"
#include "shopctl.h"

extern const struct command cmd_location_list;
extern const struct command cmd_location_show;
extern const struct command cmd_location_create;
extern const struct command cmd_location_update;
extern const struct command cmd_location_delete;

#endif
