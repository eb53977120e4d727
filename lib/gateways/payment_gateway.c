/*
 * The table of payment gateways by driver name.
 */
#include "gateways/gateway.h"

#include <stddef.h>
#include <string.h>

static const struct payment_gateway *const gateways[] = {&payment_manual, &payment_sandbox};

const struct payment_gateway *payment_gateway_find(const char *driver)
{
	for (size_t i = 0; i < sizeof(gateways) / sizeof(gateways[0]); i++)
		if (strcmp(gateways[i]->driver, driver) == 0)
			return gateways[i];
	return NULL;
}
