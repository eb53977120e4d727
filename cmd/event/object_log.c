/* shopctl NOUN log, NOUN note: an object's story, and a note in it. One implementation for every
 * noun. */
#include "event/event.h"

#include "shop/timeline.h"

/* The one that was named is not 0. */
struct object_args {
	int64_t ids[SHOP_ID_TYPES];
	const char *sku, *text;
};

static enum shop_id_type type_of(const struct object_args *a)
{
	int type = SHOP_ID_TYPES - 1;

	while (type > SHOP_ID_NONE && a->ids[type] == 0)
		type--;
	return a->sku != NULL ? SHOP_ID_PRODUCT : (enum shop_id_type)type;
}

static bool run_log(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct object_args *a = args;
	const enum shop_id_type type = type_of(a);

	return shop_timeline(s->store, type, a->ids[type], a->sku, out_row,
			     &(struct out_rows){out, &shop_story_record}, err);
}

static bool run_note(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct object_args *a = args;
	const enum shop_id_type type = type_of(a);
	struct shop_story_line line;
	bool ok;

	if (!shop_note_add(s->store, type, a->ids[type], a->sku, a->text, &line, err))
		return false;
	ok = out_changed(out, &shop_story_record, &line, err, "%s noted", line.subject);
	shop_record_done(&shop_story_record, &line);
	return ok;
}

#define TEXT_OPERAND                                                                               \
	OPERAND(struct object_args, text, const char *, ARG_LONGTEXT, "TEXT",                      \
		"the note; @FILE reads it from there")

/* The log command of a noun; `one` is an operand without its flags. */
#define LOG(noun, id, about, ...)                                                                  \
	static const struct operand_spec noun##_log_operands[] = {__VA_ARGS__, {0}};               \
	const struct command cmd_##noun##_log = {                                                  \
		.name = "log",                                                                     \
		.summary = about,                                                                  \
		.operands = noun##_log_operands,                                                   \
		.args_size = sizeof(struct object_args),                                           \
		.needs = NEEDS_STORE_READ,                                                         \
		.many = true,                                                                      \
		.record = &shop_story_record,                                                      \
		.run = run_log,                                                                    \
		.examples = "shopctl " #noun " log " id "\nshopctl " #noun " log " id " -o jsonl", \
		.see_also = "event list",                                                          \
	}

#define NOTE(noun, id, ...)                                                                        \
	static const struct operand_spec noun##_note_operands[] = {                                \
		__VA_ARGS__, TEXT_OPERAND, {0}};                                                   \
	const struct command cmd_##noun##_note = {                                                 \
		.name = "note",                                                                    \
		.summary = "Keep a note for the staff with it",                                    \
		.operands = noun##_note_operands,                                                  \
		.args_size = sizeof(struct object_args),                                           \
		.needs = NEEDS_STORE_WRITE,                                                        \
		.record = &shop_story_record,                                                      \
		.run = run_note,                                                                   \
		.examples = "shopctl " #noun " note " id " 'asked for by telephone'",              \
		.see_also = #noun " log",                                                          \
	}

#define BY_ID(type, label, ...) OPERAND_ID(struct object_args, ids[type], label, type, __VA_ARGS__)
#define BY_SKU(...) OPERAND(struct object_args, sku, const char *, ARG_SKU, "SKU", __VA_ARGS__)
#define EACH .flags = OPERAND_EACH

#define STORY "Tell what happened to it: when, what and who"

LOG(backorder, "bko-1000", STORY, BY_ID(SHOP_ID_BACKORDER, "BACKORDER", "the backorder", EACH));
LOG(cart, "cart-1000", STORY, BY_ID(SHOP_ID_CART, "CART", "the cart", EACH));
LOG(customer, "cus-1000", STORY, BY_ID(SHOP_ID_CUSTOMER, "CUSTOMER", "the customer", EACH));
LOG(location, "loc-1000", STORY, BY_ID(SHOP_ID_LOCATION, "LOCATION", "the location", EACH));
LOG(order, "ord-1000",
    "Tell the whole story: the order, its payments, shipments, backorders and purchases",
    BY_ID(SHOP_ID_ORDER, "ORDER", "the order", EACH));
LOG(payment, "pay-1000", STORY, BY_ID(SHOP_ID_PAYMENT, "PAYMENT", "the payment", EACH));
LOG(product, "MUG-01", "Tell what happened to it, its prices and its stock",
    BY_SKU("the product", EACH));
LOG(purchase, "pur-1000", STORY, BY_ID(SHOP_ID_PURCHASE, "PURCHASE", "the purchase order", EACH));
LOG(shipment, "shp-1000", STORY, BY_ID(SHOP_ID_SHIPMENT, "SHIPMENT", "the shipment", EACH));
LOG(supplier, "sup-1000", STORY, BY_ID(SHOP_ID_SUPPLIER, "SUPPLIER", "the supplier", EACH));

NOTE(backorder, "bko-1000", BY_ID(SHOP_ID_BACKORDER, "BACKORDER", "the backorder"));
NOTE(cart, "cart-1000", BY_ID(SHOP_ID_CART, "CART", "the cart"));
NOTE(customer, "cus-1000", BY_ID(SHOP_ID_CUSTOMER, "CUSTOMER", "the customer"));
NOTE(location, "loc-1000", BY_ID(SHOP_ID_LOCATION, "LOCATION", "the location"));
NOTE(order, "ord-1000", BY_ID(SHOP_ID_ORDER, "ORDER", "the order"));
NOTE(payment, "pay-1000", BY_ID(SHOP_ID_PAYMENT, "PAYMENT", "the payment"));
NOTE(product, "MUG-01", BY_SKU("the product"));
NOTE(purchase, "pur-1000", BY_ID(SHOP_ID_PURCHASE, "PURCHASE", "the purchase order"));
NOTE(shipment, "shp-1000", BY_ID(SHOP_ID_SHIPMENT, "SHIPMENT", "the shipment"));
NOTE(supplier, "sup-1000", BY_ID(SHOP_ID_SUPPLIER, "SUPPLIER", "the supplier"));
