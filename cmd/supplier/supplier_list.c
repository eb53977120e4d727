/* shopctl supplier list, show, delete: the suppliers there are. */
#include "supplier/supplier.h"

#include "page/page.h"

struct list_args {
	const char *status;
};

static const char *const statuses[] = {"active", "archived", NULL};

static const struct option_spec list_options[] = {
	OPTION(struct list_args, status, const char *, ARG_WORD, 0, "status", "STATUS",
	       "active (the default) or archived", .words = statuses),
	{0},
};

static bool run_list(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct list_args *a = args;

	return shop_supplier_list(s->store, a->status, SHOP_NULL, out_row,
				  &(struct out_rows){out, &shop_supplier_record}, err);
}

const struct command cmd_supplier_list = {
	.name = "list",
	.summary = "List suppliers",
	.options = list_options,
	.args_size = sizeof(struct list_args),
	.needs = NEEDS_STORE_READ,
	.many = true,
	.order = "id",
	.record = &shop_supplier_record,
	.run = run_list,
	.examples =
		"shopctl supplier list\nshopctl supplier list --fields id,name,lead_days -o csv",
	.see_also = "supplier show, purchase list",
};

struct one_args {
	int64_t supplier_id;
};

static const struct operand_spec operands[] = {
	OPERAND_ID(struct one_args, supplier_id, "SUPPLIER", SHOP_ID_SUPPLIER, "the supplier",
		   .flags = OPERAND_EACH),
	{0},
};

static const struct out_block supplier_blocks[] = {
	{.head = "id,name,status", .fields = "email,phone,country,created_at;currency,lead_days,over_percent"},
	{0},
};

static const struct page_of supplier_page = {&shop_supplier_record, supplier_blocks, SHOP_ID_SUPPLIER};

static bool run_show(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct one_args *a = args;
	AUTO_SUPPLIER struct shop_supplier supplier = {0};

	return shop_supplier_load(s->store, a->supplier_id, &supplier, err) &&
	       page_show(s, &supplier_page, supplier.id, &supplier, out, err);
}

const struct command cmd_supplier_show = {
	.name = "show",
	.summary = "Show suppliers",
	.operands = operands,
	.args_size = sizeof(struct one_args),
	.needs = NEEDS_STORE_READ,
	.record = &shop_supplier_record,
	.run = run_show,
	.examples = "shopctl supplier show sup-1000",
	.see_also = "supplier update, purchase list",
};

static bool run_delete(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct one_args *a = args;
	AUTO_SUPPLIER struct shop_supplier supplier = {0};
	char id[SHOP_ID_TEXT];

	return shop_supplier_archive(s->store, a->supplier_id, &supplier, err) &&
	       out_changed(out, &shop_supplier_record, &supplier, err, "%s archived: %s",
			   shop_id_format(SHOP_ID_SUPPLIER, supplier.id, id), supplier.name);
}

const struct command cmd_supplier_delete = {
	.name = "delete",
	.summary = "Archive suppliers: bought from no more, kept in every purchase's history",
	.operands = operands,
	.args_size = sizeof(struct one_args),
	.needs = NEEDS_STORE_WRITE,
	.record = &shop_supplier_record,
	.run = run_delete,
	.examples = "shopctl supplier delete sup-1001",
	.exits = "6 it has open purchases",
	.see_also = "purchase cancel, purchase close",
};
