/*
 * Which commands there are. A new noun is one line here and one in registry.c.
 */
#ifndef SHOPCTL_FRAME_REGISTRY_H
#define SHOPCTL_FRAME_REGISTRY_H

#include "shopctl.h"

extern const struct command_group group_alias;
extern const struct command_group group_backorder;
extern const struct command_group group_cart;
extern const struct command_group group_config;
extern const struct command_group group_location;
extern const struct command_group group_customer;
extern const struct command_group group_event;
extern const struct command_group group_job;
extern const struct command_group group_payment;
extern const struct command_group group_order;
extern const struct command_group group_product;
extern const struct command_group group_purchase;
extern const struct command_group group_shipment;
extern const struct command_group group_stock;
extern const struct command_group group_store;
extern const struct command_group group_supplier;

extern const struct command cmd_apply;
extern const struct command cmd_batch;
extern const struct command cmd_diff;
extern const struct command cmd_export;
extern const struct command cmd_shell;
extern const struct command cmd_history;
extern const struct command cmd_undo;
extern const struct command cmd_check;
extern const struct command cmd_explain;
extern const struct command cmd_next;
extern const struct command cmd_query;
extern const struct command cmd_search;
extern const struct command cmd_status;
extern const struct command cmd_why;
extern const struct command cmd_wait;
extern const struct command cmd_watch;
extern const struct command cmd_worker;
extern const struct command cmd_import;
extern const struct command cmd_help;
extern const struct command cmd_completion;
extern const struct command cmd_version;
extern const struct command cmd_manual;

/** The noun of a word, its plural included ("orders"); NULL when there is none. */
const struct command_group *registry_group(const char *word);

/** The verb of a group, or one of the fixed aliases ls, get, rm, new; NULL when there is none. */
const struct command *registry_verb(const struct command_group *group, const char *word);

/** The cross-cutting command of a word; NULL when there is none. */
const struct command *registry_command(const char *word);

/** A noun's plural, by which it can be called too; a new string. */
char *registry_plural(const struct command_group *group);

/** The n-th fixed alias of a verb ("ls") and the verb it stands for; NULL after the last. */
const char *registry_alias(size_t n, const char **ret_verb);

#endif
