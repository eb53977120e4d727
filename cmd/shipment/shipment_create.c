/* shopctl shipment create, split: which units go into which parcel. */
#include "shipment/shipment.h"

#include <glib.h>

bool shipment_takes(const struct line_args *lines, struct shop_shipment_take **ret_takes,
		    struct shop_error *err)
{
	struct shop_shipment_take *takes;

	for (size_t i = 0; i < lines->count; i++)
		if (lines->items[i].price.minor != SHOP_NULL)
			return shop_fail(err, E_USAGE,
					 "a line of a shipment is SKU or SKU:QTY, without a price");
	takes = g_new0(struct shop_shipment_take, lines->count + 1);
	for (size_t i = 0; i < lines->count; i++)
		takes[i] = (struct shop_shipment_take){
			.sku = lines->items[i].sku,
			.qty = lines->items[i].qty,
		};
	*ret_takes = takes;
	return true;
}

struct create_args {
	int64_t order_id;
	struct line_args lines;
};

static const struct operand_spec create_operands[] = {
	OPERAND_ID(struct create_args, order_id, "ORDER", SHOP_ID_ORDER, "whose units"),
	OPERAND(struct create_args, lines, struct line_args, ARG_LINES, "LINE",
		"SKU:QTY of its units; all that is ready without one", .flags = OPERAND_OPTIONAL,
		.hint = HINT_ITS_LINE),
	{0},
};

static bool print_created(const void *record, void *ctx, struct shop_error *err)
{
	const struct shop_shipment *s = record;
	char id[SHOP_ID_TEXT], order[SHOP_ID_TEXT], location[SHOP_ID_TEXT];

	out_next(ctx, "shopctl shipment pack %s", shop_id_format(SHOP_ID_SHIPMENT, s->id, id));
	return out_changed(ctx, &shop_shipment_record, s, err, "%s opened for %s at %s: %zu %s", id,
			   shop_id_format(SHOP_ID_ORDER, s->order_id, order),
			   shop_id_format(SHOP_ID_LOCATION, s->location_id, location),
			   s->lines.count, s->lines.count == 1 ? "line" : "lines");
}

static bool run_create(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct create_args *a = args;
	struct shop_shipment_take *takes;
	bool ok;

	if (!shipment_takes(&a->lines, &takes, err))
		return false;
	ok = shop_shipment_create(s->store, a->order_id, takes, a->lines.count, print_created, out,
				  err);
	g_free(takes);
	return ok;
}

const struct command cmd_shipment_create = {
	.name = "create",
	.summary = "Open shipments of units allocated to an order, one per location",
	.operands = create_operands,
	.args_size = sizeof(struct create_args),
	.needs = NEEDS_STORE_WRITE,
	.many = true,
	.record = &shop_shipment_record,
	.run = run_create,
	.description =
		"The worker opens shipments for all that is allocated when an order is "
		"confirmed; this makes them by hand, for a part of it or after a shipment was "
		"canceled.",
	.examples = "shopctl shipment create ord-1007\n"
		    "shopctl shipment create ord-1007 POT-01:2",
	.exits = "6 the order is not confirmed or on hold, or less than that is ready",
	.see_also = "shipment split, shipment list, backorder list",
};

struct split_args {
	int64_t id;
	struct line_args lines;
};

static const struct operand_spec split_operands[] = {
	OPERAND_ID(struct split_args, id, "SHIPMENT", SHOP_ID_SHIPMENT,
		   "the shipment to take from"),
	OPERAND(struct split_args, lines, struct line_args, ARG_LINES, "LINE",
		"SKU:QTY that gets a parcel of its own", .hint = HINT_ITS_LINE),
	{0},
};

static bool run_split(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct split_args *a = args;
	AUTO_SHIPMENT struct shop_shipment shipment = {0};
	struct shop_shipment_take *takes;
	char id[SHOP_ID_TEXT], from[SHOP_ID_TEXT];
	bool ok;

	if (!shipment_takes(&a->lines, &takes, err))
		return false;
	ok = shop_shipment_split(s->store, a->id, takes, a->lines.count, &shipment, err);
	g_free(takes);
	return ok && out_changed(out, &shop_shipment_record, &shipment, err, "%s split from %s",
				 shop_id_format(SHOP_ID_SHIPMENT, shipment.id, id),
				 shop_id_format(SHOP_ID_SHIPMENT, a->id, from));
}

const struct command cmd_shipment_split = {
	.name = "split",
	.summary = "Move units of a shipment into a new one",
	.operands = split_operands,
	.args_size = sizeof(struct split_args),
	.needs = NEEDS_STORE_WRITE,
	.record = &shop_shipment_record,
	.run = run_split,
	.description = "For a parcel that gets too heavy, and for units that are not on the shelf: "
		       "split them off and cancel the new shipment, and they are allocated only.",
	.examples = "shopctl shipment split shp-1000 MUG-01:1",
	.exits =
		"6 the shipment is packed already, has fewer units, or nothing would be left in it",
	.see_also = "shipment create, shipment cancel",
};
