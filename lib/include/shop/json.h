/*
 * A small JSON writer over GString: compact, or indented by two spaces. It is used for event payloads and
 * for output, where building a tree first would cost more than the insert. Reading JSON is jansson's work.
 *
 *	struct shop_json j = { .to = g_string_new(NULL) };
 *	shop_json_object(&j, NULL);
 *	shop_json_text(&j, "sku", "MUG-01");
 *	shop_json_int(&j, "qty", 5);
 *	shop_json_end(&j);                                     {"sku":"MUG-01","qty":5}
 *
 * The first argument after the writer is the key; NULL inside arrays and at the top.
 */
#ifndef SHOP_JSON_H
#define SHOP_JSON_H

#include "shop/ids.h"
#include "shop/money.h"

#include <glib.h>

#define SHOP_JSON_DEPTH 32

struct shop_json {
	GString *to;
	bool pretty;
	int depth;
	bool filled[SHOP_JSON_DEPTH]; /* has the container at this depth an element yet */
	char close[SHOP_JSON_DEPTH];
};

/** Open an object. */
void shop_json_object(struct shop_json *j, const char *key);
/** Open an array. */
void shop_json_array(struct shop_json *j, const char *key);
/** Close the innermost object or array. */
void shop_json_end(struct shop_json *j);
/** A string; NULL gives null. The text must be valid UTF-8. */
void shop_json_text(struct shop_json *j, const char *key, const char *text);
/** A whole number. */
void shop_json_int(struct shop_json *j, const char *key, int64_t value);
/** true or false. */
void shop_json_bool(struct shop_json *j, const char *key, bool value);
/** null. */
void shop_json_null(struct shop_json *j, const char *key);
/** A typed id as text, null when 0. */
void shop_json_id(struct shop_json *j, const char *key, enum shop_id_type type, int64_t id);
/** {"amount":"19.99","currency":"EUR","minor":1999}. */
void shop_json_money(struct shop_json *j, const char *key, struct shop_money money);
/** A quantity as an exact decimal number: 3, 1.250. */
void shop_json_quantity(struct shop_json *j, const char *key, int64_t qty, int scale);
/** RFC 3339 UTC text. */
void shop_json_time(struct shop_json *j, const char *key, int64_t at_us);
/** Text that is JSON already (a stored payload); NULL gives null. */
void shop_json_raw(struct shop_json *j, const char *key, const char *json);

#endif
