/*
 * Customers: making, reading, changing and archiving them.
 */
#include "shop/customer.h"

#include "domain/customer_row.h"
#include "domain/party.h"
#include "shop/journal.h"
#include "shop/text.h"
#include "store/db.h"

#include <string.h>

static const struct shop_field fields[] = {
	SHOP_FIELD_ID(struct shop_customer, id, "id", SHOP_ID_CUSTOMER, "the customer's id",
		      .example = "cus-1000"),
	SHOP_FIELD_TEXT(struct shop_customer, name, "name", "what they are called",
			.example = "Ana Lima"),
	SHOP_FIELD_TEXT(struct shop_customer, email, "email", "where mail reaches them",
			.example = "ana@example.org"),
	SHOP_FIELD_TEXT(struct shop_customer, phone, "phone", "where a call reaches them",
			.flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_TEXT(struct shop_customer, company, "company", "the firm they buy for"),
	SHOP_FIELD_TEXT(struct shop_customer, country, "country", "ISO 3166 code", .example = "DE"),
	SHOP_FIELD_WORD(struct shop_customer, status, "status", "active or archived"),
	SHOP_FIELD_TIME(struct shop_customer, created_at, "created_at", "when it was made",
			.flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_TIME(struct shop_customer, updated_at, "updated_at", "when it last changed",
			.flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_INT(struct shop_customer, version, "version", "counts its changes",
		       .flags = SHOP_FIELD_WIDE),
};

const struct shop_record shop_customer_record =
	SHOP_RECORD("customer", struct shop_customer, fields);

#define SELECT_CUSTOMER                                                                            \
	"SELECT id, name, email, phone, company, country, status, created_us, updated_us, version" \
	" FROM customer"

void shop_customer_done(struct shop_customer *customer)
{
	shop_record_done(&shop_customer_record, customer);
}

bool shop_customer_load(struct shop_store *store, int64_t id, struct shop_customer *ret_customer,
			struct shop_error *err)
{
	static const char sql[] = SELECT_CUSTOMER " WHERE id = $1";

	return db_load_id(store, &shop_customer_record, ret_customer, SHOP_ID_CUSTOMER, id, sql,
			  err);
}

bool shop_customer_list(struct shop_store *store, const struct shop_customer_filter *filter,
			shop_record_fn fn, void *ctx, struct shop_error *err)
{
	AUTO_SELECT struct db_select s = {0};
	AUTO_TEXT char *country =
		filter->country == NULL ? NULL : g_ascii_strup(filter->country, -1);

	db_select_init(&s, SELECT_CUSTOMER);
	/* The first condition is what lets the index of e-mails serve. */
	db_select_if(&s, "email IS NOT NULL", filter->email != NULL);
	db_select_text(&s, "lower(email) = lower(?)", filter->email);
	db_select_text(&s, "country = ?", country);
	db_select_text(&s, "status = ?", filter->status == NULL ? "active" : filter->status);
	db_select_id(&s, "id > ?", filter->after_id);
	return db_select_each(&s, store, "id", filter->limit, &shop_customer_record, fn, ctx, err);
}

/* Put what `in` says into `to`, checked; what it does not say stays. */
static bool put(const struct shop_customer_new *in, struct shop_customer *to,
		struct shop_error *err)
{
	if (!party_required(in->name, "name", &to->name, err) ||
	    !party_email(in->email, &to->email, err) ||
	    !party_text(in->phone, "phone", PARTY_PHONE_MAX, &to->phone, err) ||
	    !party_text(in->company, "company", SHOP_NAME_MAX, &to->company, err) ||
	    !party_country(in->country, &to->country, err))
		return false;
	if (in->status != NULL) {
		g_free(to->status);
		to->status = g_strdup(in->status);
	}
	return true;
}

bool shop_customer_check(const struct shop_customer_new *in, struct shop_error *err)
{
	AUTO_CUSTOMER struct shop_customer unused = {0};

	return put(in, &unused, err);
}

static bool refuse_taken(struct shop_store *store, const char *email, int64_t but,
			 struct shop_error *err)
{
	static const char sql[] = "SELECT id FROM customer WHERE email IS NOT NULL AND "
				  "lower(email) = lower($1) AND id <> $2";
	char text[SHOP_ID_TEXT];
	int64_t id;

	if (email == NULL)
		return true;
	if (!db_get(store, &id, sql, "ti", err, email, but))
		return false;
	if (id == SHOP_NULL)
		return true;
	shop_fail(err, E_DUPLICATE, "customer %s has the e-mail %s already",
		  shop_id_format(SHOP_ID_CUSTOMER, id, text), email);
	shop_fail_object(err, text);
	shop_fail_field(err, "email");
	return shop_fail_fix(err, "customer", "show", text, NULL);
}

static bool insert(struct shop_store *store, const struct shop_customer *c, struct shop_error *err)
{
	static const char sql[] = "INSERT INTO customer (id, name, email, phone, company, country, "
				  "created_us, updated_us)"
				  " VALUES ($1, $2, $3, $4, $5, $6, $7, $7)";

	return db_run(store, sql, "dttttti", err, c->id, c->name, c->email, c->phone, c->company,
		      c->country, shop_store_context(store)->now_us);
}

static bool tell_created(struct shop_store *store, int64_t id, struct shop_error *err)
{
	AUTO_EVENT struct shop_event_draft e = {0};

	shop_event_begin(&e, "customer.created", SHOP_ID_CUSTOMER, id);
	shop_json_id(&e.json, "customer_id", SHOP_ID_CUSTOMER, id);
	return shop_event_append(store, &e, err);
}

bool shop_customer_create(struct shop_store *store, const struct shop_customer_new *in,
			  struct shop_customer *ret_customer, struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_CUSTOMER struct shop_customer made = {0};
	AUTO_CUSTOMER struct shop_customer customer = {0};

	if (!put(in, &made, err) || !shop_txn_begin(&txn, store, err) ||
	    !refuse_taken(store, made.email, 0, err) ||
	    !shop_store_next_id(store, SHOP_ID_CUSTOMER, &made.id, err) ||
	    !insert(store, &made, err) || !shop_customer_load(store, made.id, &customer, err) ||
	    !tell_created(store, made.id, err) || !shop_txn_commit(&txn, err))
		return shop_fail_while(err, "creating a customer");
	shop_record_take(&shop_customer_record, ret_customer, &customer);
	return true;
}

static const char *text_of(const struct shop_customer *customer, const struct shop_field *field)
{
	const char *text;

	memcpy(&text, (const char *)customer + field->offset, sizeof(text));
	return text;
}

/* Append the names of the fields that differ; how many there are. */
static size_t name_changed(struct shop_json *j, const struct shop_customer *before,
			   const struct shop_customer *after)
{
	size_t count = 0;

	for (size_t i = 0; i < shop_customer_record.count; i++) {
		const struct shop_field *field = &fields[i];

		if ((field->type != SHOP_TYPE_TEXT && field->type != SHOP_TYPE_WORD) ||
		    g_strcmp0(text_of(before, field), text_of(after, field)) == 0)
			continue;
		shop_json_text(j, NULL, field->name);
		count++;
	}
	return count;
}

static bool write_row(struct shop_store *store, const struct shop_customer *c,
		      struct shop_error *err)
{
	static const char sql[] =
		"UPDATE customer SET name = $2, email = $3, phone = $4, company = $5, country = $6,"
		" status = $7, version = version + 1, updated_us = $8 WHERE id = $1";

	return db_run(store, sql, "dtttttti", err, c->id, c->name, c->email, c->phone, c->company,
		      c->country, c->status, shop_store_context(store)->now_us);
}

/* Write what differs and tell it; nothing when nothing does. */
static bool change(struct shop_store *store, const struct shop_customer *before,
		   const struct shop_customer *wanted, struct shop_error *err)
{
	AUTO_EVENT struct shop_event_draft e = {0};

	shop_event_begin(&e, "customer.updated", SHOP_ID_CUSTOMER, before->id);
	shop_json_id(&e.json, "customer_id", SHOP_ID_CUSTOMER, before->id);
	shop_json_array(&e.json, "changed");
	if (name_changed(&e.json, before, wanted) == 0)
		return true;
	shop_json_end(&e.json);
	return write_row(store, wanted, err) && shop_event_append(store, &e, err);
}

bool shop_customer_update(struct shop_store *store, int64_t id, const struct shop_customer_new *in,
			  struct shop_customer *ret_customer, struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_CUSTOMER struct shop_customer before = {0};
	AUTO_CUSTOMER struct shop_customer wanted = {0};
	AUTO_CUSTOMER struct shop_customer after = {0};

	if (!shop_txn_begin(&txn, store, err) || !shop_customer_load(store, id, &before, err) ||
	    !shop_customer_load(store, id, &wanted, err) || !put(in, &wanted, err) ||
	    !refuse_taken(store, wanted.email, id, err) || !change(store, &before, &wanted, err) ||
	    !shop_customer_load(store, id, &after, err) || !shop_txn_commit(&txn, err))
		return shop_fail_while(err, "changing a customer");
	shop_record_take(&shop_customer_record, ret_customer, &after);
	return true;
}

bool customer_touch(struct shop_store *store, int64_t id, const char *changed,
		    struct shop_error *err)
{
	static const char sql[] =
		"UPDATE customer SET version = version + 1, updated_us = $2 WHERE id = $1";
	AUTO_EVENT struct shop_event_draft e = {0};

	shop_event_begin(&e, "customer.updated", SHOP_ID_CUSTOMER, id);
	shop_json_id(&e.json, "customer_id", SHOP_ID_CUSTOMER, id);
	shop_json_array(&e.json, "changed");
	shop_json_text(&e.json, NULL, changed);
	shop_json_end(&e.json);
	return db_run(store, sql, "di", err, id, shop_store_context(store)->now_us) &&
	       shop_event_append(store, &e, err);
}
