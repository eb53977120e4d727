/*
 * Customers: who buys, how to reach them, and where their goods go. The journal names them by id
 *only: no event carries a name, an e-mail or an address.
 *
 *	const struct shop_customer_new in = { .name = "Ana Lima", .email = "ana@example.org",
 *.country = "DE" }; AUTO_CUSTOMER struct shop_customer customer = { 0 };
 *	shop_customer_create(store, &in, &customer, err);
 *
 * Functions that write run inside a shop_store_write, whose context says who, when and why.
 */
#ifndef SHOP_CUSTOMER_H
#define SHOP_CUSTOMER_H

#include "shop/record.h"
#include "shop/store.h"

struct shop_customer {
	int64_t id;
	char *name;
	char *email;
	char *phone;
	char *company;
	char *country;
	char *status; /* active, archived */
	int64_t created_at;
	int64_t updated_at;
	int64_t version;
};

extern const struct shop_record shop_customer_record;

#define AUTO_CUSTOMER SHOP_CLEANUP(shop_customer_done)

/** Free what a customer owns and zero it. */
void shop_customer_done(struct shop_customer *customer);

/* A customer to make, or changes to one: in a change NULL leaves a field as it is, "" clears it. */
struct shop_customer_new {
	const char *name;  /* required */
	const char *email; /* one customer has it, whatever its letters' case */
	const char *phone;
	const char *company;
	const char *country; /* ISO 3166 alpha-2 */
	const char *status;  /* in a change: active or archived; NULL as it is */
};

/**
 * Make a customer. Appends customer.created.
 *
 * Fails with     E_DUPLICATE (the e-mail is another customer's, named), E_TEXT, E_INVALID
 */
bool shop_customer_create(struct shop_store *store, const struct shop_customer_new *in,
			  struct shop_customer *ret_customer, struct shop_error *err) SHOP_CHECKED;

/** Check a customer's fields without a store: what import asks of each row. Fails with E_TEXT,
 * E_INVALID. */
bool shop_customer_check(const struct shop_customer_new *in, struct shop_error *err) SHOP_CHECKED;

/** Change fields; appends customer.updated with the names of those that differ, nothing when none
 * does. Fails as create. */
bool shop_customer_update(struct shop_store *store, int64_t id, const struct shop_customer_new *in,
			  struct shop_customer *ret_customer, struct shop_error *err) SHOP_CHECKED;

/** Load one. Fails with E_NOT_FOUND. */
bool shop_customer_load(struct shop_store *store, int64_t id, struct shop_customer *ret_customer,
			struct shop_error *err) SHOP_CHECKED;

/* Which customers to list; zeroed but for limit = the active ones. */
struct shop_customer_filter {
	const char *email;   /* whatever its letters' case; NULL = any */
	const char *country; /* NULL = any */
	const char *status;  /* NULL = active */
	int64_t after_id;    /* only those with a larger id */
	int64_t limit;	     /* SHOP_NULL = no limit */
};

/** List customers in the order they were made, each given to fn as a struct shop_customer. */
bool shop_customer_list(struct shop_store *store, const struct shop_customer_filter *filter,
			shop_record_fn fn, void *ctx, struct shop_error *err) SHOP_CHECKED;

/* An address of a customer; n counts from 1 within the customer. */
struct shop_address {
	int64_t customer_id;
	int64_t n;
	char *label;
	char *name;
	char *company;
	char *street;
	char *street2;
	char *city;
	char *region;
	char *postcode;
	char *country;
	char *phone;
};

extern const struct shop_record shop_address_record;

#define AUTO_ADDRESS SHOP_CLEANUP(shop_address_done)

/** Free what an address owns and zero it. */
void shop_address_done(struct shop_address *address);

/* An address as typed. Texts may be NULL but name, street, city and country. */
struct shop_address_new {
	const char *label;
	const char *name;
	const char *company;
	const char *street;
	const char *street2;
	const char *city;
	const char *region;
	const char *postcode;
	const char *country;
	const char *phone;
};

/** The texts of an address as if they were typed; they stay the address's. */
struct shop_address_new shop_address_given(const struct shop_address *address);

/** Check an address and give it as a JSON object, the caller's (g_free). Fails with E_TEXT,
 * E_INVALID, E_CARD_NUMBER. */
bool shop_address_json(const struct shop_address_new *in, char **ret_json,
		       struct shop_error *err) SHOP_CHECKED;

/** Add an address. Appends customer.updated. Fails with E_NOT_FOUND, E_TEXT, E_INVALID. */
bool shop_customer_address_add(struct shop_store *store, int64_t customer_id,
			       const struct shop_address_new *in, struct shop_address *ret_address,
			       struct shop_error *err) SHOP_CHECKED;

/** Remove an address, given back in ret_address. Appends customer.updated. Fails with E_NOT_FOUND.
 */
bool shop_customer_address_remove(struct shop_store *store, int64_t customer_id, int64_t n,
				  struct shop_address *ret_address,
				  struct shop_error *err) SHOP_CHECKED;

/** Load one address. Fails with E_NOT_FOUND. */
bool shop_customer_address_load(struct shop_store *store, int64_t customer_id, int64_t n,
				struct shop_address *ret_address,
				struct shop_error *err) SHOP_CHECKED;

/** All addresses of a customer in order, each given to fn as a struct shop_address. Fails with
 * E_NOT_FOUND. */
bool shop_customer_address_list(struct shop_store *store, int64_t customer_id, shop_record_fn fn,
				void *ctx, struct shop_error *err) SHOP_CHECKED;

#endif
