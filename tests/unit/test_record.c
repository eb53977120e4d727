/* Records: one field table frees, lists and prints. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "shop/record.h"
#include "shop/text.h"

struct line {
	int64_t id;
	int64_t qty;
	int64_t qty_scale;
};

struct place {
	char *city;
};

struct sale {
	int64_t id;
	char *note;
	char *status;
	int64_t total;
	char *currency;
	int64_t paid;
	int64_t placed_at;
	int64_t wait;
	char *extra;
	struct place place;
	struct shop_list lines;
};

static const struct shop_field line_fields[] = {
	SHOP_FIELD_ID(struct line, id, "id", SHOP_ID_LINE, "the line"),
	SHOP_FIELD_QTY(struct line, qty, "qty", "how many"),
	SHOP_FIELD_INT(struct line, qty_scale, "qty_scale", "decimals", .flags = SHOP_FIELD_HIDDEN),
};
static const struct shop_record line_record = SHOP_RECORD("line", struct line, line_fields);

static const struct shop_field place_fields[] = {
	SHOP_FIELD_TEXT(struct place, city, "city", "the city"),
};
static const struct shop_record place_record = SHOP_RECORD("place", struct place, place_fields);

static const struct shop_field sale_fields[] = {
	SHOP_FIELD_ID(struct sale, id, "id", SHOP_ID_ORDER, "the order"),
	SHOP_FIELD_TEXT(struct sale, note, "note", "a note"),
	SHOP_FIELD_WORD(struct sale, status, "status", "its status"),
	SHOP_FIELD_MONEY(struct sale, total, "total", "what it costs"),
	SHOP_FIELD_TEXT(struct sale, currency, "currency", "its currency",
	                .flags = SHOP_FIELD_HIDDEN),
	SHOP_FIELD_BOOL(struct sale, paid, "paid", "whether it is paid"),
	SHOP_FIELD_TIME(struct sale, placed_at, "placed_at", "when"),
	SHOP_FIELD_DURATION(struct sale, wait, "wait", "how long"),
	SHOP_FIELD_JSON(struct sale, extra, "extra", "more"),
	{ .name = "place",
	  .type = SHOP_TYPE_RECORD,
	  .offset = offsetof(struct sale, place),
	  .child = &place_record,
	  .doc = "where" },
	SHOP_FIELD_LIST(struct sale, lines, "lines", &line_record, "its lines"),
};
static const struct shop_record sale_record = SHOP_RECORD("sale", struct sale, sale_fields);

static void check_json(const struct sale *sale, const char *expected)
{
	AUTO_STRING GString *to = g_string_new(NULL);
	struct shop_json j = { .to = to };

	shop_record_json(&j, NULL, &sale_record, sale);
	assert_string_equal(to->str, expected);
}

static void a_record_prints_all_its_fields_but_the_hidden_ones(void **state)
{
	struct sale sale = {
		.id = 1042,
		.note = g_strdup("hi"),
		.status = g_strdup("paid"),
		.total = 1999,
		.currency = g_strdup("EUR"),
		.paid = 1,
		.placed_at = 0,
		.wait = 90000000,
		.extra = g_strdup("[1]"),
		.place = { g_strdup("Ulm") },
	};
	struct line *line = shop_list_add(&line_record, &sale.lines);

	(void)state;
	*line = (struct line){ 1001, 1250, 3 };
	check_json(&sale, "{\"id\":\"ord-1042\",\"note\":\"hi\",\"status\":\"paid\","
	                  "\"total\":{\"amount\":\"19.99\",\"currency\":\"EUR\",\"minor\":1999},"
	                  "\"paid\":true,\"placed_at\":\"1970-01-01T00:00:00.000Z\","
	                  "\"wait\":\"1min30s\",\"extra\":[1],\"place\":{\"city\":\"Ulm\"},"
	                  "\"lines\":[{\"id\":\"lin-1001\",\"qty\":1.250}]}");
	shop_record_done(&sale_record, &sale);
	assert_null(sale.note);
	assert_null(sale.lines.items);
}

static void what_is_absent_is_null_and_never_left_out(void **state)
{
	const struct sale sale = {
		.total = SHOP_NULL,
		.paid = SHOP_NULL,
		.placed_at = SHOP_NULL,
		.wait = SHOP_NULL,
	};

	(void)state;
	check_json(&sale, "{\"id\":null,\"note\":null,\"status\":null,\"total\":null,\"paid\":null,"
	                  "\"placed_at\":null,\"wait\":null,\"extra\":null,"
	                  "\"place\":{\"city\":null},\"lines\":[]}");
}

static void a_list_keeps_its_records_while_it_grows(void **state)
{
	struct shop_list lines = { 0 };

	(void)state;
	for (int64_t i = 0; i < 100; i++) {
		struct line *line = shop_list_add(&line_record, &lines);

		assert_int_equal(line->qty, 0);
		line->id = i;
	}
	assert_int_equal(lines.count, 100);
	for (int64_t i = 0; i < 100; i++)
		assert_int_equal(((struct line *)lines.items)[i].id, i);
	shop_list_done(&line_record, &lines);
	shop_list_done(&line_record, &lines);
	assert_int_equal(lines.count, 0);
}

static void a_field_is_found_by_its_exact_name(void **state)
{
	(void)state;
	assert_ptr_equal(shop_record_field(&sale_record, "total"), &sale_fields[3]);
	assert_null(shop_record_field(&sale_record, "Total"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_record_prints_all_its_fields_but_the_hidden_ones),
		cmocka_unit_test(what_is_absent_is_null_and_never_left_out),
		cmocka_unit_test(a_list_keeps_its_records_while_it_grows),
		cmocka_unit_test(a_field_is_found_by_its_exact_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
