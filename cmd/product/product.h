/*
 * The product commands.
 */
#ifndef SHOPCTL_PRODUCT_PRODUCT_H
#define SHOPCTL_PRODUCT_PRODUCT_H

#include "shop/product.h"
#include "shopctl.h"

extern const struct command cmd_product_create;
extern const struct command cmd_product_list;
extern const struct command cmd_product_show;
extern const struct command cmd_product_update;
extern const struct command cmd_product_publish;
extern const struct command cmd_product_unpublish;
extern const struct command cmd_product_delete;
extern const struct command cmd_product_price_set;
extern const struct command cmd_product_price_history;

#endif
