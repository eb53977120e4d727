/*
 * The one list of what can be taken back, by which command, and what makes good what cannot.
 */
#include "domain/undo/undo_rules.h"

#include "shop/times.h"

#include <stdlib.h>
#include <string.h>

#define STOCK_TOUCH "inventory.adjusted inventory.moved inventory.received inventory.shipped"

/* clang-format off */
static const struct undo_rule rules[] = {
	{.type = "backorder.delayed", .undo = undo_promise, .touch = "backorder."},
	{.type = "backorder.promised", .undo = undo_promise, .touch = "backorder."},
	{.type = "backorder.created", .instead = "backorder cancel SUBJECT"},
	{.type = "cart.created", .instead = "cart abandon SUBJECT"},
	{.type = "cart.abandoned", .instead = "cart recover SUBJECT"},
	{.type = "cart.updated", .undo = undo_cart, .touch = "cart."},
	{.type = "customer.updated", .instead = "customer update SUBJECT"},
	{.type = "inventory.adjusted", .undo = undo_adjusted, .touch = STOCK_TOUCH},
	{.type = "inventory.back_in_stock", .follows = true},
	{.type = "inventory.low_stock", .follows = true},
	{.type = "inventory.moved", .undo = undo_moved, .touch = STOCK_TOUCH},
	{.type = "inventory.out_of_stock", .follows = true},
	{.type = "inventory.received", .instead = "stock adjust SUBJECT --by -QTY --reason returned"},
	{.type = "inventory.reservation_expired", .follows = true},
	{.type = "inventory.reservation_released", .follows = true},
	{.type = "inventory.reserved", .follows = true},
	{.type = "inventory.safety_changed", .undo = undo_safety, .touch = "inventory.safety_changed"},
	{.type = "location.created", .instead = "location delete SUBJECT"},
	{.type = "location.updated", .undo = undo_location, .touch = "location."},
	{.type = "order.confirmed", .instead = "order cancel SUBJECT --reason staff"},
	{.type = "order.held", .undo = undo_hold, .touch = "order."},
	{.type = "order.placed", .instead = "order cancel SUBJECT --reason staff"},
	{.type = "order.released", .undo = undo_release, .touch = "order."},
	{.type = "order.status_changed", .follows = true},
	{.type = "payment.authorized", .instead = "payment void SUBJECT"},
	{.type = "payment.capture_requested", .instead = "payment refund SUBJECT"},
	{.type = "payment.captured", .instead = "payment refund SUBJECT"},
	{.type = "price.changed", .undo = undo_price, .touch = "price."},
	{.type = "product.archived", .undo = undo_product, .touch = "product."},
	{.type = "product.created", .instead = "product delete SUBJECT"},
	{.type = "product.updated", .undo = undo_product, .touch = "product."},
	{.type = "purchase_order.created", .instead = "purchase cancel SUBJECT"},
	{.type = "purchase_order.submitted", .instead = "purchase cancel SUBJECT"},
	{.type = "shipment.created", .instead = "shipment cancel SUBJECT"},
	{.type = "shipment.shipped", .instead = "payment refund ORDER"},
	{.type = "supplier.created", .instead = "supplier delete SUBJECT"},
	{.type = "supplier.updated", .undo = undo_supplier, .touch = "supplier."},
	{.type = "work.claimed", .follows = true}, /* runs out by itself */
};
/* clang-format on */

const struct undo_rule *undo_rule_of(const char *type)
{
	static const struct undo_rule none = {.type = ""};

	for (size_t i = 0; i < G_N_ELEMENTS(rules); i++)
		if (strcmp(rules[i].type, type) == 0)
			return &rules[i];
	return &none;
}

bool undo_final(const struct shop_event *event, const char *what, struct shop_error *err)
{
	shop_fail(err, E_UNDO_FINAL, "%s of %s: %s", event->type, event->subject, what);
	return shop_fail_object(err, event->subject);
}

bool undo_id(const json_t *value, enum shop_id_type type, int64_t *ret_id, struct shop_error *err)
{
	*ret_id = 0;
	return json_string_value(value) == NULL ||
	       shop_id_parse(json_string_value(value), type, ret_id, err);
}

bool undo_subject(const struct shop_event *event, enum shop_id_type type, int64_t *ret_id,
		  struct shop_error *err)
{
	return shop_id_parse(event->subject, type, ret_id, err);
}

bool undo_quantity(const json_t *value, bool negative, struct shop_decimal *ret_qty,
		   struct shop_error *err)
{
	char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
	bool ok = shop_decimal_parse(text == NULL ? "" : text, ret_qty, err);

	if (ok && negative)
		ret_qty->value = -ret_qty->value;
	free(text);
	return ok;
}

bool undo_time(struct shop_store *store, const json_t *value, int64_t *ret_us,
	       struct shop_error *err)
{
	const struct shop_clock clock = {.now_us = shop_store_context(store)->now_us};

	*ret_us = SHOP_NULL;
	return json_string_value(value) == NULL ||
	       shop_time_parse(json_string_value(value), &clock, ret_us, err);
}
