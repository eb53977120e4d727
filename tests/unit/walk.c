/* Draws of a random walk, and what they are drawn from. */
#include "walk.h"

void walk_begin(struct walk *w, int64_t step)
{
	w->step = step;
	w->random = (w->seed + 1) * UINT64_C(0x9e3779b97f4a7c15) +
		    (uint64_t)step * UINT64_C(0xd1342543de82ef95);
	w->call_payment = 0;
	w->call_n = 0;
}

/* splitmix64 */
int64_t walk_draw(struct walk *w, int64_t n)
{
	uint64_t z = w->random += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	z ^= z >> 31;
	return (int64_t)(z % (uint64_t)n);
}

bool walk_once_in(struct walk *w, int64_t n)
{
	return walk_draw(w, n) == 0;
}

const char *walk_word(struct walk *w, const char *const *words, size_t count)
{
	return words[walk_draw(w, (int64_t)count)];
}

int64_t walk_pick(struct walk *w, const char *open, const char *last)
{
	AUTO_ERROR struct shop_error err = {0};
	int64_t id = SHOP_NULL;

	if (!walk_once_in(w, 5) && !db_get(w->store, &id, open, "i", &err, walk_draw(w, 1009)))
		fail_msg("%s", err.message);
	if (id != SHOP_NULL)
		return id;
	if (!db_get(w->store, &id, last, NULL, &err))
		fail_msg("%s", err.message);
	if (id == SHOP_NULL)
		id = SHOP_ID_FIRST;
	return walk_once_in(w, 30) ? id + 7 : MAX(id - walk_draw(w, 6), SHOP_ID_FIRST);
}

const char *walk_sku(struct walk *w, char text[64])
{
	static const char sql[] =
		"SELECT sku FROM product ORDER BY (id * 7919 + $1) % 1009 LIMIT 1";
	AUTO_ERROR struct shop_error err = {0};
	char *sku;

	g_strlcpy(text, "NO-SUCH", 64);
	if (walk_once_in(w, 60))
		return text;
	if (!db_get_text(w->store, &sku, sql, "i", &err, walk_draw(w, 1009)))
		fail_msg("%s", err.message);
	if (sku != NULL)
		g_strlcpy(text, sku, 64);
	g_free(sku);
	return text;
}

int64_t walk_place(struct walk *w)
{
	static const char open[] = "SELECT id FROM location WHERE status = 'active'"
				   " ORDER BY (id * 7919 + $1) % 1009 LIMIT 1";
	static const char last[] = "SELECT max(id) FROM location";

	return walk_once_in(w, 2) ? 0 : walk_pick(w, open, last);
}

struct shop_decimal walk_quantity(struct walk *w)
{
	struct shop_decimal qty = {.value = 1 + walk_draw(w, 6)};

	switch (walk_draw(w, 24)) {
	case 0:
		qty.value = walk_draw(w, 3) - 2;
		break;
	case 1:
		qty.value = walk_once_in(w, 4) ? SHOP_QUANTITY_MAX : 500;
		break;
	case 2:
	case 3:
	case 4:
		qty.value = 1 + 2 * walk_draw(w, 3000);
		qty.scale = 3;
		if (walk_once_in(w, 3))
			g_strlcpy(qty.unit, "kg", sizeof qty.unit);
		break;
	default:
		break;
	}
	return qty;
}

struct shop_money walk_amount(struct walk *w)
{
	if (!walk_once_in(w, 4))
		return (struct shop_money){.minor = SHOP_NULL};
	return shop_money_of(walk_draw(w, 5000), walk_once_in(w, 4) ? "USD" : "EUR");
}

void walk_shelve(struct walk *w, const char *sku, int64_t qty)
{
	int64_t *sum = g_hash_table_lookup(w->on_hand, sku);

	if (sum == NULL) {
		sum = g_new0(int64_t, 1);
		g_hash_table_insert(w->on_hand, g_strdup(sku), sum);
	}
	*sum += qty;
}

bool walk_ignore(const void *record, void *ctx, struct shop_error *err)
{
	(void)record;
	(void)ctx;
	(void)err;
	return true;
}
