/* shopctl order show: everything about orders, with their lines, money and goods. */
#include "order/order.h"

#include "page/page.h"
#include "shop/customer.h"

struct show_args {
	int64_t order_id;
};

static const struct operand_spec operands[] = {
	OPERAND_ID(struct show_args, order_id, "ORDER", SHOP_ID_ORDER, "the order",
		   .flags = OPERAND_EACH),
	{0},
};

static const struct out_block blocks[] = {
	{.head = "id,status,payment,fulfillment",
	 .fields = "placed_at,confirmed_at,closed_at,cancel_reason,reference,cart,backordered;"
		   "subtotal,discount,shipping,tax,total,due,paid"},
	{.title = "Lines",
	 .list = "lines",
	 .fields = "sku,title,qty,allocated,backordered,shipped,unit_price,total"},
	{.title = "Payments",
	 .list = "payments",
	 .fields = "id,status,driver,amount,captured,refunded"},
	{.title = "Shipments",
	 .list = "shipments",
	 .fields = "id,status,carrier,tracking,shipped_at"},
	{.title = "Backorders",
	 .list = "backorders",
	 .fields = "id,status,sku,qty,open,promised_at"},
	{.title = "Holds", .list = "holds", .fields = "reason,placed_at,actor,note,released_at"},
	{0},
};

/* Who ordered, and where it goes. */
static bool show_customer(struct session *s, const struct shop_order *order, struct out *out,
			  struct shop_error *err)
{
	static const struct out_block block = {.title = "Customer",
					       .fields = "id,name,company;email,phone,country"};
	static const struct out_block address = {.title = "Ship to", .head = "ship_to"};
	AUTO_CUSTOMER struct shop_customer customer = {0};

	if (order->customer_id != 0 &&
	    (!shop_customer_load(s->store, order->customer_id, &customer, err) ||
	     !out_block(out, &block, &shop_customer_record, &customer, err)))
		return false;
	return order->ship_to == NULL || out_block(out, &address, &shop_order_record, order, err);
}

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct show_args *a = args;
	AUTO_ORDER struct shop_order order = {0};

	if (!shop_order_load(s->store, a->order_id, &order, err) ||
	    !out_page(out, &shop_order_record, &order, blocks, err))
		return false;
	return !out_is_page(out) || (show_customer(s, &order, out, err) &&
				     page_end_id(s, SHOP_ID_ORDER, order.id, out, err));
}

const struct command cmd_order_show = {
	.name = "show",
	.summary = "Show orders with lines, payments, shipments and backorders",
	.operands = operands,
	.args_size = sizeof(struct show_args),
	.needs = NEEDS_STORE_READ,
	.record = &shop_order_record,
	.run = run,
	.examples = "shopctl order show ord-1000\nshopctl order show ord-1000 ord-1001 -o json",
	.see_also = "order list, order log",
};
