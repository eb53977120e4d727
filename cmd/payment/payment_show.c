/* shopctl payment show: payments with their operations. */
#include "payment/payment.h"

#include "page/page.h"

struct show_args {
	int64_t payment_id;
};

static const struct operand_spec operands[] = {
	OPERAND_ID(struct show_args, payment_id, "PAYMENT", SHOP_ID_PAYMENT, "the payment",
		   .flags = OPERAND_EACH),
	{0},
};

static const struct out_block payment_blocks[] = {
	{.head = "id,status",
	 .fields = "order,driver,created_at,authorized_until;amount,authorized,captured,refunded,voided"},
	{.title = "Operations",
	 .list = "operations",
	 .fields = "n,kind,status,amount,settled_at,provider_ref,message,ref"},
	{0},
};

static const struct page_of payment_page = {&shop_payment_record, payment_blocks, SHOP_ID_PAYMENT};

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct show_args *a = args;
	AUTO_PAYMENT struct shop_payment payment = {0};

	return shop_payment_load(s->store, a->payment_id, &payment, err) &&
	       page_show(s, &payment_page, payment.id, &payment, out, err);
}

const struct command cmd_payment_show = {
	.name = "show",
	.summary = "Show payments with every operation",
	.operands = operands,
	.args_size = sizeof(struct show_args),
	.needs = NEEDS_STORE_READ,
	.record = &shop_payment_record,
	.run = run,
	.examples = "shopctl payment show pay-1000\nshopctl payment show pay-1000 -o json",
	.see_also = "payment list, event list",
};
