/*
 * The JSON writer: appends straight to a GString. Reading and validating JSON is left to jansson.
 */
#include "shop/json.h"

#include "shop/record.h"
#include "shop/times.h"

#include "number.h"

#include <assert.h>
#include <string.h>

/* What stands behind the backslash; 'u' = \u00XX. Bytes not listed go out as they are. */
static const char escapes[256] = {
	[0x00] = 'u', [0x01] = 'u', [0x02] = 'u', [0x03] = 'u',  [0x04] = 'u', [0x05] = 'u',
	[0x06] = 'u', [0x07] = 'u', ['\b'] = 'b', ['\t'] = 't',  ['\n'] = 'n', [0x0b] = 'u',
	['\f'] = 'f', ['\r'] = 'r', [0x0e] = 'u', [0x0f] = 'u',  [0x10] = 'u', [0x11] = 'u',
	[0x12] = 'u', [0x13] = 'u', [0x14] = 'u', [0x15] = 'u',  [0x16] = 'u', [0x17] = 'u',
	[0x18] = 'u', [0x19] = 'u', [0x1a] = 'u', [0x1b] = 'u',  [0x1c] = 'u', [0x1d] = 'u',
	[0x1e] = 'u', [0x1f] = 'u', ['"'] = '"',  ['\\'] = '\\',
};

static void append_escape(GString *to, unsigned char byte)
{
	static const char hex[] = "0123456789abcdef";
	const char text[6] = { '\\', escapes[byte], '0', '0', hex[byte >> 4], hex[byte & 15] };

	g_string_append_len(to, text, text[1] == 'u' ? 6 : 2);
}

/* A quoted string: what needs no escape goes out in one piece. */
static void append_string(GString *to, const char *text)
{
	const char *plain = text;

	g_string_append_c(to, '"');
	for (const char *p = text; *p != '\0'; p++) {
		if (escapes[(unsigned char)*p] == 0)
			continue;
		g_string_append_len(to, plain, p - plain);
		append_escape(to, (unsigned char)*p);
		plain = p + 1;
	}
	g_string_append(to, plain);
	g_string_append_c(to, '"');
}

static void append_line(struct shop_json *j)
{
	static const char spaces[2 * SHOP_JSON_DEPTH + 1] =
		"                                                                ";

	g_string_append_c(j->to, '\n');
	g_string_append_len(j->to, spaces, 2 * (gssize)j->depth);
}

/* What stands before every value: the comma, the line and the key. */
static void begin(struct shop_json *j, const char *key)
{
	if (j->depth > 0) {
		if (j->filled[j->depth - 1])
			g_string_append_c(j->to, ',');
		j->filled[j->depth - 1] = true;
		if (j->pretty)
			append_line(j);
	}
	if (key == NULL)
		return;
	append_string(j->to, key);
	g_string_append_len(j->to, ": ", j->pretty ? 2 : 1);
}

static void open_container(struct shop_json *j, const char *key, char open, char close)
{
	assert(j->depth < SHOP_JSON_DEPTH);
	begin(j, key);
	g_string_append_c(j->to, open);
	j->filled[j->depth] = false;
	j->close[j->depth] = close;
	j->depth++;
}

void shop_json_object(struct shop_json *j, const char *key)
{
	open_container(j, key, '{', '}');
}

void shop_json_array(struct shop_json *j, const char *key)
{
	open_container(j, key, '[', ']');
}

void shop_json_end(struct shop_json *j)
{
	assert(j->depth > 0);
	j->depth--;
	if (j->pretty && j->filled[j->depth])
		append_line(j);
	g_string_append_c(j->to, j->close[j->depth]);
}

void shop_json_text(struct shop_json *j, const char *key, const char *text)
{
	if (text == NULL) {
		shop_json_null(j, key);
		return;
	}
	begin(j, key);
	append_string(j->to, text);
}

void shop_json_int(struct shop_json *j, const char *key, int64_t value)
{
	shop_json_quantity(j, key, value, 0);
}

void shop_json_bool(struct shop_json *j, const char *key, bool value)
{
	begin(j, key);
	g_string_append(j->to, value ? "true" : "false");
}

void shop_json_null(struct shop_json *j, const char *key)
{
	begin(j, key);
	g_string_append_len(j->to, "null", 4);
}

void shop_json_id(struct shop_json *j, const char *key, enum shop_id_type type, int64_t id)
{
	char text[SHOP_ID_TEXT];

	shop_json_text(j, key, id == 0 ? NULL : shop_id_format(type, id, text));
}

void shop_json_money(struct shop_json *j, const char *key, struct shop_money money)
{
	char text[SHOP_MONEY_TEXT];
	bool known = money.currency[0] != '\0'; /* without a currency nobody can place the dot */

	if (money.minor == SHOP_NULL) {
		shop_json_null(j, key);
		return;
	}
	shop_json_object(j, key);
	shop_json_text(j, "amount", known ? shop_money_format(money, text) : NULL);
	shop_json_text(j, "currency", known ? money.currency : NULL);
	shop_json_int(j, "minor", money.minor);
	shop_json_end(j);
}

void shop_json_quantity(struct shop_json *j, const char *key, int64_t qty, int scale)
{
	char text[NUMBER_TEXT];

	if (qty == SHOP_NULL) {
		shop_json_null(j, key);
		return;
	}
	begin(j, key);
	g_string_append_len(j->to, text, (gssize)number_format(qty, scale, text));
}

void shop_json_time(struct shop_json *j, const char *key, int64_t at_us)
{
	char text[SHOP_TIME_TEXT];

	shop_json_text(j, key, at_us == SHOP_NULL ? NULL : shop_time_format_utc(at_us, text));
}

void shop_json_raw(struct shop_json *j, const char *key, const char *json)
{
	begin(j, key);
	g_string_append(j->to, json == NULL ? "null" : json);
}
