/* shopctl customer address add, list, remove: where a customer's goods go. */
#include "customer/customer.h"

struct add_args {
	int64_t customer_id;
	const char *label, *name, *company, *street, *street2, *city, *region, *postcode, *country,
		*phone;
};

static const struct operand_spec add_operands[] = {
	OPERAND_ID(struct add_args, customer_id, "CUSTOMER", SHOP_ID_CUSTOMER, "the customer"),
	{0},
};

#define LINE(member, label, help, ...)                                                             \
	OPTION(struct add_args, member, const char *, ARG_TEXT, 0, label, "TEXT", help, __VA_ARGS__)

static const struct option_spec add_options[] = {
	LINE(name, "name", "who receives", .required = true),
	LINE(street, "street", "street and number", .required = true),
	LINE(city, "city", "the town", .required = true),
	OPTION(struct add_args, country, const char *, ARG_TEXT, 0, "country", "CODE",
	       "ISO 3166 country", .required = true),
	LINE(postcode, "postcode", "as its country writes it", .required = false),
	LINE(street2, "street2", "floor, staircase", .required = false),
	LINE(region, "region", "state or province", .required = false),
	LINE(company, "company", "the firm", .required = false),
	LINE(phone, "phone", "for the carrier", .required = false),
	LINE(label, "label", "what the customer calls it: home, office", .required = false),
	{0},
};

static bool run_add(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct add_args *a = args;
	const struct shop_address_new in = {
		.label = a->label,
		.name = a->name,
		.company = a->company,
		.street = a->street,
		.street2 = a->street2,
		.city = a->city,
		.region = a->region,
		.postcode = a->postcode,
		.country = a->country,
		.phone = a->phone,
	};
	AUTO_ADDRESS struct shop_address address = {0};
	char id[SHOP_ID_TEXT];

	return shop_customer_address_add(s->store, a->customer_id, &in, &address, err) &&
	       out_changed(out, &shop_address_record, &address, err, "%s has address %d: %s, %s",
			   shop_id_format(SHOP_ID_CUSTOMER, a->customer_id, id), (int)address.n,
			   address.street, address.city);
}

const struct command cmd_customer_address_add = {
	.name = "address add",
	.summary = "Add an address to a customer",
	.operands = add_operands,
	.options = add_options,
	.args_size = sizeof(struct add_args),
	.needs = NEEDS_STORE_WRITE,
	.record = &shop_address_record,
	.run = run_add,
	.examples = "shopctl customer address add cus-1000 --name 'Ana Lima' --street 'Hauptstr. "
		    "5' --city Berlin "
		    "--postcode 10115 --country DE",
	.see_also = "customer address list, cart address",
};

struct list_args {
	int64_t customer_id;
};

static const struct operand_spec list_operands[] = {
	OPERAND_ID(struct list_args, customer_id, "CUSTOMER", SHOP_ID_CUSTOMER, "the customer"),
	{0},
};

static bool run_list(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct list_args *a = args;

	return shop_customer_address_list(s->store, a->customer_id, out_row,
					  &(struct out_rows){out, &shop_address_record}, err);
}

const struct command cmd_customer_address_list = {
	.name = "address list",
	.summary = "The addresses of a customer",
	.operands = list_operands,
	.args_size = sizeof(struct list_args),
	.needs = NEEDS_STORE_READ,
	.many = true,
	.record = &shop_address_record,
	.run = run_list,
	.examples = "shopctl customer address list cus-1000",
	.see_also = "customer address add",
};

struct remove_args {
	int64_t customer_id, n;
};

static const struct operand_spec remove_operands[] = {
	OPERAND_ID(struct remove_args, customer_id, "CUSTOMER", SHOP_ID_CUSTOMER, "the customer"),
	OPERAND(struct remove_args, n, int64_t, ARG_INT, "N", "the address's number in the list"),
	{0},
};

static bool run_remove(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct remove_args *a = args;
	AUTO_ADDRESS struct shop_address address = {0};
	char id[SHOP_ID_TEXT];

	return shop_customer_address_remove(s->store, a->customer_id, a->n, &address, err) &&
	       out_changed(out, &shop_address_record, &address, err, "%s has address %d no more",
			   shop_id_format(SHOP_ID_CUSTOMER, a->customer_id, id), (int)a->n);
}

const struct command cmd_customer_address_remove = {
	.name = "address remove",
	.summary = "Remove an address from a customer",
	.description = "Carts and orders keep the address they were given.",
	.operands = remove_operands,
	.args_size = sizeof(struct remove_args),
	.needs = NEEDS_STORE_WRITE,
	.record = &shop_address_record,
	.run = run_remove,
	.examples = "shopctl customer address remove cus-1000 1",
	.see_also = "customer address list",
};
