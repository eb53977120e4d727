/* shopctl query. */
#ifndef SHOPCTL_QUERY_QUERY_H
#define SHOPCTL_QUERY_QUERY_H

#include "shopctl.h"

extern const struct command cmd_query;

#endif
