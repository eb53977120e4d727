/*
 * Raising, enriching and freeing errors, and the catalogue of their ids. Reporting is left to the
 * callers.
 */
#include "shop/error.h"

#include <assert.h>
#include <glib.h>
#include <string.h>

static const struct shop_error_info catalog[SHOP_ERROR_COUNT] = {
	[E_NONE] = { "E_NONE", SHOP_OK, "No error." },
#define SHOP_ERROR(id, code, help) [id] = { #id, code, help },
#include "shop/error_catalog.h"
#undef SHOP_ERROR
};

void shop_error_done(struct shop_error *err)
{
	if (err == NULL)
		return;
	g_free(err->object);
	g_free(err->field);
	g_free(err->message);
	g_free(err->because);
	g_free(err->details);
	g_strfreev(err->fix);
	memset(err, 0, sizeof(*err));
}

const struct shop_error_info *shop_error_info(enum shop_error_id id)
{
	if ((unsigned)id >= SHOP_ERROR_COUNT)
		return &catalog[E_INTERNAL];
	return &catalog[id];
}

/*
 * Messages quote what was typed, bytes and all; what leaves here is always UTF-8, so JSON may carry
 * it.
 */
SHOP_PRINTF(1, 0)
static char *text_of(const char *fmt, va_list ap)
{
	char *text = g_strdup_vprintf(fmt, ap);

	if (!g_utf8_validate(text, -1, NULL)) {
		char *valid = g_utf8_make_valid(text, -1);

		g_free(text);
		text = valid;
	}
	return text;
}

static void replace(char **slot, char *text)
{
	g_free(*slot);
	*slot = text;
}

bool shop_fail_va(struct shop_error *err, enum shop_error_id id, const char *fmt, va_list ap)
{
	char *message;

	assert(id > E_NONE && id < SHOP_ERROR_COUNT);
	if (err == NULL)
		return false;

	message = text_of(fmt, ap); /* before the old error goes: an argument may be part of it */
	shop_error_done(err);
	err->id = id;
	err->code = catalog[id].code;
	err->message = message;
	return false;
}

bool shop_fail(struct shop_error *err, enum shop_error_id id, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	shop_fail_va(err, id, fmt, ap);
	va_end(ap);
	return false;
}

bool shop_fail_while(struct shop_error *err, const char *doing)
{
	if (err != NULL && err->message != NULL)
		replace(&err->message, g_strdup_printf("%s: %s", doing, err->message));
	return false;
}

bool shop_fail_object(struct shop_error *err, const char *object)
{
	if (err != NULL)
		replace(&err->object, g_strdup(object));
	return false;
}

bool shop_fail_field(struct shop_error *err, const char *field)
{
	if (err != NULL)
		replace(&err->field, g_strdup(field));
	return false;
}

bool shop_fail_because(struct shop_error *err, const char *fmt, ...)
{
	va_list ap;

	if (err == NULL)
		return false;
	va_start(ap, fmt);
	replace(&err->because, text_of(fmt, ap));
	va_end(ap);
	return false;
}

bool shop_fail_details(struct shop_error *err, char *json)
{
	if (err == NULL)
		g_free(json);
	else
		replace(&err->details, json);
	return false;
}

bool shop_fail_fix(struct shop_error *err, ...)
{
	GPtrArray *words;
	va_list ap;

	if (err == NULL)
		return false;

	words = g_ptr_array_new();
	va_start(ap, err);
	for (const char *word = va_arg(ap, const char *); word != NULL;
	     word = va_arg(ap, const char *))
		g_ptr_array_add(words, g_strdup(word));
	va_end(ap);
	g_ptr_array_add(words, NULL);

	g_strfreev(err->fix);
	err->fix = (char **)g_ptr_array_free(words, FALSE);
	return false;
}

void shop_error_take(struct shop_error *to, struct shop_error *from)
{
	if (to == from)
		return;
	if (to == NULL) {
		shop_error_done(from);
		return;
	}
	shop_error_done(to);
	*to = *from;
	memset(from, 0, sizeof(*from));
}
