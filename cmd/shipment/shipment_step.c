/* shopctl shipment pick, unpick, pack, deliver, cancel: the steps that take nothing but the
 * shipment. */
#include "shipment/shipment.h"

struct step_args {
	int64_t id;
};

static const struct operand_spec operands[] = {
	OPERAND_ID(struct step_args, id, "SHIPMENT", SHOP_ID_SHIPMENT, "the shipment",
		   .flags = OPERAND_EACH),
	{0},
};

typedef bool (*step_fn)(struct shop_store *store, int64_t id, struct shop_shipment *ret_shipment,
			struct shop_error *err);

/* Do the step, say what the shipment is now, and name the step after it (NULL = none). */
static bool step(struct session *s, const void *args, step_fn fn, const char *next, struct out *out,
		 struct shop_error *err)
{
	const struct step_args *a = args;
	AUTO_SHIPMENT struct shop_shipment shipment = {0};
	char id[SHOP_ID_TEXT];

	if (!fn(s->store, a->id, &shipment, err) ||
	    !out_changed(out, &shop_shipment_record, &shipment, err, "%s is %s",
			 shop_id_format(SHOP_ID_SHIPMENT, a->id, id), shipment.status))
		return false;
	if (next != NULL)
		out_next(out, "shopctl shipment %s %s", next, id);
	return true;
}

static bool run_pick(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	return step(s, args, shop_shipment_pick, "pack", out, err);
}

static bool run_unpick(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	return step(s, args, shop_shipment_unpick, "pick", out, err);
}

static bool run_pack(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	return step(s, args, shop_shipment_pack, "dispatch", out, err);
}

static bool run_deliver(struct session *s, const void *args, struct out *out,
			struct shop_error *err)
{
	return step(s, args, shop_shipment_deliver, NULL, out, err);
}

static bool run_cancel(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	return step(s, args, shop_shipment_cancel, NULL, out, err);
}

const struct command cmd_shipment_pick = {
	.name = "pick",
	.summary = "Begin to gather what is in open shipments",
	.operands = operands,
	.args_size = sizeof(struct step_args),
	.needs = NEEDS_STORE_WRITE,
	.record = &shop_shipment_record,
	.run = run_pick,
	.examples = "shopctl shipment pick shp-1000\n"
		    "shopctl shipment list --status open -o id | shopctl shipment pick -",
	.exits = "6 the shipment is not open, or its order is on hold",
	.see_also = "shipment pack, shipment unpick, shipment split",
};

const struct command cmd_shipment_unpick = {
	.name = "unpick",
	.summary = "Put shipments back from picking to open",
	.operands = operands,
	.args_size = sizeof(struct step_args),
	.needs = NEEDS_STORE_WRITE,
	.record = &shop_shipment_record,
	.run = run_unpick,
	.examples = "shopctl shipment unpick shp-1001",
	.exits = "6 the shipment is not being picked",
	.see_also = "shipment pick",
};

const struct command cmd_shipment_pack = {
	.name = "pack",
	.summary = "Say that parcels are packed",
	.operands = operands,
	.args_size = sizeof(struct step_args),
	.needs = NEEDS_STORE_WRITE,
	.record = &shop_shipment_record,
	.run = run_pack,
	.description = "An open shipment passes picking; both steps are in the journal.",
	.examples = "shopctl shipment pack shp-1000\n"
		    "shopctl shipment list --order ord-1000 --status open -o id | shopctl shipment "
		    "pack -",
	.exits = "6 the shipment is packed or gone already, or its order is on hold",
	.see_also = "shipment dispatch",
};

const struct command cmd_shipment_deliver = {
	.name = "deliver",
	.summary = "Say that parcels have arrived",
	.operands = operands,
	.args_size = sizeof(struct step_args),
	.needs = NEEDS_STORE_WRITE,
	.record = &shop_shipment_record,
	.run = run_deliver,
	.examples = "shopctl shipment deliver shp-1003\n"
		    "shopctl shipment list --status shipped -o id | shopctl shipment deliver -",
	.exits = "6 the shipment has not shipped, or was delivered already",
	.see_also = "shipment track",
};

const struct command cmd_shipment_cancel = {
	.name = "cancel",
	.summary = "Take shipments that have not left apart again",
	.operands = operands,
	.args_size = sizeof(struct step_args),
	.needs = NEEDS_STORE_WRITE,
	.confirm = CONFIRM_YES,
	.record = &shop_shipment_record,
	.run = run_cancel,
	.description = "Their units stay allocated to the order, ready for another shipment.",
	.examples = "shopctl shipment cancel shp-1000 --yes",
	.exits = "6 the shipment has left or is canceled already",
	.see_also = "shipment create, order cancel",
};
