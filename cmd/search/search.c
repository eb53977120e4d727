/* shopctl search: anything that holds the words, the best first. */
#include "search/search.h"

#include "frame/registry.h"
#include "shop/text.h"

struct search_args {
	struct word_args words;
	const char *kinds;
};

static const struct operand_spec operands[] = {
	OPERAND(struct search_args, words, struct word_args, ARG_WORDS, "TEXT",
		"words of it, or parts of a SKU, e-mail, phone or tracking number"),
	{0},
};

static const struct option_spec options[] = {
	OPTION(struct search_args, kinds, const char *, ARG_LIST, 0, "kind", "KIND,…",
	       "only these: product, customer, supplier, order, shipment, purchase", .hint = HINT_SEARCHED),
	{0},
};

/* The progress line goes before the first row comes. */
struct rows {
	struct search_listener listener;
	struct out *out;
	char *notice;
};

static bool print(const void *record, void *ctx, struct shop_error *err)
{
	struct rows *rows = ctx;

	search_listened(&rows->listener, rows->out, NULL);
	return out_record(rows->out, &shop_search_hit_record, record, err);
}

static bool search(struct session *s, const struct search_args *a, unsigned kinds, struct out *out,
		   struct shop_error *err)
{
	struct rows rows = {.out = out};
	GString *text = g_string_new(NULL);
	struct shop_search in = {
		.kinds = kinds,
		.now_us = s->clock.now_us,
		.progress = &rows.listener.progress,
		.ret_notice = &rows.notice,
	};
	bool ok;

	for (size_t i = 0; i < a->words.count; i++)
		g_string_append_printf(text, "%s%s", i == 0 ? "" : " ", a->words.items[i]);
	in.text = text->str;
	search_listen(&rows.listener, s->quiet);
	ok = shop_search(s->store, &in, print, &rows, err);
	search_listened(&rows.listener, out, rows.notice);
	g_string_free(text, TRUE);
	return ok;
}

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct search_args *a = args;
	unsigned kinds = 0;

	if (a->kinds == NULL || shop_search_kinds_read(a->kinds, &kinds, err))
		return search(s, a, kinds, out, err);
	shop_fail_while(err, "--kind");
	return shop_fail_field(err, "kind");
}

static bool run_product(struct session *s, const void *args, struct out *out,
			struct shop_error *err)
{
	return search(s, args, 1u << SHOP_ID_PRODUCT, out, err);
}

#define WORDS                                                                                      \
	"Each word must begin a word of the object, whatever its case and accents (muller finds "  \
	"Müller), or be part of a SKU, barcode, e-mail, phone, tracking number or reference "     \
	"(three characters at least). "

const struct command cmd_search = {
	.name = "search",
	.summary = "Find products, customers, orders, shipments … by words",
	.description = WORDS
	"An order is found by its customer's texts, too, a shipment by its order's, a "
	"purchase by its supplier's; an id or a number finds what has it. What fits best "
	"comes first, then the newest. The texts are kept in an index beside the store, "
	"STORE-search, which each search brings up to date; it can be deleted at any time.",
	.operands = operands,
	.options = options,
	.args_size = sizeof(struct search_args),
	.needs = NEEDS_STORE_READ,
	.many = true,
	.order = "rank,-number",
	.record = &shop_search_hit_record,
	.run = run,
	.examples = "shopctl search lima\n"
		    "shopctl search mug --kind product -o id\n"
		    "shopctl search 00340 --kind shipment,order\n"
		    "shopctl search ana@example --fields id,title,matched",
	.see_also = "product search, order list, query",
};

const struct command cmd_product_search = {
	.name = "search",
	.summary = "Find products by words of their title, category, SKU or barcode",
	.description = WORDS "What fits best comes first.",
	.operands = operands,
	.args_size = sizeof(struct search_args),
	.needs = NEEDS_STORE_READ,
	.many = true,
	.order = "rank,-number",
	.record = &shop_search_hit_record,
	.run = run_product,
	.examples = "shopctl product search mug\nshopctl product search 'tea pot' -o id",
	.see_also = "search, product list",
};
