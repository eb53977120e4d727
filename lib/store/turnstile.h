/*
 * The turnstile: writers of all processes take turns, in the order they came (STORE.md §3). Two
 * locks on a side file: take A, take B, leave A, work, leave B. The kernel frees them when a
 * process dies.
 */
#ifndef SHOP_STORE_TURNSTILE_H
#define SHOP_STORE_TURNSTILE_H

#include "shop/error.h"

#include <stdbool.h>
#include <stdint.h>

struct turnstile {
	int fd; /* -1 = none: a read-only store */
};

/** Open the side file of a store, made when missing. Fails with E_STORE_IO, E_STORE_READONLY. */
bool turnstile_open(struct turnstile *t, const char *store_path,
		    struct shop_error *err) SHOP_CHECKED;

/** Close it; no-op on fd -1. */
void turnstile_close(struct turnstile *t);

/** Wait for the turn until a moment of the monotonic clock. Fails with E_STORE_BUSY, E_STORE_IO. */
bool turnstile_enter(struct turnstile *t, int64_t until_us, struct shop_error *err) SHOP_CHECKED;

/** Let the next one in. */
void turnstile_leave(struct turnstile *t);

/** The monotonic clock in microseconds. */
int64_t turnstile_clock_us(void);

#endif
