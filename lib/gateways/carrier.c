/*
 * Finding a carrier by name.
 */
#include "gateways/carrier.h"

#include <stddef.h>
#include <string.h>

const struct carrier *carrier_find(const char *name)
{
	static const struct carrier *const carriers[] = {&carrier_manual, &carrier_sandbox};

	for (size_t i = 0; i < sizeof(carriers) / sizeof(carriers[0]); i++)
		if (strcmp(carriers[i]->name, name) == 0)
			return carriers[i];
	return NULL;
}
