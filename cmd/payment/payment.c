/* shopctl payment: the group's table. */
#include "payment/payment.h"

#include "event/event.h"
#include "frame/registry.h"

static const struct command *const commands[] = {
	&cmd_payment_list,	&cmd_payment_show,
	&cmd_payment_authorize, &cmd_payment_capture,
	&cmd_payment_void,	&cmd_payment_refund,
	&cmd_payment_resolve,	&cmd_payment_log,
	&cmd_payment_note,	NULL,
};

const struct command_group group_payment = {
	.name = "payment",
	.summary = "Money for orders: authorized, captured, released, refunded",
	.commands = commands,
};
