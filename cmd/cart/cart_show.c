/* shopctl cart show, quote, list: what carts hold, and what would become of them. */
#include "cart/cart.h"

#include "page/page.h"

struct one_args {
	int64_t cart_id;
};

static const struct operand_spec operands[] = {
	OPERAND_ID(struct one_args, cart_id, "CART", SHOP_ID_CART, "the cart",
		   .flags = OPERAND_EACH),
	{0},
};

static const struct out_block cart_blocks[] = {
	{.head = "id,status", .fields = "customer,order,created_at,updated_at;total,held_until,ship_to"},
	{.title = "Lines", .list = "lines", .fields = "line,sku,title,qty,held,unit_price,total"},
	{0},
};

static const struct page_of cart_page = {&shop_cart_record, cart_blocks, SHOP_ID_CART};

static bool run_show(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct one_args *a = args;
	AUTO_CART struct shop_cart cart = {0};

	return shop_cart_load(s->store, a->cart_id, s->clock.now_us, &cart, err) &&
	       page_show(s, &cart_page, cart.id, &cart, out, err);
}

const struct command cmd_cart_show = {
	.name = "show",
	.summary = "Show carts with their lines and holds",
	.operands = operands,
	.args_size = sizeof(struct one_args),
	.needs = NEEDS_STORE_READ,
	.record = &shop_cart_record,
	.run = run_show,
	.examples = "shopctl cart show cart-1000",
	.see_also = "cart quote",
};

static const struct out_block quote_blocks[] = {
	{.head = "cart,status", .fields = "customer,ready,held_until;subtotal,discount,tax,total"},
	{.title = "Lines", .list = "lines", .fields = "sku,qty,unit_price,total,ship_now,backordered,short,availability"},
	{.title = "Refused at checkout", .list = "problems", .apart = true, .fields = "message,code,fix"},
	{0},
};

static bool run_quote(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct one_args *a = args;
	AUTO_QUOTE struct shop_quote quote = {0};
	char id[SHOP_ID_TEXT];

	if (!shop_cart_quote(s->store, a->cart_id, s->clock.now_us, &quote, err) ||
	    !out_page(out, &shop_quote_record, &quote, quote_blocks, err))
		return false;
	if (quote.ready)
		out_next(out, "shopctl cart checkout %s",
			 shop_id_format(SHOP_ID_CART, quote.cart_id, id));
	return true;
}

const struct command cmd_cart_quote = {
	.name = "quote",
	.summary = "What a cart would cost, what can ship now, and what checkout would refuse",
	.description = "A quote asks the guards of checkout and changes nothing. Each problem has "
		       "the code of the error "
		       "that checkout would give, and the command that clears it.",
	.operands = operands,
	.args_size = sizeof(struct one_args),
	.needs = NEEDS_STORE_READ,
	.record = &shop_quote_record,
	.run = run_quote,
	.examples = "shopctl cart quote cart-1000 -o json",
	.exits = "6 the cart is closed",
	.see_also = "cart checkout, stock show",
};

struct list_args {
	const char *status;
	int64_t customer_id, before_id;
};

static const char *const statuses[] = {"active", "abandoned", "completed", "expired", NULL};

static const struct option_spec list_options[] = {
	OPTION(struct list_args, status, const char *, ARG_WORD, 0, "status", "STATUS",
	       "active, abandoned, completed or expired", .words = statuses),
	OPTION_ID(struct list_args, customer_id, "customer", "CUSTOMER", SHOP_ID_CUSTOMER,
		  "only this customer's"),
	OPTION_ID(struct list_args, before_id, "before", "CART", SHOP_ID_CART,
		  "only those made before this one"),
	{0},
};

static bool run_list(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct list_args *a = args;
	const struct shop_cart_filter filter = {
		.now_us = s->clock.now_us,
		.status = a->status,
		.customer_id = a->customer_id,
		.before_id = a->before_id,
		.limit = SHOP_NULL,
	};

	return shop_cart_list(s->store, &filter, out_row,
			      &(struct out_rows){out, &shop_cart_record}, err);
}

const struct command cmd_cart_list = {
	.name = "list",
	.summary = "List carts, newest first",
	.options = list_options,
	.args_size = sizeof(struct list_args),
	.needs = NEEDS_STORE_READ,
	.many = true,
	.order = "-id",
	.record = &shop_cart_record,
	.run = run_list,
	.examples = "shopctl cart list --status active\nshopctl cart list --customer cus-1000 "
		    "--limit 10 -o jsonl",
	.see_also = "cart show, cart expire",
};
