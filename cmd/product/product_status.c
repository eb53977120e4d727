/* shopctl product publish, unpublish, delete: whether a product is on sale. */
#include "product/product.h"

struct status_args {
	const char *sku;
};

static const struct operand_spec operands[] = {
	OPERAND(struct status_args, sku, const char *, ARG_SKU, "SKU", "the product",
		.flags = OPERAND_EACH),
	{0},
};

static bool set_status(struct session *s, const void *args, const char *status, struct out *out,
		       struct shop_error *err)
{
	const struct status_args *a = args;
	AUTO_PRODUCT struct shop_product product = {0};

	return shop_product_set_status(s->store, a->sku, status, &product, err) &&
	       out_changed(out, &shop_product_record, &product, err, "%s is %s", product.sku,
			   product.status);
}

static bool run_publish(struct session *s, const void *args, struct out *out,
			struct shop_error *err)
{
	return set_status(s, args, "active", out, err);
}

static bool run_unpublish(struct session *s, const void *args, struct out *out,
			  struct shop_error *err)
{
	return set_status(s, args, "draft", out, err);
}

static bool run_delete(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	return set_status(s, args, "archived", out, err);
}

const struct command cmd_product_publish = {
	.name = "publish",
	.summary = "Put drafts or archived products on sale",
	.operands = operands,
	.args_size = sizeof(struct status_args),
	.needs = NEEDS_STORE_WRITE,
	.record = &shop_product_record,
	.run = run_publish,
	.examples = "shopctl product publish POT-02\nshopctl product list --status draft -o id | "
		    "shopctl product publish -",
	.exits = "6 the product has no price",
	.see_also = "product unpublish",
};

const struct command cmd_product_unpublish = {
	.name = "unpublish",
	.summary = "Take products off sale, back to draft",
	.operands = operands,
	.args_size = sizeof(struct status_args),
	.needs = NEEDS_STORE_WRITE,
	.record = &shop_product_record,
	.run = run_unpublish,
	.examples = "shopctl product unpublish POT-02",
	.see_also = "product publish, product delete",
};

const struct command cmd_product_delete = {
	.name = "delete",
	.summary = "Archive products: never sold again, kept in every order's history",
	.operands = operands,
	.args_size = sizeof(struct status_args),
	.needs = NEEDS_STORE_WRITE,
	.record = &shop_product_record,
	.run = run_delete,
	.examples = "shopctl product delete POT-02",
	.see_also = "product publish",
};
