/* shopctl purchase create, line add, line remove: a draft and what stands on it. */
#include "purchase/purchase.h"

#include <glib.h>

struct create_args {
	int64_t supplier_id, location_id;
	struct line_args lines;
};

static const struct operand_spec create_operands[] = {
	OPERAND(struct create_args, lines, struct line_args, ARG_LINES, "LINE",
		"SKU:QTY or SKU:QTY@COST"),
	{0},
};

static const struct option_spec create_options[] = {
	OPTION_ID(struct create_args, supplier_id, "supplier", "SUPPLIER", SHOP_ID_SUPPLIER,
		  "who delivers", .required = true),
	OPTION_ID(struct create_args, location_id, "location", "LOCATION", SHOP_ID_LOCATION,
		  "where it is received (the default location)"),
	{0},
};

static bool run_create(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct create_args *a = args;
	g_autofree struct shop_purchase_new_line *lines = purchase_lines_of(&a->lines);
	const struct shop_purchase_new in = {
		.supplier_id = a->supplier_id,
		.location_id = a->location_id,
		.lines = lines,
		.count = a->lines.count,
	};
	AUTO_PURCHASE struct shop_purchase purchase = {0};
	char id[SHOP_ID_TEXT];

	if (!shop_purchase_create(s->store, &in, &purchase, err) ||
	    !out_changed(out, &shop_purchase_record, &purchase, err, "%s drafted with %zu line%s",
			 shop_id_format(SHOP_ID_PURCHASE, purchase.id, id), purchase.lines.count,
			 purchase.lines.count == 1 ? "" : "s"))
		return false;
	out_next(out, "shopctl purchase submit %s", id);
	return true;
}

const struct command cmd_purchase_create = {
	.name = "create",
	.summary = "Draft a purchase",
	.description = "A line without a cost takes the product's last received cost.",
	.operands = create_operands,
	.options = create_options,
	.args_size = sizeof(struct create_args),
	.needs = NEEDS_STORE_WRITE,
	.record = &shop_purchase_record,
	.run = run_create,
	.examples = "shopctl purchase create --supplier sup-1000 MUG-01:24@5.10 POT-01:6",
	.exits = "6 the supplier is archived, or the stock of a product is not counted",
	.see_also = "purchase submit, stock reorder",
};

struct line_edit {
	int64_t purchase_id, n;
	struct line_args lines;
};

#define DRAFT OPERAND_ID(struct line_edit, purchase_id, "PURCHASE", SHOP_ID_PURCHASE, "the draft")

static bool tell_lines(struct out *out, const struct shop_purchase *purchase,
		       struct shop_error *err)
{
	char id[SHOP_ID_TEXT];

	return out_changed(out, &shop_purchase_record, purchase, err, "%s has %zu line%s now",
			   shop_id_format(SHOP_ID_PURCHASE, purchase->id, id),
			   purchase->lines.count, purchase->lines.count == 1 ? "" : "s");
}

static const struct operand_spec add_operands[] = {
	DRAFT,
	OPERAND(struct line_edit, lines, struct line_args, ARG_LINES, "LINE",
		"SKU:QTY or SKU:QTY@COST"),
	{0},
};

static bool run_add(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct line_edit *a = args;
	g_autofree struct shop_purchase_new_line *lines = purchase_lines_of(&a->lines);
	AUTO_PURCHASE struct shop_purchase purchase = {0};

	return shop_purchase_add(s->store, a->purchase_id, lines, a->lines.count, &purchase, err) &&
	       tell_lines(out, &purchase, err);
}

const struct command cmd_purchase_line_add = {
	.name = "line add",
	.summary = "Add lines to a draft",
	.operands = add_operands,
	.args_size = sizeof(struct line_edit),
	.needs = NEEDS_STORE_WRITE,
	.record = &shop_purchase_record,
	.run = run_add,
	.examples = "shopctl purchase line add pur-1000 POT-01:6",
	.exits = "6 it is no draft any more",
	.see_also = "purchase line remove",
};

static const struct operand_spec remove_operands[] = {
	DRAFT,
	OPERAND(struct line_edit, n, int64_t, ARG_INT, "N", "the line's number"),
	{0},
};

static bool run_remove(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct line_edit *a = args;
	AUTO_PURCHASE struct shop_purchase purchase = {0};

	return shop_purchase_remove(s->store, a->purchase_id, a->n, &purchase, err) &&
	       tell_lines(out, &purchase, err);
}

const struct command cmd_purchase_line_remove = {
	.name = "line remove",
	.summary = "Take a line out of a draft",
	.operands = remove_operands,
	.args_size = sizeof(struct line_edit),
	.needs = NEEDS_STORE_WRITE,
	.record = &shop_purchase_record,
	.run = run_remove,
	.examples = "shopctl purchase line remove pur-1000 2",
	.exits = "6 it is no draft any more, or has no such line",
	.see_also = "purchase line add",
};
