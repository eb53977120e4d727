/* shopctl cart address: where a cart's goods are to go. */
#include "cart/cart.h"

#include "frame/config.h"
#include "frame/frame.h"

#include <string.h>

struct address_args {
	int64_t cart_id, n;
	const char *ship;
};

static const struct operand_spec operands[] = {
	OPERAND_ID(struct address_args, cart_id, "CART", SHOP_ID_CART, "the cart"),
	{0},
};

static const struct option_spec options[] = {
	OPTION(struct address_args, ship, const char *, ARG_LONGTEXT, 0, "ship", "ADDRESS",
	       "the address as YAML or JSON; @FILE reads it from a file"),
	OPTION(struct address_args, n, int64_t, ARG_INT, 0, "customer-address", "N",
	       "number N of the customer's addresses"),
	{0},
};

/* One line of the address; null is what is not there. */
static bool take_line(const char *key, const char *value, int line, void *ctx,
		      struct shop_error *err)
{
	const struct shop_field *field = shop_record_field(&shop_address_record, key);
	char *text;

	if (field == NULL || field->type != SHOP_TYPE_TEXT) {
		shop_fail(err, E_INVALID, "ship:%d: an address has no field \"%s\"", line, key);
		return shop_fail_field(err, "ship");
	}
	if (strcmp(value, "null") == 0 || strcmp(value, "~") == 0)
		return true;
	text = g_strdup(value);
	memcpy((char *)ctx + field->offset, &text, sizeof(text));
	return true;
}

/* JSON is read as the YAML it is, so both have the same limits. */
static bool read_address(const char *text, struct shop_address *ret_address, struct shop_error *err)
{
	if (config_yaml_read(text, strlen(text), "ship", take_line, ret_address, err))
		return true;
	if (err->id != E_CONFIG)
		return false;
	{
		AUTO_ERROR struct shop_error unread = {0};

		shop_error_take(&unread, err);
		shop_fail(err, E_INVALID, "%s", unread.message);
	}
	return shop_fail_field(err, "ship");
}

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct address_args *a = args;
	AUTO_ADDRESS struct shop_address address = {0};
	AUTO_CART struct shop_cart cart = {0};
	struct shop_address_new given;
	char id[SHOP_ID_TEXT];

	if ((a->ship == NULL) == (a->n == SHOP_NULL))
		return shop_fail(
			err, E_USAGE,
			"cart address takes one of --ship ADDRESS and --customer-address N");
	if (a->ship != NULL && !read_address(a->ship, &address, err))
		return false;
	given = shop_address_given(&address);
	return shop_cart_address(s->store, a->cart_id, a->ship == NULL ? NULL : &given, a->n, &cart,
				 err) &&
	       out_changed(out, &shop_cart_record, &cart, err, "%s has an address",
			   shop_id_format(SHOP_ID_CART, cart.id, id));
}

const struct command cmd_cart_address = {
	.name = "address",
	.summary = "Say where a cart's goods are to go",
	.description = "An address has name, street, city and country, and may have label, "
		       "company, street2, region, "
		       "postcode and phone. The cart keeps it as it is now, whatever becomes of "
		       "the customer's.",
	.operands = operands,
	.options = options,
	.args_size = sizeof(struct address_args),
	.needs = NEEDS_STORE_WRITE,
	.record = &shop_cart_record,
	.run = run,
	.examples = "shopctl cart address cart-1000 --ship @address.yaml\n"
		    "shopctl cart address cart-1000 --customer-address 1",
	.see_also = "customer address add, cart checkout",
};
