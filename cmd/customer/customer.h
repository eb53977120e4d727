/*
 * The customer commands.
 */
#ifndef SHOPCTL_CUSTOMER_CUSTOMER_H
#define SHOPCTL_CUSTOMER_CUSTOMER_H

#include "shop/customer.h"
#include "shopctl.h"

extern const struct command cmd_customer_list;
extern const struct command cmd_customer_show;
extern const struct command cmd_customer_create;
extern const struct command cmd_customer_update;
extern const struct command cmd_customer_delete;
extern const struct command cmd_customer_address_add;
extern const struct command cmd_customer_address_list;
extern const struct command cmd_customer_address_remove;

#endif
