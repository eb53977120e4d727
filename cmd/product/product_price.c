/* shopctl product price set, price history: prices in force, to come, and past. */
#include "product/product.h"

#include "frame/config.h"
#include "frame/frame.h"

struct set_args {
	const char *sku, *adjust, *round;
	struct shop_money to;
	int64_t from_us, until_us;
};

static const struct operand_spec set_operands[] = {
	OPERAND(struct set_args, sku, const char *, ARG_SKU, "SKU", "the product",
		.flags = OPERAND_EACH),
	{0},
};

static const struct option_spec set_options[] = {
	OPTION(struct set_args, to, struct shop_money, ARG_MONEY, 0, "to", "MONEY",
	       "the new price"),
	OPTION(struct set_args, adjust, const char *, ARG_TEXT, 0, "adjust", "CHANGE",
	       "from the price in force: +5%, -1.00"),
	OPTION(struct set_args, round, const char *, ARG_TEXT, 0, "round", "MONEY",
	       "0.99: to that ending; 0.05: to that multiple"),
	OPTION(struct set_args, from_us, int64_t, ARG_TIME, 0, "from", "TIME",
	       "when it begins (now)"),
	OPTION(struct set_args, until_us, int64_t, ARG_TIME, 0, "until", "TIME",
	       "when it ends (never)"),
	{0},
};

/* CLI.md §8.6: a price that moves further than safety.max_price_change is confirmed by its SKU. One
 * that begins later is not in force yet. */
static void weigh(struct session *s, const struct shop_product *before, const struct set_args *a,
		  const struct shop_product *after)
{
	struct shop_money to =
		a->to.minor != SHOP_NULL ? a->to : shop_money_of(after->price, after->currency);

	if (shop_price_moves(shop_money_of(before->price, before->currency), to) >
	    100 * config_int(s->config, "safety.max_price_change"))
		session_confirm(s, after->sku);
}

static bool run_set(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct set_args *a = args;
	const struct shop_price_change in = {
		.to = a->to,
		.by = a->adjust,
		.round = a->round,
		.from_us = a->from_us,
		.until_us = a->until_us,
	};
	bool weighs = config_text(s->config, "safety.max_price_change") != NULL;
	bool is_later = a->from_us != SHOP_NULL && a->from_us > s->clock.now_us;
	AUTO_PRODUCT struct shop_product before = {0};
	AUTO_PRODUCT struct shop_product product = {0};
	char text[SHOP_MONEY_TEXT], begins[SHOP_TIME_TEXT];

	if ((a->to.minor == SHOP_NULL) == (a->adjust == NULL))
		return shop_fail(err, E_USAGE,
				 "price set takes one of --to MONEY and --adjust CHANGE");
	if ((weighs && !shop_product_load(s->store, a->sku, s->clock.now_us, &before, err)) ||
	    !shop_price_set(s->store, a->sku, &in, &product, err))
		return false;
	if (weighs)
		weigh(s, &before, a, &product);
	return out_changed(out, &shop_product_record, &product, err, "%s costs %s now%s%s",
			   product.sku,
			   product.currency == NULL
				   ? "nothing"
				   : shop_money_format_full(
					     shop_money_of(product.price, product.currency), text),
			   is_later ? "; the new price begins " : "",
			   is_later ? shop_time_format_utc(a->from_us, begins) : "");
}

const struct command cmd_product_price_set = {
	.name = "price set",
	.summary = "Set prices, now or for a span of time",
	.operands = set_operands,
	.options = set_options,
	.args_size = sizeof(struct set_args),
	.needs = NEEDS_STORE_WRITE,
	.weighs = true,
	.record = &shop_product_record,
	.run = run_set,
	.examples =
		"shopctl product price set MUG-01 --to 13.00\n"
		"shopctl product price set MUG-01 --adjust +5% --round 0.05 --dry-run\n"
		"shopctl product price set MUG-01 --to 9.90 --from 2026-12-01 --until 2026-12-24",
	.exits = "11 it changes by more than safety.max_price_change: --confirm SKU",
	.see_also = "product price history",
};

struct history_args {
	const char *sku;
};

static const struct operand_spec history_operands[] = {
	OPERAND(struct history_args, sku, const char *, ARG_SKU, "SKU", "the product"),
	{0},
};

static bool run_history(struct session *s, const void *args, struct out *out,
			struct shop_error *err)
{
	const struct history_args *a = args;

	return shop_price_history(s->store, a->sku, out_row,
				  &(struct out_rows){out, &shop_price_record}, err);
}

const struct command cmd_product_price_history = {
	.name = "price history",
	.summary = "All prices a product had and will have",
	.operands = history_operands,
	.args_size = sizeof(struct history_args),
	.needs = NEEDS_STORE_READ,
	.many = true,
	.record = &shop_price_record,
	.run = run_history,
	.examples = "shopctl product price history MUG-01",
	.see_also = "product price set",
};
