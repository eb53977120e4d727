/* shopctl stock reorder: draft purchases for what runs out. */
#include "stock/stock.h"

#include "shop/purchase.h"

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	(void)args;
	return shop_purchase_reorder(s->store, out_row,
				     &(struct out_rows){out, &shop_reorder_record}, err);
}

const struct command cmd_stock_reorder = {
	.name = "reorder",
	.summary = "Draft purchases for products at their reorder point, and for waiting orders",
	.description =
		"Looks at what will be left when all on order has come and all that is promised has"
		" gone. At or below the reorder point, as much is drafted as lifts it above, at "
		"least"
		" the product's reorder quantity. Run again, it drafts nothing more. A product is"
		" blocked when it names no supplier and the shop has none or several.",
	.needs = NEEDS_STORE_WRITE,
	.many = true,
	.record = &shop_reorder_record,
	.run = run,
	.examples = "shopctl stock reorder --dry-run\nshopctl stock reorder",
	.see_also = "product update, purchase submit, purchase blocked",
};
