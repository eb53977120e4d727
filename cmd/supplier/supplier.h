/*
 * The supplier commands.
 */
#ifndef SHOPCTL_SUPPLIER_SUPPLIER_H
#define SHOPCTL_SUPPLIER_SUPPLIER_H

#include "shop/supplier.h"
#include "shopctl.h"

extern const struct command cmd_supplier_list;
extern const struct command cmd_supplier_show;
extern const struct command cmd_supplier_create;
extern const struct command cmd_supplier_update;
extern const struct command cmd_supplier_delete;

#endif
