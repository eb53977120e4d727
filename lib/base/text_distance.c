/* How far a typed word is from a known one, for "did you mean". */
#include "shop/text.h"

#include <stdint.h>
#include <string.h>

/* Nobody misspells a longer word; it keeps the work of one comparison bounded. */
#define WORD_MAX 64

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* rows[i] is the distance of the first i letters of a from each beginning of b. */
static size_t distance_of(const char *a, size_t a_len, const char *b, size_t b_len)
{
	size_t rows[WORD_MAX + 1][WORD_MAX + 1];

	for (size_t j = 0; j <= b_len; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= a_len; i++) {
		rows[i][0] = i;
		for (size_t j = 1; j <= b_len; j++) {
			size_t cost = a[i - 1] == b[j - 1] ? 0 : 1;

			rows[i][j] = least(rows[i - 1][j - 1] + cost,
			                   least(rows[i - 1][j], rows[i][j - 1]) + 1);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				rows[i][j] = least(rows[i][j], rows[i - 2][j - 2] + 1);
		}
	}
	return rows[a_len][b_len];
}

size_t shop_text_distance(const char *a, const char *b)
{
	size_t a_len = strlen(a), b_len = strlen(b);

	if (a_len > WORD_MAX || b_len > WORD_MAX)
		return strcmp(a, b) == 0 ? 0 : (a_len > b_len ? a_len : b_len);
	return distance_of(a, a_len, b, b_len);
}

const char *shop_text_nearest(const char *word, const char *const *names, size_t count)
{
	size_t length = strlen(word), best = SIZE_MAX;
	const char *nearest = NULL;

	for (size_t i = 0; i < count; i++) {
		size_t distance = shop_text_distance(word, names[i]);
		size_t longer = strlen(names[i]) > length ? strlen(names[i]) : length;

		if (distance * 3 > longer || distance >= best)
			continue;
		best = distance;
		nearest = names[i];
	}
	return nearest;
}
