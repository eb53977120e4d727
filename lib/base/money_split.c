/* Dividing amounts so that the parts sum to the whole exactly. */
#include "shop/money.h"

#include "number.h"

#include <assert.h>

/* The nearest int64, should part be so much larger than whole that the share is out of range. */
static int64_t narrowed(number_wide value)
{
	if (value > INT64_MAX)
		return INT64_MAX;
	return value < INT64_MIN ? INT64_MIN : (int64_t)value;
}

int64_t shop_minor_share(int64_t minor, int64_t part, int64_t whole)
{
	assert(whole > 0);
	return narrowed(number_half_even((number_wide)minor * part, whole));
}

/*
 * The part that takes the remainder: the one of the largest weight. When rounding gave away too
 * much
 * (`shrink`), only one that has something left: a discount must not turn into a surcharge.
 */
static size_t taker_of(const int64_t *weights, const int64_t *parts, size_t count, bool shrink)
{
	size_t taker = count;

	for (size_t i = 0; i < count; i++) {
		if (shrink && parts[i] == 0)
			continue;
		if (taker == count || weights[i] > weights[taker])
			taker = i;
	}
	assert(taker < count);
	return taker;
}

static int64_t magnitude(int64_t value)
{
	return value < 0 ? -value : value;
}

void shop_minor_split(int64_t minor, const int64_t *weights, size_t count, int64_t *ret_parts)
{
	number_wide whole = 0;
	int64_t rest = minor;

	for (size_t i = 0; i < count; i++) {
		assert(weights[i] >= 0);
		whole += weights[i];
	}
	assert(whole > 0);
	for (size_t i = 0; i < count; i++) {
		ret_parts[i] = narrowed(number_half_even((number_wide)minor * weights[i], whole));
		rest -= ret_parts[i];
	}
	while (rest != 0) {
		bool shrink = (rest < 0) != (minor < 0);
		size_t taker = taker_of(weights, ret_parts, count, shrink);
		int64_t given = rest;

		if (shrink && magnitude(rest) > magnitude(ret_parts[taker]))
			given = -ret_parts[taker];
		ret_parts[taker] += given;
		rest -= given;
	}
}
