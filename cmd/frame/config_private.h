/*
 * What a loaded configuration holds: shared by config.c and config_load.c.
 */
#ifndef SHOPCTL_FRAME_CONFIG_PRIVATE_H
#define SHOPCTL_FRAME_CONFIG_PRIVATE_H

#include "frame/config.h"

struct config {
	GHashTable *values;  /* key, owned → struct config_value, owned */
	GPtrArray *files;    /* char *, owned: the origins of values point here */
	GPtrArray *warnings; /* char *, owned */
	GPtrArray *replaced; /* values that somebody may still look at; NULL = none */
};

#endif
