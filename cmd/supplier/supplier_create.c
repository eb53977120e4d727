/* shopctl supplier create, update: who they are and on what terms they deliver. */
#include "supplier/supplier.h"

struct create_args {
	int64_t supplier_id;
	const char *name, *email, *phone, *country, *currency;
	int64_t lead_days, over_receipt;
};

#define TERMS                                                                                      \
	OPTION(struct create_args, email, const char *, ARG_TEXT, 0, "email", "EMAIL",             \
	       "where purchases are sent"),                                                        \
		OPTION(struct create_args, phone, const char *, ARG_TEXT, 0, "phone", "TEXT",      \
		       "whom to call"),                                                            \
		OPTION(struct create_args, country, const char *, ARG_TEXT, 0, "country", "CODE",  \
		       "ISO 3166 country"),                                                        \
		OPTION(struct create_args, currency, const char *, ARG_TEXT, 0, "currency",        \
		       "CODE", "what its purchases are paid in (the store's)",                     \
		       .hint = HINT_CURRENCY),                                                     \
		OPTION(struct create_args, lead_days, int64_t, ARG_INT, 0, "lead-days", "N",       \
		       "days from a purchase to its arrival (7)"),                                 \
		OPTION(struct create_args, over_receipt, int64_t, ARG_INT, 0, "over-receipt",      \
		       "PERCENT", "how much more than ordered may be received (the policy's)")

static const struct option_spec create_options[] = {
	OPTION(struct create_args, name, const char *, ARG_TEXT, 0, "name", "TEXT",
	       "what people call it", .required = true),
	TERMS,
	{0},
};

static struct shop_supplier_new terms_of(const struct create_args *a)
{
	return (struct shop_supplier_new){
		.name = a->name,
		.email = arg_or_clear(a->email),
		.phone = arg_or_clear(a->phone),
		.country = arg_or_clear(a->country),
		.currency = a->currency,
		.lead_days = a->lead_days,
		.over_percent = a->over_receipt,
	};
}

static bool run_create(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct shop_supplier_new in = terms_of(args);
	AUTO_SUPPLIER struct shop_supplier supplier = {0};
	char id[SHOP_ID_TEXT];

	return shop_supplier_create(s->store, &in, &supplier, err) &&
	       out_changed(out, &shop_supplier_record, &supplier, err, "%s created: %s",
			   shop_id_format(SHOP_ID_SUPPLIER, supplier.id, id), supplier.name);
}

const struct command cmd_supplier_create = {
	.name = "create",
	.summary = "Add a supplier",
	.options = create_options,
	.args_size = sizeof(struct create_args),
	.needs = NEEDS_STORE_WRITE,
	.record = &shop_supplier_record,
	.run = run_create,
	.examples = "shopctl supplier create --name 'Kiln & Co'\n"
		    "shopctl supplier create --name 'Leaf Ltd' --country IN --currency USD "
		    "--lead-days 21 --over-receipt 5",
	.exits = "4 the name is taken",
	.see_also = "product update, purchase create",
};

static const struct operand_spec update_operands[] = {
	OPERAND_ID(struct create_args, supplier_id, "SUPPLIER", SHOP_ID_SUPPLIER, "the supplier",
		   .flags = OPERAND_EACH),
	{0},
};

static const struct option_spec update_options[] = {
	OPTION(struct create_args, name, const char *, ARG_TEXT, 0, "name", "TEXT",
	       "what people call it"),
	TERMS,
	{0},
};

static bool run_update(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct create_args *a = args;
	const struct shop_supplier_new in = terms_of(a);
	AUTO_SUPPLIER struct shop_supplier supplier = {0};
	char id[SHOP_ID_TEXT];

	return shop_supplier_update(s->store, a->supplier_id, &in, &supplier, err) &&
	       out_changed(out, &shop_supplier_record, &supplier, err, "%s updated",
			   shop_id_format(SHOP_ID_SUPPLIER, supplier.id, id));
}

const struct command cmd_supplier_update = {
	.name = "update",
	.summary = "Change a supplier's fields",
	.description = "Purchases that were made keep their currency. The word none clears a text.",
	.operands = update_operands,
	.options = update_options,
	.args_size = sizeof(struct create_args),
	.needs = NEEDS_STORE_WRITE,
	.record = &shop_supplier_record,
	.run = run_update,
	.examples = "shopctl supplier update sup-1000 --lead-days 14",
	.exits = "4 the name is taken",
	.see_also = "supplier show",
};
