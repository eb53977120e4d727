/*
 * Suppliers: making, reading, changing and archiving them.
 */
#include "shop/supplier.h"

#include "domain/party.h"
#include "domain/why.h"
#include "shop/journal.h"
#include "shop/text.h"
#include "store/db.h"

#include <string.h>

#define LEAD_DAYS_USUAL 7
#define LEAD_DAYS_MAX 3650

static const struct shop_field fields[] = {
	SHOP_FIELD_ID(struct shop_supplier, id, "id", SHOP_ID_SUPPLIER, "the supplier's id",
		      .example = "sup-1000"),
	SHOP_FIELD_TEXT(struct shop_supplier, name, "name", "what people call it",
			.example = "Kiln & Co"),
	SHOP_FIELD_TEXT(struct shop_supplier, email, "email", "where purchases are sent"),
	SHOP_FIELD_TEXT(struct shop_supplier, phone, "phone", "whom to call",
			.flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_TEXT(struct shop_supplier, country, "country", "ISO 3166 code", .example = "DE"),
	SHOP_FIELD_TEXT(struct shop_supplier, currency, "currency",
			"what its purchases are paid in", .example = "EUR"),
	SHOP_FIELD_INT(struct shop_supplier, lead_days, "lead_days",
		       "days from a purchase to its arrival"),
	SHOP_FIELD_INT(struct shop_supplier, over_percent, "over_percent",
		       "how much more than ordered may be received; null = the policy's",
		       .flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_WORD(struct shop_supplier, status, "status", "active or archived"),
	SHOP_FIELD_TIME(struct shop_supplier, created_at, "created_at", "when it was made",
			.flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_TIME(struct shop_supplier, updated_at, "updated_at", "when it last changed",
			.flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_INT(struct shop_supplier, version, "version", "counts its changes",
		       .flags = SHOP_FIELD_WIDE),
};

const struct shop_record shop_supplier_record =
	SHOP_RECORD("supplier", struct shop_supplier, fields);

/* What the journal tells of a change; of e-mail and phone only that they changed. */
static const struct shop_field told[] = {
	SHOP_FIELD_TEXT(struct shop_supplier, name, "name", "what people call it"),
	SHOP_FIELD_TEXT(struct shop_supplier, country, "country", "ISO 3166 code"),
	SHOP_FIELD_TEXT(struct shop_supplier, currency, "currency",
			"what its purchases are paid in"),
	SHOP_FIELD_INT(struct shop_supplier, lead_days, "lead_days", "days to arrival"),
	SHOP_FIELD_INT(struct shop_supplier, over_percent, "over_percent", "allowance"),
	SHOP_FIELD_WORD(struct shop_supplier, status, "status", "active or archived"),
};

static const struct shop_record told_record = SHOP_RECORD("supplier", struct shop_supplier, told);

#define SELECT_SUPPLIER                                                                            \
	"SELECT id, name, email, phone, country, currency, lead_days, over_percent, status,"       \
	" created_us, updated_us, version FROM supplier"

void shop_supplier_done(struct shop_supplier *supplier)
{
	shop_record_done(&shop_supplier_record, supplier);
}

bool shop_supplier_load(struct shop_store *store, int64_t id, struct shop_supplier *ret_supplier,
			struct shop_error *err)
{
	static const char sql[] = SELECT_SUPPLIER " WHERE id = $1";

	return db_load_id(store, &shop_supplier_record, ret_supplier, SHOP_ID_SUPPLIER, id, sql,
			  err);
}

bool shop_supplier_list(struct shop_store *store, const char *status, int64_t limit,
			shop_record_fn fn, void *ctx, struct shop_error *err)
{
	AUTO_SELECT struct db_select s = {0};

	db_select_init(&s, SELECT_SUPPLIER);
	db_select_text(&s, "status = ?", status == NULL ? "active" : status);
	return db_select_each(&s, store, "id", limit, &shop_supplier_record, fn, ctx, err);
}

static bool clean_codes(const struct shop_supplier_new *in, struct shop_supplier *to,
			struct shop_error *err)
{
	const struct shop_currency *currency;

	if (!party_country(in->country, &to->country, err))
		return false;
	if (in->currency == NULL)
		return true;
	currency = shop_currency_find(in->currency);
	if (currency == NULL) {
		shop_fail(err, E_INVALID, "currency: an ISO 4217 code, not \"%s\"", in->currency);
		return shop_fail_field(err, "currency");
	}
	g_free(to->currency);
	to->currency = g_strdup(currency->code);
	return true;
}

static bool clean_number(int64_t value, int64_t max, const char *field, int64_t *to,
			 struct shop_error *err)
{
	if (value == SHOP_NULL)
		return true;
	if (value == SHOP_CLEAR) {
		*to = SHOP_NULL;
		return true;
	}
	if (value < 0 || value > max) {
		shop_fail(err, E_INVALID, "%s: 0 to %" G_GINT64_FORMAT, field, max);
		return shop_fail_field(err, field);
	}
	*to = value;
	return true;
}

/* Put what `in` says into `to`, checked; what it does not say stays. */
static bool put(const struct shop_supplier_new *in, struct shop_supplier *to,
		struct shop_error *err)
{
	return party_required(in->name, "name", &to->name, err) &&
	       party_text(in->phone, "phone", PARTY_PHONE_MAX, &to->phone, err) &&
	       party_email(in->email, &to->email, err) && clean_codes(in, to, err) &&
	       clean_number(in->lead_days == SHOP_CLEAR ? LEAD_DAYS_USUAL : in->lead_days,
			    LEAD_DAYS_MAX, "lead_days", &to->lead_days, err) &&
	       clean_number(in->over_percent, 100, "over_percent", &to->over_percent, err);
}

static bool refuse_taken(struct shop_store *store, const char *name, int64_t but,
			 struct shop_error *err)
{
	static const char sql[] = "SELECT id FROM supplier WHERE name = $1 AND id <> $2";
	char text[SHOP_ID_TEXT];
	int64_t id;

	if (!db_get(store, &id, sql, "ti", err, name, but))
		return false;
	if (id == SHOP_NULL)
		return true;
	shop_fail(err, E_DUPLICATE, "supplier %s has the name \"%s\" already",
		  shop_id_format(SHOP_ID_SUPPLIER, id, text), name);
	shop_fail_object(err, text);
	return shop_fail_fix(err, "supplier", "show", text, NULL);
}

static bool insert(struct shop_store *store, const struct shop_supplier *s, struct shop_error *err)
{
	static const char sql[] =
		"INSERT INTO supplier (id, name, email, phone, country, currency, lead_days, "
		"over_percent,"
		" created_us, updated_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)";

	return db_run(store, sql, "dtttttiii", err, s->id, s->name, s->email, s->phone, s->country,
		      s->currency, s->lead_days, s->over_percent,
		      shop_store_context(store)->now_us);
}

static bool tell_created(struct shop_store *store, const struct shop_supplier *s,
			 struct shop_error *err)
{
	AUTO_EVENT struct shop_event_draft e = {0};

	shop_event_begin(&e, "supplier.created", SHOP_ID_SUPPLIER, s->id);
	shop_json_text(&e.json, "name", s->name);
	shop_json_text(&e.json, "country", s->country);
	shop_json_text(&e.json, "currency", s->currency);
	shop_json_int(&e.json, "lead_days", s->lead_days);
	return shop_event_append(store, &e, err);
}

bool shop_supplier_create(struct shop_store *store, const struct shop_supplier_new *in,
			  struct shop_supplier *ret_supplier, struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_SUPPLIER struct shop_supplier made = {.lead_days = LEAD_DAYS_USUAL,
						   .over_percent = SHOP_NULL};
	AUTO_SUPPLIER struct shop_supplier supplier = {0};

	made.currency = g_strdup(shop_store_currency(store));
	if (!put(in, &made, err) || !shop_txn_begin(&txn, store, err) ||
	    !refuse_taken(store, made.name, 0, err) ||
	    !shop_store_next_id(store, SHOP_ID_SUPPLIER, &made.id, err) ||
	    !insert(store, &made, err) || !shop_supplier_load(store, made.id, &supplier, err) ||
	    !tell_created(store, &supplier, err) || !shop_txn_commit(&txn, err))
		return shop_fail_while(err, "creating a supplier");
	shop_record_take(&shop_supplier_record, ret_supplier, &supplier);
	return true;
}

static bool write_row(struct shop_store *store, const struct shop_supplier *s,
		      struct shop_error *err)
{
	static const char sql[] = "UPDATE supplier SET name = $2, email = $3, phone = $4, country "
				  "= $5, currency = $6,"
				  " lead_days = $7, over_percent = $8, status = $9, version = "
				  "version + 1, updated_us = $10"
				  " WHERE id = $1";

	return db_run(store, sql, "dtttttiiti", err, s->id, s->name, s->email, s->phone, s->country,
		      s->currency, s->lead_days, s->over_percent, s->status,
		      shop_store_context(store)->now_us);
}

static bool tell_updated(struct shop_store *store, const struct shop_supplier *before,
			 const struct shop_supplier *after, struct shop_error *err)
{
	AUTO_EVENT struct shop_event_draft e = {0};

	shop_event_begin(&e,
			 strcmp(before->status, after->status) == 0 ? "supplier.updated"
								    : "supplier.archived",
			 SHOP_ID_SUPPLIER, after->id);
	shop_record_diff(&e.json, "changed", &told_record, before, after);
	shop_json_array(&e.json, "private");
	if (g_strcmp0(before->email, after->email) != 0)
		shop_json_text(&e.json, NULL, "email");
	if (g_strcmp0(before->phone, after->phone) != 0)
		shop_json_text(&e.json, NULL, "phone");
	shop_json_end(&e.json);
	return shop_event_append(store, &e, err);
}

static bool differs(const struct shop_supplier *before, const struct shop_supplier *after)
{
	struct shop_json j = {.to = g_string_new(NULL)};
	size_t count;

	shop_json_object(&j, NULL);
	count = shop_record_diff(&j, "changed", &shop_supplier_record, before, after);
	g_string_free(j.to, TRUE);
	return count > 0;
}

/* Write `wanted`, tell what differs, and give back the row as it stands then. */
static bool change(struct shop_store *store, const struct shop_supplier *before,
		   const struct shop_supplier *wanted, struct shop_supplier *ret_supplier,
		   struct shop_error *err)
{
	AUTO_SUPPLIER struct shop_supplier after = {0};
	bool moved = differs(before, wanted);

	if ((moved && !write_row(store, wanted, err)) ||
	    !shop_supplier_load(store, before->id, &after, err) ||
	    (moved && !tell_updated(store, before, &after, err)))
		return false;
	shop_record_take(&shop_supplier_record, ret_supplier, &after);
	return true;
}

bool shop_supplier_update(struct shop_store *store, int64_t id, const struct shop_supplier_new *in,
			  struct shop_supplier *ret_supplier, struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_SUPPLIER struct shop_supplier before = {0};
	AUTO_SUPPLIER struct shop_supplier wanted = {0};
	AUTO_SUPPLIER struct shop_supplier after = {0};

	if (!shop_txn_begin(&txn, store, err) || !shop_supplier_load(store, id, &before, err) ||
	    !shop_supplier_load(store, id, &wanted, err) || !put(in, &wanted, err) ||
	    !refuse_taken(store, wanted.name, id, err) ||
	    !change(store, &before, &wanted, &after, err) || !shop_txn_commit(&txn, err))
		return shop_fail_while(err, "changing a supplier");
	shop_record_take(&shop_supplier_record, ret_supplier, &after);
	return true;
}

static bool refuse_in_use(struct shop_store *store, int64_t id, struct shop_error *err)
{
	static const char sql[] =
		"SELECT min(id) FROM purchase WHERE supplier_id = $1"
		" AND status IN ('draft', 'submitted', 'acknowledged', 'partially_received')";
	char text[SHOP_ID_TEXT], purchase[SHOP_ID_TEXT];
	int64_t open;

	if (!db_get(store, &open, sql, "d", err, id))
		return false;
	if (open == SHOP_NULL)
		return true;
	shop_fail(err, E_SUPPLIER_IN_USE, "supplier %s has open purchases",
		  shop_id_format(SHOP_ID_SUPPLIER, id, text));
	shop_fail_object(err, text);
	shop_fail_because(err, "%s is one of them",
			  shop_id_format(SHOP_ID_PURCHASE, open, purchase));
	return shop_fail_fix(err, "purchase", "list", "--supplier", text, NULL);
}

bool shop_supplier_archive(struct shop_store *store, int64_t id, struct shop_supplier *ret_supplier,
			   struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_SUPPLIER struct shop_supplier before = {0};
	AUTO_SUPPLIER struct shop_supplier wanted = {0};
	AUTO_SUPPLIER struct shop_supplier after = {0};

	if (!shop_txn_begin(&txn, store, err) || !shop_supplier_load(store, id, &before, err) ||
	    !shop_supplier_load(store, id, &wanted, err) || !refuse_in_use(store, id, err))
		return shop_fail_while(err, "archiving a supplier");
	g_free(wanted.status);
	wanted.status = g_strdup("archived");
	if (!change(store, &before, &wanted, &after, err) || !shop_txn_commit(&txn, err))
		return shop_fail_while(err, "archiving a supplier");
	shop_record_take(&shop_supplier_record, ret_supplier, &after);
	return true;
}

bool supplier_why_archive(struct shop_store *store, int64_t id, struct shop_error *err)
{
	return refuse_in_use(store, id, err);
}
