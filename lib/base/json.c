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

/* Room for so many bytes more at the end. All that is written passes here, so GLib is asked only to grow. */
static char *more(GString *to, size_t size)
{
	const size_t at = to->len;

	if (at + size < to->allocated_len) {
		to->len = at + size;
		to->str[at + size] = '\0';
	} else {
		g_string_set_size(to, at + size);
	}
	return to->str + at;
}

static void append(GString *to, const char *bytes, size_t size)
{
	memcpy(more(to, size), bytes, size);
}

static void append_escape(GString *to, unsigned char byte)
{
	static const char hex[] = "0123456789abcdef";
	const char text[6] = { '\\', escapes[byte], '0', '0', hex[byte >> 4], hex[byte & 15] };

	append(to, text, text[1] == 'u' ? 6 : 2);
}

/* How much of the text goes out as it is; it may end in what must be escaped. */
static size_t plain_length(const char *text)
{
	size_t length = 0;

	while (escapes[(unsigned char)text[length]] == 0)
		length++;
	return length;
}

/* A quoted string that holds what must be escaped, from behind its plain beginning. */
static void append_escaped(GString *to, const char *text, size_t length)
{
	append(to, "\"", 1);
	for (;; length = plain_length(text)) {
		append(to, text, length);
		text += length;
		if (*text == '\0')
			break;
		append_escape(to, (unsigned char)*text);
		text++;
	}
	append(to, "\"", 1);
}

static void append_string(GString *to, const char *text)
{
	const size_t length = plain_length(text);
	char *at;

	if (text[length] != '\0') {
		append_escaped(to, text, length);
		return;
	}
	at = more(to, length + 2);
	at[0] = '"';
	memcpy(at + 1, text, length);
	at[length + 1] = '"';
}

static void append_line(struct shop_json *j)
{
	char *to = more(j->to, 1 + 2 * (size_t)j->depth);

	to[0] = '\n';
	memset(to + 1, ' ', 2 * (size_t)j->depth);
}

/* The comma and the line before a value or its key. */
static void begin_item(struct shop_json *j)
{
	if (j->depth == 0)
		return;
	if (j->filled[j->depth - 1])
		append(j->to, ",", 1);
	j->filled[j->depth - 1] = true;
	if (j->pretty)
		append_line(j);
}

/* What stands before every value: the comma, the line and the key. */
static void begin(struct shop_json *j, const char *key)
{
	size_t length;
	char *at;

	begin_item(j);
	if (key == NULL)
		return;
	length = plain_length(key);
	if (j->pretty || key[length] != '\0') {
		append_string(j->to, key);
		append(j->to, ": ", j->pretty ? 2 : 1);
		return;
	}
	at = more(j->to, length + 3);
	*at++ = '"';
	memcpy(at, key, length);
	at[length] = '"';
	at[length + 1] = ':';
}

static void open_container(struct shop_json *j, const char *key, char open, char close)
{
	assert(j->depth < SHOP_JSON_DEPTH);
	begin(j, key);
	append(j->to, &open, 1);
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
	append(j->to, &j->close[j->depth], 1);
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
	append(j->to, value ? "true" : "false", value ? 4 : 5);
}

void shop_json_null(struct shop_json *j, const char *key)
{
	begin(j, key);
	append(j->to, "null", 4);
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
	append(j->to, text, number_format(qty, scale, text));
}

void shop_json_time(struct shop_json *j, const char *key, int64_t at_us)
{
	char text[SHOP_TIME_TEXT];

	shop_json_text(j, key, at_us == SHOP_NULL ? NULL : shop_time_format_utc(at_us, text));
}

void shop_json_raw(struct shop_json *j, const char *key, const char *json)
{
	if (json == NULL)
		json = "null";
	begin(j, key);
	append(j->to, json, strlen(json));
}
