/*
 * What was last applied to each object: one row each in the table of commands' answers, under no
 * actor's name and the object's. Rows are there for objects that were applied, and read one by one
 * by their key. Of people only digests of the values are kept.
 */
#include "declare/declare_run.h"

#include "shop/command_log.h"

#include <jansson.h>
#include <sodium.h>
#include <string.h>

#define PRINCIPAL "" /* actors have names */
#define PERSONAL_DIGITS 32

static char *key_of(const struct declare_kind *kind, const char *ident)
{
	return g_strconcat("applied:", kind->name, ":", ident, NULL);
}

static char *hash_of(const char *text)
{
	unsigned char hash[crypto_hash_sha256_BYTES];
	char *hex = g_malloc(2 * sizeof(hash) + 1);

	crypto_hash_sha256(hash, (const unsigned char *)text, strlen(text));
	return sodium_bin2hex(hex, 2 * sizeof(hash) + 1, hash, sizeof(hash));
}

/* The form in which a value is kept; NULL for NULL. */
static char *kept_form(const struct declare_kind *kind, const struct declare_field *field,
		       const char *text)
{
	AUTO_TEXT char *salted = NULL;
	char *hex;

	if (text == NULL || !kind->personal)
		return g_strdup(text);
	salted = g_strconcat(field->name, "=", text, NULL);
	hex = hash_of(salted);
	hex[PERSONAL_DIGITS] = '\0';
	return hex;
}

bool last_load(struct declare_run *run, const struct declare_kind *kind, const char *ident,
	       struct declare_last *ret_last, struct shop_error *err)
{
	AUTO_COMMAND_FOUND struct shop_command_found found = {0};
	AUTO_TEXT char *key = key_of(kind, ident);
	const char *name;
	json_t *kept, *value;
	bool is_there;

	*ret_last = (struct declare_last){.kind = kind};
	if (!shop_command_find(run->store, PRINCIPAL, key, &found, &is_there, err))
		return false;
	if (!is_there)
		return true;
	g_strlcpy(ret_last->hash, found.request_hash, sizeof(ret_last->hash));
	ret_last->fields = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	kept = json_loads(found.result, 0, NULL);
	json_object_foreach(kept, name, value) g_hash_table_insert(
		ret_last->fields, g_strdup(name), g_strdup(json_string_value(value)));
	json_decref(kept);
	return true;
}

void last_done(struct declare_last *last)
{
	if (last->fields != NULL)
		g_hash_table_unref(last->fields);
	*last = (struct declare_last){0};
}

bool last_has(const struct declare_last *last, const struct declare_field *field, const char *text,
	      bool *ret_equal)
{
	AUTO_TEXT char *form = NULL;
	gpointer kept;

	*ret_equal = false;
	if (last->fields == NULL ||
	    !g_hash_table_lookup_extended(last->fields, field->name, NULL, &kept))
		return false;
	form = kept_form(last->kind, field, text);
	*ret_equal = g_strcmp0(form, kept) == 0;
	return true;
}

static char *kept_json(const struct declare_object *object)
{
	struct shop_json j = {.to = g_string_new(NULL)};

	shop_json_object(&j, NULL);
	for (size_t i = 0; i < object->kind->count; i++) {
		const struct declare_field *field = &object->kind->fields[i];
		AUTO_TEXT char *form = NULL;

		if (!object->values[i].given || (field->flags & DECLARE_KEY) != 0)
			continue;
		form = kept_form(object->kind, field, object->values[i].text);
		shop_json_text(&j, field->name, form);
	}
	shop_json_end(&j);
	return g_string_free(j.to, FALSE);
}

bool last_save(struct declare_run *run, const struct declare_object *object, const char *ident,
	       const struct declare_last *last, struct shop_error *err)
{
	AUTO_TEXT char *key = key_of(object->kind, ident);
	AUTO_TEXT char *kept = kept_json(object);
	AUTO_TEXT char *hash = hash_of(kept);
	const struct shop_command_entry entry = {
		.principal = PRINCIPAL,
		.key = key,
		.request_hash = hash,
		.result = kept,
		.money = true, /* kept for ever */
		.event_from = SHOP_NULL,
		.event_to = SHOP_NULL,
	};

	if (strcmp(last->hash, hash) == 0)
		return true;
	return last->fields == NULL ? shop_command_save(run->store, &entry, err)
				    : shop_command_replace(run->store, &entry, err);
}
