/*
 * Objects of the store as a file has them, one by one; nothing is held but the one that goes out.
 */
#include "declare/declare_run.h"

#include <string.h>

struct export
{
	const struct declare_kind *kind;
	bool csv, header_done;
	GString *text;
	shop_declare_text_fn fn;
	void *ctx;
};

static bool is_number(enum declare_type type)
{
	return type == DECLARE_QUANTITY || type == DECLARE_INT || type == DECLARE_WEIGHT ||
	       type == DECLARE_BOOL;
}

static void member(struct shop_json *j, const struct declare_field *field, const char *text)
{
	if (text != NULL && is_number(field->type))
		shop_json_raw(j, field->name, text);
	else
		shop_json_text(j, field->name, text);
}

/* What is unset is left out: the file then leaves it to others. */
static void object_json(GString *to, const struct declare_kind *kind,
			const struct declare_live *live)
{
	struct shop_json j = {.to = to};

	shop_json_object(&j, NULL);
	shop_json_text(&j, "kind", kind->name);
	for (size_t i = 0; i < kind->count; i++)
		if (live->texts[i] != NULL)
			member(&j, &kind->fields[i], live->texts[i]);
	shop_json_end(&j);
}

static bool give(const struct declare_live *live, void *ctx, struct shop_error *err)
{
	struct export *e = ctx;

	g_string_truncate(e->text, 0);
	if (e->csv && !e->header_done)
		csv_header(e->text, e->kind);
	e->header_done = true;
	if (e->csv)
		csv_row(e->text, e->kind, live);
	else
		object_json(e->text, e->kind, live);
	return e->fn(e->text->str, e->ctx, err);
}

bool shop_declare_export(struct shop_store *store, const char *kind, int64_t now_us, bool csv,
			 shop_declare_text_fn fn, void *ctx, struct shop_error *err)
{
	const struct shop_declare_how how = {.now_us = now_us};
	struct declare_run run = {.store = store, .how = &how};
	AUTO_STRING GString *text = g_string_new(NULL);
	struct export e = {
		.kind = declare_kind_find(kind), .csv = csv, .text = text, .fn = fn, .ctx = ctx};
	bool ok;

	if (e.kind == NULL)
		return declare_kind_unknown(kind, err);
	ok = e.kind->each(&run, give, &e, err);
	if (ok && csv && !e.header_done) {
		csv_header(text, e.kind);
		ok = fn(text->str, ctx, err);
	}
	g_free(run.supplier_name);
	return ok;
}

/* The value that names an object to its kind: its id, or its SKU. */
static bool load_named(struct declare_run *run, const struct declare_kind *kind, const char *name,
		       struct declare_live *live, struct shop_error *err)
{
	struct declare_value values[DECLARE_FIELDS_MAX] = {{.text = name, .given = true}};

	if (!kind->load(run, values, live, err))
		return false;
	if (live->found)
		return true;
	shop_fail(err, E_NOT_FOUND, "no %s %s", kind->name, name);
	return shop_fail_fix(err, kind->name, "list", NULL);
}

/* What cannot be unset is not shown so. */
static bool is_shown(const struct declare_field *field, const char *text)
{
	return field->type != DECLARE_ID && (field->flags & DECLARE_FIXED) == 0 &&
	       (text != NULL || (field->flags & DECLARE_KEEP) == 0);
}

/* The object with all its fields, as an item of the list. */
static bool show_as(struct declare_run *run, struct shop_json *j, const struct declare_kind *kind,
		    const char *name, int64_t *ret_version, struct shop_error *err)
{
	AUTO_LIVE struct declare_live live = {0};

	if (!load_named(run, kind, name, &live, err))
		return false;
	shop_json_object(j, NULL);
	shop_json_text(j, "kind", kind->name);
	if (kind->fields[0].type == DECLARE_ID)
		shop_json_text(j, "id", live.ident);
	for (size_t i = 0; i < kind->count; i++)
		if (is_shown(&kind->fields[i], live.texts[i]))
			member(j, &kind->fields[i], live.texts[i]);
	shop_json_end(j);
	*ret_version = live.version;
	return true;
}

bool shop_declare_show(struct shop_store *store, const struct shop_declare_object *object,
		       int64_t now_us, char **ret_json, int64_t *ret_version,
		       struct shop_error *err)
{
	const struct shop_declare_how how = {.now_us = now_us};
	struct declare_run run = {.store = store, .how = &how};
	const struct declare_kind *kind = declare_kind_find(object->kind);
	struct shop_json j = {.to = g_string_new(NULL)};
	int64_t version;
	bool ok;

	shop_json_array(&j, NULL);
	ok = show_as(&run, &j, kind, object->name, ret_version, err) &&
	     (kind->beside == NULL || show_as(&run, &j, kind->beside, object->name, &version, err));
	shop_json_end(&j);
	*ret_json = g_string_free(j.to, !ok);
	g_free(run.supplier_name);
	return ok;
}
