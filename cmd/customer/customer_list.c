/* shopctl customer list, show, delete: the customers there are. */
#include "customer/customer.h"

#include "page/page.h"
#include "shop/order.h"

#define ORDERS_SHOWN 5 /* of a customer's page */

struct list_args {
	const char *email, *country, *status;
};

static const char *const statuses[] = {"active", "archived", NULL};

static const struct option_spec list_options[] = {
	OPTION(struct list_args, email, const char *, ARG_TEXT, 0, "email", "EMAIL",
	       "who has this e-mail"),
	OPTION(struct list_args, country, const char *, ARG_TEXT, 0, "country", "CODE",
	       "only of this country"),
	OPTION(struct list_args, status, const char *, ARG_WORD, 0, "status", "STATUS",
	       "active (the default) or archived", .words = statuses),
	{0},
};

static bool run_list(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct list_args *a = args;
	const struct shop_customer_filter filter = {
		.email = a->email,
		.country = a->country,
		.status = a->status,
		.limit = SHOP_NULL,
	};

	return shop_customer_list(s->store, &filter, out_row,
				  &(struct out_rows){out, &shop_customer_record}, err);
}

const struct command cmd_customer_list = {
	.name = "list",
	.summary = "List customers in the order they were made",
	.description = "Archived customers are left out unless asked for with --status archived.",
	.options = list_options,
	.args_size = sizeof(struct list_args),
	.needs = NEEDS_STORE_READ,
	.many = true,
	.order = "id",
	.record = &shop_customer_record,
	.run = run_list,
	.examples = "shopctl customer list --country DE\nshopctl customer list --email "
		    "ana@example.org -o id",
	.see_also = "customer show, order list",
};

struct one_args {
	int64_t customer_id;
};

static const struct operand_spec operands[] = {
	OPERAND_ID(struct one_args, customer_id, "CUSTOMER", SHOP_ID_CUSTOMER, "the customer",
		   .flags = OPERAND_EACH),
	{0},
};

static const struct out_block customer_blocks[] = {
	{.head = "id,name,status", .fields = "email,phone,company;country,created_at"},
	{0},
};

/* Where they live, and what they ordered last. */
static bool show_more(struct session *s, int64_t id, struct out *out, struct shop_error *err)
{
	static const struct out_block addresses = {.title = "Addresses"};
	static const struct out_block orders = {.title = "Last orders",
						.fields = "id,status,payment,fulfillment,total,placed_at"};
	const struct shop_order_filter filter = {
		.customer_id = id, .since_us = SHOP_NULL, .late_before_us = SHOP_NULL, .limit = ORDERS_SHOWN};
	AUTO_PAGE_LIST struct page_list places = {.type = &shop_address_record};
	AUTO_PAGE_LIST struct page_list last = {.type = &shop_order_record};

	return shop_customer_address_list(s->store, id, page_collect, &places, err) &&
	       shop_order_list(s->store, &filter, page_collect, &last, err) &&
	       out_block_list(out, &addresses, places.type, &places.list, NULL, err) &&
	       out_block_list(out, &orders, last.type, &last.list, NULL, err);
}

static bool run_show(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct one_args *a = args;
	AUTO_CUSTOMER struct shop_customer customer = {0};

	return shop_customer_load(s->store, a->customer_id, &customer, err) &&
	       out_page(out, &shop_customer_record, &customer, customer_blocks, err) &&
	       (!out_is_page(out) || show_more(s, customer.id, out, err)) &&
	       page_end_id(s, SHOP_ID_CUSTOMER, customer.id, out, err);
}

const struct command cmd_customer_show = {
	.name = "show",
	.summary = "Show customers",
	.operands = operands,
	.args_size = sizeof(struct one_args),
	.needs = NEEDS_STORE_READ,
	.record = &shop_customer_record,
	.run = run_show,
	.examples = "shopctl customer show cus-1000 -o json",
	.see_also = "customer address list, order list",
};

static bool run_delete(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct one_args *a = args;
	const struct shop_customer_new in = {.status = "archived"};
	AUTO_CUSTOMER struct shop_customer customer = {0};
	char id[SHOP_ID_TEXT];

	return shop_customer_update(s->store, a->customer_id, &in, &customer, err) &&
	       out_changed(out, &shop_customer_record, &customer, err, "%s archived: %s",
			   shop_id_format(SHOP_ID_CUSTOMER, customer.id, id), customer.name);
}

const struct command cmd_customer_delete = {
	.name = "delete",
	.summary = "Archive customers: out of the lists, kept in every order's history",
	.operands = operands,
	.args_size = sizeof(struct one_args),
	.needs = NEEDS_STORE_WRITE,
	.record = &shop_customer_record,
	.run = run_delete,
	.examples = "shopctl customer delete cus-1001",
	.see_also = "customer update",
};
