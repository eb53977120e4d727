/* shopctl customer create, update: who they are and how to reach them. */
#include "customer/customer.h"

struct create_args {
	int64_t customer_id;
	const char *name, *email, *phone, *company, *country, *status;
};

#define CONTACT                                                                                    \
	OPTION(struct create_args, email, const char *, ARG_TEXT, 0, "email", "EMAIL",             \
	       "where mail reaches them; one customer has it"),                                    \
		OPTION(struct create_args, phone, const char *, ARG_TEXT, 0, "phone", "TEXT",      \
		       "where a call reaches them"),                                               \
		OPTION(struct create_args, company, const char *, ARG_TEXT, 0, "company", "TEXT",  \
		       "the firm they buy for"),                                                   \
		OPTION(struct create_args, country, const char *, ARG_TEXT, 0, "country", "CODE",  \
		       "ISO 3166 country")

static const struct option_spec create_options[] = {
	OPTION(struct create_args, name, const char *, ARG_TEXT, 0, "name", "TEXT",
	       "what they are called", .required = true),
	CONTACT,
	{0},
};

static struct shop_customer_new contact_of(const struct create_args *a)
{
	return (struct shop_customer_new){
		.name = a->name,
		.email = arg_or_clear(a->email),
		.phone = arg_or_clear(a->phone),
		.company = arg_or_clear(a->company),
		.country = arg_or_clear(a->country),
		.status = a->status,
	};
}

static bool run_create(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct shop_customer_new in = contact_of(args);
	AUTO_CUSTOMER struct shop_customer customer = {0};
	char id[SHOP_ID_TEXT];

	if (!shop_customer_create(s->store, &in, &customer, err) ||
	    !out_changed(out, &shop_customer_record, &customer, err, "%s created: %s",
			 shop_id_format(SHOP_ID_CUSTOMER, customer.id, id), customer.name))
		return false;
	out_next(out, "shopctl cart create --customer %s", id);
	return true;
}

const struct command cmd_customer_create = {
	.name = "create",
	.summary = "Add a customer",
	.options = create_options,
	.args_size = sizeof(struct create_args),
	.needs = NEEDS_STORE_WRITE,
	.record = &shop_customer_record,
	.run = run_create,
	.examples =
		"shopctl customer create --name 'Ana Lima' --email ana@example.org --country DE\n"
		"shopctl customer create --name 'Bo Ek' --company 'Ek AB' --phone '+46 8 123'",
	.exits = "4 another customer has the e-mail",
	.see_also = "customer address add, cart create, import customer",
};

static const struct operand_spec update_operands[] = {
	OPERAND_ID(struct create_args, customer_id, "CUSTOMER", SHOP_ID_CUSTOMER, "the customer",
		   .flags = OPERAND_EACH),
	{0},
};

static const char *const statuses[] = {"active", "archived", NULL};

static const struct option_spec update_options[] = {
	OPTION(struct create_args, name, const char *, ARG_TEXT, 0, "name", "TEXT",
	       "what they are called"),
	CONTACT,
	OPTION(struct create_args, status, const char *, ARG_WORD, 0, "status", "STATUS",
	       "active brings an archived one back", .words = statuses),
	{0},
};

static bool run_update(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct create_args *a = args;
	const struct shop_customer_new in = contact_of(a);
	AUTO_CUSTOMER struct shop_customer customer = {0};
	char id[SHOP_ID_TEXT];

	return shop_customer_update(s->store, a->customer_id, &in, &customer, err) &&
	       out_changed(out, &shop_customer_record, &customer, err, "%s updated",
			   shop_id_format(SHOP_ID_CUSTOMER, customer.id, id));
}

const struct command cmd_customer_update = {
	.name = "update",
	.summary = "Change a customer's fields",
	.description = "The word none clears a field. The journal keeps which fields changed, not "
		       "what they held.",
	.operands = update_operands,
	.options = update_options,
	.args_size = sizeof(struct create_args),
	.needs = NEEDS_STORE_WRITE,
	.record = &shop_customer_record,
	.run = run_update,
	.examples = "shopctl customer update cus-1000 --email ana@example.com --phone none",
	.exits = "4 another customer has the e-mail",
	.see_also = "customer show, customer delete",
};
