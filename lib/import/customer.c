/*
 * Customers by e-mail address, each with one postal address if the file has it.
 */
#include "import/import_run.h"

#include "domain/domain.h"
#include "shop/customer.h"

#include <string.h>

enum { EMAIL, NAME, PHONE, COMPANY, COUNTRY, STREET, STREET2, CITY, REGION, POSTCODE };

static const struct import_field fields[] = {
	[EMAIL] = {.name = "email",
		   .type = IMPORT_EMAIL,
		   .required = true,
		   .unique = true,
		   .doc = "by which they are known"},
	[NAME] = {.name = "name",
		  .type = IMPORT_TEXT,
		  .max_chars = SHOP_NAME_MAX,
		  .doc = "a new one needs it"},
	[PHONE] = {.name = "phone",
		   .type = IMPORT_TEXT,
		   .clears = true,
		   .max_chars = 40,
		   .doc = "with its country code"},
	[COMPANY] = {.name = "company",
		     .type = IMPORT_TEXT,
		     .clears = true,
		     .max_chars = SHOP_NAME_MAX,
		     .doc = "if it is one"},
	[COUNTRY] = {.name = "country",
		     .type = IMPORT_COUNTRY,
		     .doc = "ISO 3166 alpha-2; the address's too"},
	[STREET] = {.name = "street",
		    .type = IMPORT_TEXT,
		    .max_chars = SHOP_NAME_MAX,
		    .doc = "of the postal address"},
	[STREET2] = {.name = "street2",
		     .type = IMPORT_TEXT,
		     .max_chars = SHOP_NAME_MAX,
		     .doc = "second line"},
	[CITY] = {.name = "city",
		  .type = IMPORT_TEXT,
		  .max_chars = SHOP_NAME_MAX,
		  .doc = "of the postal address"},
	[REGION] = {.name = "region",
		    .type = IMPORT_TEXT,
		    .max_chars = SHOP_NAME_MAX,
		    .doc = "state or province"},
	[POSTCODE] = {.name = "postcode",
		      .type = IMPORT_TEXT,
		      .max_chars = 20,
		      .doc = "of the postal address"},
};

static struct shop_customer_new customer_of(const struct import_value *v)
{
	return (struct shop_customer_new){
		.name = v[NAME].text,
		.email = v[EMAIL].text,
		.phone = v[PHONE].text,
		.company = v[COMPANY].text,
		.country = v[COUNTRY].text,
	};
}

static struct shop_address_new address_of(const struct import_value *v, const char *name)
{
	return (struct shop_address_new){
		.name = name,
		.company = v[COMPANY].cleared ? NULL : v[COMPANY].text,
		.street = v[STREET].text,
		.street2 = v[STREET2].text,
		.city = v[CITY].text,
		.region = v[REGION].text,
		.postcode = v[POSTCODE].text,
		.country = v[COUNTRY].text,
	};
}

static bool check_address(const struct import_value *v, const char *name, struct shop_error *err)
{
	const struct shop_address_new in = address_of(v, name);
	AUTO_TEXT char *json = NULL;

	return !v[STREET].given || shop_address_json(&in, &json, err);
}

static bool check_row(struct shop_store *store, const struct import_item *item, guint row,
		      struct shop_error *err)
{
	const struct import_value *v = import_values(item, row);
	struct shop_customer_new in = customer_of(v);
	int64_t id;

	if (!customer_find(store, v[EMAIL].text, &id, err))
		return false;
	/* What a customer has already need not stand in the file. */
	if (id != 0 && in.name == NULL)
		in.name = in.email;
	return shop_customer_check(&in, err) && check_address(v, in.name, err);
}

static bool same(const struct import_value *v, const char *now)
{
	return (!v->given && !v->cleared) || strcmp(v->text, now == NULL ? "" : now) == 0;
}

/* Whether a customer has an address already. */
struct search {
	struct shop_address_new in;
	bool found;
};

static bool compare_address(const void *record, void *arg, struct shop_error *err)
{
	const struct shop_address *a = record;
	struct search *s = arg;

	(void)err;
	s->found =
		s->found ||
		(g_strcmp0(a->name, s->in.name) == 0 && g_strcmp0(a->street, s->in.street) == 0 &&
		 g_strcmp0(a->street2, s->in.street2) == 0 && g_strcmp0(a->city, s->in.city) == 0 &&
		 g_strcmp0(a->postcode, s->in.postcode) == 0 &&
		 g_strcmp0(a->country, s->in.country) == 0);
	return true;
}

static bool write_address(struct shop_store *store, const struct import_value *v,
			  const struct shop_customer *customer, bool *changed,
			  struct shop_error *err)
{
	struct search s = {.in = address_of(v, customer->name)};
	AUTO_ADDRESS struct shop_address address = {0};

	if (!v[STREET].given)
		return true;
	if (s.in.country == NULL)
		s.in.country = customer->country;
	if (!shop_customer_address_list(store, customer->id, compare_address, &s, err) || s.found)
		return s.found;
	*changed = true;
	return shop_customer_address_add(store, customer->id, &s.in, &address, err);
}

static bool update(struct shop_store *store, const struct import_value *v, int64_t id,
		   bool *changed, struct shop_customer *ret_customer, struct shop_error *err)
{
	const struct shop_customer_new in = customer_of(v);
	AUTO_CUSTOMER struct shop_customer old = {0};

	if (!shop_customer_load(store, id, &old, err))
		return false;
	*changed = !same(&v[EMAIL], old.email) || !same(&v[NAME], old.name) ||
		   !same(&v[PHONE], old.phone) || !same(&v[COMPANY], old.company) ||
		   !same(&v[COUNTRY], old.country);
	if (*changed)
		return shop_customer_update(store, id, &in, ret_customer, err);
	shop_record_take(&shop_customer_record, ret_customer, &old);
	return true;
}

static bool write_row(struct shop_store *store, const struct import_item *item,
		      enum import_outcome *ret_outcome, struct shop_error *err)
{
	const struct import_value *v = import_values(item, 0);
	const struct shop_customer_new in = customer_of(v);
	AUTO_CUSTOMER struct shop_customer customer = {0};
	bool changed = false;
	int64_t id;

	if (!customer_find(store, in.email, &id, err) ||
	    !(id == 0 ? shop_customer_create(store, &in, &customer, err)
		      : update(store, v, id, &changed, &customer, err)) ||
	    !write_address(store, v, &customer, &changed, err))
		return false;
	*ret_outcome = id == 0 ? IMPORT_CREATED : changed ? IMPORT_UPDATED : IMPORT_UNCHANGED;
	return true;
}

const struct import_kind import_customer = {
	.name = "customer",
	.many = "customers",
	.doc = "customers by e-mail address: new ones are made, others changed where the file says "
	       "otherwise",
	.fields = fields,
	.count = G_N_ELEMENTS(fields),
	.repeatable = true,
	.check = check_row,
	.write = write_row,
};
