/*
 * Customers by e-mail address; those without one, and whose address is to change, by id.
 */
#include "declare/declare_run.h"

#include "domain/domain.h"
#include "import/import_run.h"
#include "shop/customer.h"

#include <string.h>

enum { ID, EMAIL, NAME, PHONE, COMPANY, COUNTRY, STATUS };

static const char *const statuses[] = {"active", "archived", NULL};

static const struct declare_field fields[] = {
	[ID] = {.name = "id",
		.type = DECLARE_ID,
		.doc = "in place of the address, which can then change"},
	[EMAIL] = {.name = "email",
		   .type = DECLARE_EMAIL,
		   .flags = DECLARE_KEY,
		   .doc = "where mail reaches them"},
	[NAME] = {.name = "name",
		  .type = DECLARE_TEXT,
		  .flags = DECLARE_KEEP,
		  .doc = "what they are called"},
	[PHONE] = {.name = "phone",
		   .type = DECLARE_TEXT,
		   .max_chars = 40,
		   .doc = "where a call reaches them"},
	[COMPANY] = {.name = "company", .type = DECLARE_TEXT, .doc = "the firm they buy for"},
	[COUNTRY] = {.name = "country", .type = DECLARE_COUNTRY, .doc = "ISO 3166 alpha-2"},
	[STATUS] = {.name = "status",
		    .type = DECLARE_WORD,
		    .flags = DECLARE_KEEP,
		    .words = statuses,
		    .doc = "active or archived; a new one is active"},
};

static void fill(const struct shop_customer *c, struct declare_live *live)
{
	char text[SHOP_ID_TEXT];

	live->found = true;
	live->archived = strcmp(c->status, "archived") == 0;
	live->id = c->id;
	live->version = c->version;
	g_strlcpy(live->ident, shop_id_format(SHOP_ID_CUSTOMER, c->id, text), sizeof(live->ident));
	value_fill(&declare_customer, &shop_customer_record, c, live);
	if (c->email == NULL)
		live->texts[ID] = g_strdup(text);
}

static bool load(struct declare_run *run, struct declare_value *values, struct declare_live *live,
		 struct shop_error *err)
{
	AUTO_CUSTOMER struct shop_customer customer = {0};
	int64_t id;

	if (values[ID].text != NULL
		    ? !import_reference(run->store, values[ID].text, SHOP_ID_CUSTOMER,
					customer_find, "id", &id, err)
		    : !customer_find(run->store, values[EMAIL].text, &id, err))
		return false;
	if (id == 0)
		return true;
	if (!shop_customer_load(run->store, id, &customer, err))
		return false;
	fill(&customer, live);
	return true;
}

struct listing {
	declare_live_fn fn;
	void *ctx;
};

static bool give(const void *record, void *ctx, struct shop_error *err)
{
	const struct listing *l = ctx;
	AUTO_LIVE struct declare_live live = {0};

	fill(record, &live);
	return l->fn(&live, l->ctx, err);
}

static bool each(struct declare_run *run, declare_live_fn fn, void *ctx, struct shop_error *err)
{
	const struct shop_customer_filter filter = {.limit = SHOP_NULL};
	struct listing listing = {fn, ctx};

	return shop_customer_list(run->store, &filter, give, &listing, err);
}

static struct shop_customer_new customer_of(const struct declare_want *want)
{
	return (struct shop_customer_new){
		.name = want->texts[NAME],
		.email = want_text(want, EMAIL),
		.phone = want_text(want, PHONE),
		.company = want_text(want, COMPANY),
		.country = want_text(want, COUNTRY),
		.status = want->texts[STATUS],
	};
}

static bool create(struct declare_run *run, const struct declare_want *want, struct shop_error *err)
{
	struct shop_customer_new in = customer_of(want);
	const struct shop_customer_new archived = {.status = "archived"};
	AUTO_CUSTOMER struct shop_customer customer = {0};
	AUTO_CUSTOMER struct shop_customer after = {0};

	in.status = NULL;
	return shop_customer_create(run->store, &in, &customer, err) &&
	       (g_strcmp0(want->texts[STATUS], "archived") != 0 ||
		shop_customer_update(run->store, customer.id, &archived, &after, err));
}

static bool update(struct declare_run *run, const struct declare_live *live,
		   const struct declare_want *want, struct shop_error *err)
{
	const struct shop_customer_new in = customer_of(want);
	AUTO_CUSTOMER struct shop_customer customer = {0};

	return shop_customer_update(run->store, live->id, &in, &customer, err);
}

static bool archive(struct declare_run *run, const struct declare_live *live,
		    struct shop_error *err)
{
	const struct shop_customer_new in = {.status = "archived"};
	AUTO_CUSTOMER struct shop_customer customer = {0};

	return shop_customer_update(run->store, live->id, &in, &customer, err);
}

const struct declare_kind declare_customer = {
	.name = "customer",
	.doc = "who buys; addresses stay as they are",
	.fields = fields,
	.count = G_N_ELEMENTS(fields),
	.personal = true,
	.load = load,
	.each = each,
	.create = create,
	.update = update,
	.archive = archive,
};
