/*
 * The verb `edit` of the nouns whose objects can stand in files.
 */
#ifndef SHOPCTL_DECLARE_EDIT_H
#define SHOPCTL_DECLARE_EDIT_H

#include "shopctl.h"

extern const struct command cmd_product_edit, cmd_customer_edit, cmd_supplier_edit,
	cmd_location_edit;

#endif
