/* The hash chain of the journal: what is hashed of a row, and how one row follows from the one before. */
#ifndef SHOP_JOURNAL_CHAIN_H
#define SHOP_JOURNAL_CHAIN_H

#include "shop/journal.h"

#include <stdint.h>

#define CHAIN_HASH 32

/**
 * BLAKE2b-256 over the hash before and every column of the row, each with its length, so that no byte
 * can move from one column to its neighbor unseen. `event->hash` is not read. Zeros stand before row 1.
 */
void chain_hash(const uint8_t before[CHAIN_HASH], const struct shop_event *event, uint8_t ret_hash[CHAIN_HASH]);

#endif
