/*
 * The event commands, and the two that every noun has: log and note.
 */
#ifndef SHOPCTL_EVENT_EVENT_H
#define SHOPCTL_EVENT_EVENT_H

#include "shopctl.h"

extern const struct command cmd_event_list;
extern const struct command cmd_event_show;
extern const struct command cmd_event_tail;
extern const struct command cmd_event_types;
extern const struct command cmd_event_verify;

extern const struct command cmd_backorder_log, cmd_backorder_note;
extern const struct command cmd_cart_log, cmd_cart_note;
extern const struct command cmd_customer_log, cmd_customer_note;
extern const struct command cmd_location_log, cmd_location_note;
extern const struct command cmd_order_log, cmd_order_note;
extern const struct command cmd_payment_log, cmd_payment_note;
extern const struct command cmd_product_log, cmd_product_note;
extern const struct command cmd_purchase_log, cmd_purchase_note;
extern const struct command cmd_shipment_log, cmd_shipment_note;
extern const struct command cmd_supplier_log, cmd_supplier_note;

#endif
