/*
 * Addresses: of customers, and as the JSON that carts and orders keep, so that a later change of
 * the customer's address does not move goods that are on their way.
 */
#include "domain/customer_row.h"

#include "domain/party.h"
#include "shop/json.h"
#include "shop/text.h"
#include "store/db.h"

#define POSTCODE_MAX 20
#define LABEL_MAX 60

static const struct shop_field fields[] = {
	SHOP_FIELD_ID(struct shop_address, customer_id, "customer", SHOP_ID_CUSTOMER,
		      "whose it is"),
	SHOP_FIELD_INT(struct shop_address, n, "n", "its number among the customer's"),
	SHOP_FIELD_TEXT(struct shop_address, label, "label", "what the customer calls it",
			.example = "home"),
	SHOP_FIELD_TEXT(struct shop_address, name, "name", "who receives", .example = "Ana Lima"),
	SHOP_FIELD_TEXT(struct shop_address, company, "company", "the firm",
			.flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_TEXT(struct shop_address, street, "street", "street and number",
			.example = "Hauptstr. 5"),
	SHOP_FIELD_TEXT(struct shop_address, street2, "street2", "floor, staircase",
			.flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_TEXT(struct shop_address, city, "city", "the town", .example = "Berlin"),
	SHOP_FIELD_TEXT(struct shop_address, region, "region", "state or province",
			.flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_TEXT(struct shop_address, postcode, "postcode", "as its country writes it",
			.example = "10115"),
	SHOP_FIELD_TEXT(struct shop_address, country, "country", "ISO 3166 code", .example = "DE"),
	SHOP_FIELD_TEXT(struct shop_address, phone, "phone", "for the carrier",
			.flags = SHOP_FIELD_WIDE),
};

const struct shop_record shop_address_record = SHOP_RECORD("address", struct shop_address, fields);

#define SELECT_ADDRESS                                                                             \
	"SELECT customer_id, n, label, name, company, street, street2, city, region, postcode,"    \
	" country, phone FROM address"

void shop_address_done(struct shop_address *address)
{
	shop_record_done(&shop_address_record, address);
}

static bool clean(const struct shop_address_new *in, struct shop_address *to,
		  struct shop_error *err)
{
	/* A country is required: its check says what it must be. */
	const char *country = in->country == NULL || *in->country == '\0' ? "-" : in->country;

	return party_text(in->label, "label", LABEL_MAX, &to->label, err) &&
	       party_required(in->name, "name", &to->name, err) &&
	       party_text(in->company, "company", SHOP_NAME_MAX, &to->company, err) &&
	       party_required(in->street, "street", &to->street, err) &&
	       party_text(in->street2, "street2", SHOP_NAME_MAX, &to->street2, err) &&
	       party_required(in->city, "city", &to->city, err) &&
	       party_text(in->region, "region", SHOP_NAME_MAX, &to->region, err) &&
	       party_text(in->postcode, "postcode", POSTCODE_MAX, &to->postcode, err) &&
	       party_country(country, &to->country, err) &&
	       party_text(in->phone, "phone", PARTY_PHONE_MAX, &to->phone, err);
}

/* All but whose it is and its number. */
static char *as_json(const struct shop_address *a)
{
	struct shop_json j = {.to = g_string_new(NULL)};

	shop_json_object(&j, NULL);
	shop_json_text(&j, "label", a->label);
	shop_json_text(&j, "name", a->name);
	shop_json_text(&j, "company", a->company);
	shop_json_text(&j, "street", a->street);
	shop_json_text(&j, "street2", a->street2);
	shop_json_text(&j, "city", a->city);
	shop_json_text(&j, "region", a->region);
	shop_json_text(&j, "postcode", a->postcode);
	shop_json_text(&j, "country", a->country);
	shop_json_text(&j, "phone", a->phone);
	shop_json_end(&j);
	return g_string_free(j.to, FALSE);
}

struct shop_address_new shop_address_given(const struct shop_address *address)
{
	return (struct shop_address_new){
		.label = address->label,
		.name = address->name,
		.company = address->company,
		.street = address->street,
		.street2 = address->street2,
		.city = address->city,
		.region = address->region,
		.postcode = address->postcode,
		.country = address->country,
		.phone = address->phone,
	};
}

bool shop_address_json(const struct shop_address_new *in, char **ret_json, struct shop_error *err)
{
	AUTO_ADDRESS struct shop_address address = {0};

	if (!clean(in, &address, err))
		return false;
	*ret_json = as_json(&address);
	return true;
}

bool shop_customer_address_load(struct shop_store *store, int64_t customer_id, int64_t n,
				struct shop_address *ret_address, struct shop_error *err)
{
	static const char sql[] = SELECT_ADDRESS " WHERE customer_id = $1 AND n = $2";
	AUTO_QUERY struct db_query q = {0};
	char text[SHOP_ID_TEXT];
	bool found;

	if (!db_query(&q, store, sql, "di", err, customer_id, n))
		return false;
	found = db_next(&q);
	if (found)
		db_row(&q, 0, &shop_address_record, ret_address);
	if (!db_done(&q, err))
		return false;
	if (found)
		return true;
	shop_fail(err, E_NOT_FOUND, "%s has no address %" G_GINT64_FORMAT,
		  shop_id_format(SHOP_ID_CUSTOMER, customer_id, text), n);
	shop_fail_object(err, text);
	return shop_fail_fix(err, "customer", "address", "list", text, NULL);
}

bool shop_customer_address_list(struct shop_store *store, int64_t customer_id, shop_record_fn fn,
				void *ctx, struct shop_error *err)
{
	AUTO_SELECT struct db_select s = {0};
	AUTO_CUSTOMER struct shop_customer customer = {0};

	if (!shop_customer_load(store, customer_id, &customer, err))
		return false;
	db_select_init(&s, SELECT_ADDRESS);
	db_select_id(&s, "customer_id = ?", customer_id);
	return db_select_each(&s, store, "n", SHOP_NULL, &shop_address_record, fn, ctx, err);
}

static bool insert(struct shop_store *store, const struct shop_address *a, struct shop_error *err)
{
	static const char sql[] =
		"INSERT INTO address (customer_id, n, label, name, company, street, street2, city, "
		"region, postcode,"
		" country, phone) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";

	return db_run(store, sql, "ditttttttttt", err, a->customer_id, a->n, a->label, a->name,
		      a->company, a->street, a->street2, a->city, a->region, a->postcode,
		      a->country, a->phone);
}

bool shop_customer_address_add(struct shop_store *store, int64_t customer_id,
			       const struct shop_address_new *in, struct shop_address *ret_address,
			       struct shop_error *err)
{
	static const char next[] =
		"SELECT COALESCE(max(n), 0) + 1 FROM address WHERE customer_id = $1";
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_CUSTOMER struct shop_customer customer = {0};
	AUTO_ADDRESS struct shop_address address = {.customer_id = customer_id};

	if (!clean(in, &address, err) || !shop_txn_begin(&txn, store, err) ||
	    !shop_customer_load(store, customer_id, &customer, err) ||
	    !db_get(store, &address.n, next, "d", err, customer_id) ||
	    !insert(store, &address, err) ||
	    !customer_touch(store, customer_id, "addresses", err) || !shop_txn_commit(&txn, err))
		return shop_fail_while(err, "adding an address");
	shop_record_take(&shop_address_record, ret_address, &address);
	return true;
}

bool shop_customer_address_remove(struct shop_store *store, int64_t customer_id, int64_t n,
				  struct shop_address *ret_address, struct shop_error *err)
{
	static const char sql[] = "DELETE FROM address WHERE customer_id = $1 AND n = $2";
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_ADDRESS struct shop_address address = {0};

	if (!shop_txn_begin(&txn, store, err) ||
	    !shop_customer_address_load(store, customer_id, n, &address, err) ||
	    !db_run(store, sql, "di", err, customer_id, n) ||
	    !customer_touch(store, customer_id, "addresses", err) || !shop_txn_commit(&txn, err))
		return shop_fail_while(err, "removing an address");
	shop_record_take(&shop_address_record, ret_address, &address);
	return true;
}
