/* Declarative files: the three-way rule, the one form of equal values, what a document may look
 * like. */
#include "declare/declare_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

static void the_file_the_last_file_and_the_store_decide(void **state)
{
	static const struct {
		const char *what;
		struct declare_sides sides;
		enum declare_verdict verdict;
	} rows[] = {
		{"the file never had it", {.live_is_last = true}, DECLARE_SAME},
		{"it left the file, and the store is as it was applied",
		 {.was_given = true, .live_is_last = true},
		 DECLARE_RESET},
		{"it left the file, and has its default",
		 {.was_given = true, .live_is_last = true, .live_is_reset = true},
		 DECLARE_SAME},
		{"it left the file, and others changed it since",
		 {.was_given = true},
		 DECLARE_SAME},
		{"the file says what the store has",
		 {.given = true, .file_is_live = true},
		 DECLARE_SAME},
		{"others changed it since, to what the file says",
		 {.given = true, .was_given = true, .file_is_live = true},
		 DECLARE_SAME},
		{"the file has it for the first time", {.given = true}, DECLARE_SET},
		{"the file changed, the store did not",
		 {.given = true, .was_given = true, .live_is_last = true},
		 DECLARE_SET},
		{"the store changed, whatever the file did",
		 {.given = true, .was_given = true},
		 DECLARE_CONFLICT},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		if (declare_merge(&rows[i].sides) != rows[i].verdict)
			fail_msg("%s: not %d", rows[i].what, rows[i].verdict);
}

static const struct declare_field *field_of(const char *kind, const char *name)
{
	const struct declare_kind *k = declare_kind_find(kind);

	return &k->fields[declare_field_find(k, name)];
}

static void equal_values_are_equal_texts(void **state)
{
	static const struct {
		const char *kind, *field, *text, *read; /* NULL = refused */
	} rows[] = {
		{"price", "price", "12.5", "12.50 EUR"},
		{"price", "price", "EUR 12.50", "12.50 EUR"},
		{"price", "price", "12,50", NULL},
		{"price", "price", "1e3", NULL},
		{"product", "weight_g", "1.2kg", "1200"},
		{"product", "weight_g", "0350", "350"},
		{"product", "reorder_point", "1_000", NULL},
		{"product", "reorder_point", "-1", NULL},
		{"product", "title", "01234", "01234"},
		{"product", "title", "NO", "NO"},
		{"product", "title", "e\xcc\x81", "\xc3\xa9"},
		{"product", "title", "a\x1b[2J", NULL},
		{"product", "backorder", "limit:020", "limit:20"},
		{"product", "backorder", "limit:", NULL},
		{"product", "track_stock", "Yes", "true"},
		{"product", "track_stock", "1", NULL},
		{"product", "status", "sold", NULL},
		{"product", "sku", "mug-01", "MUG-01"},
		{"supplier", "country", "no", "NO"},
		{"supplier", "currency", "usd", "USD"},
		{"supplier", "id", "SUP-1000", "sup-1000"},
		{"stock", "on_hand", "1.250", "1.25"},
		{"stock", "on_hand", "-1", NULL},
		{"stock", "on_hand", "3kg", NULL},
	};
	GStringChunk *texts = g_string_chunk_new(256);

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct shop_error err = {0};
		const char *read = NULL;
		bool ok = value_read(field_of(rows[i].kind, rows[i].field), rows[i].text, "EUR",
				     texts, &read, &err);

		if (ok != (rows[i].read != NULL) || (ok && strcmp(read, rows[i].read) != 0))
			fail_msg("%s %s: %s", rows[i].field, rows[i].text, ok ? read : err.message);
		shop_error_done(&err);
	}
	g_string_chunk_free(texts);
}

static void note(const struct shop_declare_problem *p, void *arg)
{
	GString *to = arg;

	g_string_append_printf(to, "%d:%d ", (int)p->line, (int)p->column);
}

/* What a text says: its objects ("product:MUG-01 "), or where it is wrong. */
static char *said(const char *text)
{
	GString *to = g_string_new(NULL);
	int fd = memfd_create("text", 0);
	const struct shop_declare_file file = {
		.path = "-", .fd = fd, .currency = "EUR", .problem = note, .arg = to};
	struct shop_declare *set = NULL;
	struct shop_error err = {0};

	assert_true(write(fd, text, strlen(text)) == (ssize_t)strlen(text));
	assert_true(lseek(fd, 0, SEEK_SET) == 0);
	if (shop_declare_read(&file, &set, &err))
		for (guint i = 0; i < set->objects->len; i++) {
			const struct declare_object *o = g_ptr_array_index(set->objects, i);

			g_string_append_printf(to, "%s:%s ", o->kind->name, o->name);
		}
	shop_error_done(&err);
	shop_declare_free(set);
	(void)close(fd);
	return g_string_free(to, FALSE);
}

static void a_document_is_an_object_a_list_or_kinds(void **state)
{
	static const char *const rows[][2] = {
		{"", ""},
		{"# nothing\n", ""},
		{"kind: price\nsku: A-1\n", "price:A-1 "},
		{"sku: A-1\nkind: price\n", "price:A-1 "},
		{"- {kind: price, sku: A-1}\n- {kind: product, sku: A-1}\n",
		 "product:A-1 price:A-1 "},
		{"kind: price\nsku: A-1\n---\nkind: price\nsku: A-2\n", "price:A-1 price:A-2 "},
		{"prices:\n- {sku: A-1}\nlocation: {name: Main}\n", "location:Main price:A-1 "},
		{"price:\nproduct:\n  - sku: A-1\n", "product:A-1 "},
		{"product:\n  - sku: A-1\nprice:\n", "product:A-1 "},
		{"{\"price\":[{\"sku\":\"A-1\"}]}", "price:A-1 "},
		{"[{\"kind\":\"price\",\"sku\":\"\\u0041-1\"}]", "price:A-1 "},
		{"{\"kind\":\"price\",\"sku\":\"A-1\"}\n{\"kind\":\"price\",\"sku\":\"A-2\"}\n",
		 "price:A-1 price:A-2 "},
		{"kind,sku,price\nprice,A-1,3\nprice,A-2,\n", "price:A-1 price:A-2 "},
		{"kind,sku\n", ""},
		{"\"kind\",\"sku\"\n\"price\",\"A-1\"\n", "price:A-1 "},
		{"- 1\n", "1:3 "},
		{"- - 1\n", "1:3 "},
		{"text\n", "1:1 "},
		{"version: 1\nprice: []\n", "2:8 1:1 "},
		{"prise:\n- {sku: A-1}\n", "1:1 "},
		{"kind: price\nsku: {a: 1}\n", "2:6 1:1 "},
		{"- {kind: price, sku: A-1, sku: A-2}\n", "1:27 "},
		{"- {kind: price, sku: A-1}\n- {kind: price, sku: a-1}\n", "2:3 "},
		{"kind: stock\nsku: A-1\nlocation: loc-1000\n---\nkind: stock\nsku: A-1\n",
		 "stock:A-1 loc-1000 stock:A-1 "},
		{"{\"kind\":\"price\",\n  \"sku\": 7,\n  \"price\": \"x\"}", "3:12 "},
		{"{\"kind\":\"price\", \"sku\" \"A-1\"}", "1:28 "},
		{"[]", ""},
		{"[,{\"kind\":\"price\",\"sku\":\"A-1\"}]", "1:2 "},
		{"[{\"kind\":\"price\",\"sku\":\"A-1\"} {\"kind\":\"price\",\"sku\":\"A-2\"}]",
		 "1:31 "},
		{"[{\"kind\":\"price\",\"sku\":\"A-1\"},]", "1:31 "},
		{"[\n {\"kind\":\"price\",\"sku\":\"A-1\"},\n 7]", "3:2 "},
		{"[{\"kind\":\"price\",\"sku\":\"A-1\"}", "1:30 "},
		{"? [a]\n: b\n", "1:3 "},
		{"- {kind: location, name: A, default: true}\n- {kind: location, name: B, default: "
		 "true}\n",
		 "2:38 "},
		{"\xff\n", "1:1 "},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		char *text = said(rows[i][0]);

		if (strcmp(text, rows[i][1]) != 0)
			fail_msg("%s: %s, not %s", rows[i][0], text, rows[i][1]);
		g_free(text);
	}
}

static void every_kind_has_a_key_and_every_field_a_meaning(void **state)
{
	(void)state;
	for (size_t i = 0; declare_kinds()[i] != NULL; i++) {
		const struct declare_kind *kind = declare_kinds()[i];
		bool key = false;

		assert_string_equal(kind->name, shop_declare_kinds[i]);
		assert_in_range(kind->count, 1, DECLARE_FIELDS_MAX);
		for (size_t f = 0; f < kind->count; f++) {
			assert_non_null(kind->fields[f].doc);
			assert_int_equal(declare_field_find(kind, kind->fields[f].name), (int)f);
			key = key || (kind->fields[f].flags & DECLARE_KEY) != 0;
		}
		assert_true(key);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_file_the_last_file_and_the_store_decide),
		cmocka_unit_test(equal_values_are_equal_texts),
		cmocka_unit_test(a_document_is_an_object_a_list_or_kinds),
		cmocka_unit_test(every_kind_has_a_key_and_every_field_a_meaning),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
