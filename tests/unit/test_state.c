/* Every state that an object can be given can be read at a glance, and no word stands in the list
 * without being one. */
#include "domain/order/order_axes.h"
#include "shop/transition.h"
#include "store/schema.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <glib.h>
#include <string.h>

/* Carriers give these; what they mean is DOMAIN's list, not a table here. */
static const char *const parcels[] = {"pre_transit",	      "in_transit", "out_for_delivery",
				      "available_for_pickup", "delivered",  "failure",
				      "return_to_sender",     "expired",    "unknown"};

static void add(GHashTable *words, const char *word)
{
	g_hash_table_add(words, g_strdup(word));
}

static void add_machines(GHashTable *words)
{
	for (const struct shop_transition *t = shop_transitions(); t->machine != NULL; t++) {
		add(words, t->from);
		add(words, t->to);
	}
}

/* What the schema lets a status or state be: status = 'draft' OR …, status IN ('active', …). */
static void add_schema(GHashTable *words)
{
	GRegex *list = g_regex_new(
		"(?:status|state) IN \\(([^)]*)\\)|(?:status|state) = ('[a-z_]+')", 0, 0, NULL);
	GRegex *word = g_regex_new("'([a-z_]+)'", 0, 0, NULL);

	for (size_t i = 0; store_schema_v1[i] != NULL; i++) {
		GMatchInfo *found, *each;

		for (g_regex_match(list, store_schema_v1[i], 0, &found);
		     g_match_info_matches(found); g_match_info_next(found, NULL)) {
			char *text = g_match_info_fetch(found, 0);

			for (g_regex_match(word, text, 0, &each); g_match_info_matches(each);
			     g_match_info_next(each, NULL)) {
				char *one = g_match_info_fetch(each, 1);

				add(words, one);
				g_free(one);
			}
			g_match_info_free(each);
			g_free(text);
		}
		g_match_info_free(found);
	}
	g_regex_unref(list);
	g_regex_unref(word);
}

static void add_money(GHashTable *words)
{
	for (int64_t n = 0; n < 4 * 3 * 3 * 3 * 2; n++) {
		const struct order_money money = {.total = 2,
						  .due = 2,
						  .captured = n % 4,
						  .authorized = n / 4 % 3,
						  .refunded = n / 12 % 3,
						  .voided = n / 36 % 3,
						  .refunding = n / 108};

		add(words, order_payment_of(&money));
	}
}

static void add_goods(GHashTable *words)
{
	for (int64_t n = 0; n < 3 * 3 * 3 * 3 * 3; n++) {
		const struct order_goods goods = {.wanted = n % 3,
						  .shipped = n / 3 % 3,
						  .begun = n / 9 % 3,
						  .delivered = n / 27 % 3,
						  .arrived = n / 81};

		add(words, order_fulfillment_of(&goods));
	}
}

static GHashTable *all_states(void)
{
	GHashTable *words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	add_machines(words);
	add_schema(words);
	add_money(words);
	add_goods(words);
	for (size_t i = 0; i < sizeof(parcels) / sizeof(parcels[0]); i++)
		add(words, parcels[i]);
	return words;
}

static void every_state_has_a_tone(void **state)
{
	GHashTable *words = all_states();
	GHashTableIter iter;
	gpointer word;

	(void)state;
	assert_true(g_hash_table_size(words) > 40);
	g_hash_table_iter_init(&iter, words);
	while (g_hash_table_iter_next(&iter, &word, NULL))
		if (shop_state_tone(word) == SHOP_TONE_NONE)
			fail_msg("%s has no tone", (const char *)word);
	g_hash_table_unref(words);
}

static void every_word_with_a_tone_is_a_state(void **state)
{
	GHashTable *words = all_states();

	(void)state;
	for (const struct shop_state *s = shop_states(); s->word != NULL; s++)
		if (!g_hash_table_contains(words, s->word))
			fail_msg("nothing can be %s", s->word);
	g_hash_table_unref(words);
}

static void the_tones_are_those_of_the_contract(void **state)
{
	(void)state;
	assert_int_equal(shop_state_tone("paid"), SHOP_TONE_GOOD);
	assert_int_equal(shop_state_tone("partially_fulfilled"), SHOP_TONE_PART);
	assert_int_equal(shop_state_tone("not_paid"), SHOP_TONE_OPEN);
	assert_int_equal(shop_state_tone("canceled"), SHOP_TONE_BAD);
	assert_int_equal(shop_state_tone("order_late"), SHOP_TONE_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_state_has_a_tone),
		cmocka_unit_test(every_word_with_a_tone_is_a_state),
		cmocka_unit_test(the_tones_are_those_of_the_contract),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
