/*
 * The blocks that the page of every object can have: its last events, and what to run next.
 */
#ifndef SHOPCTL_PAGE_PAGE_H
#define SHOPCTL_PAGE_PAGE_H

#include "shopctl.h"

/* Gathers what a list function gives: pass page_collect and the list. Freed by page_list_done. */
struct page_list {
	const struct shop_record *type;
	struct shop_list list;
};

#define AUTO_PAGE_LIST SHOP_CLEANUP(page_list_done)

bool page_collect(const void *record, void *page_list, struct shop_error *err) SHOP_CHECKED;
void page_list_done(struct page_list *list);

/**
 * End an object's page with its last events and the commands that come next; nothing where
 * out_is_page is false.
 *
 * id             ord-1000, or a product's SKU
 */
bool page_end(struct session *s, const char *id, struct out *out,
	      struct shop_error *err) SHOP_CHECKED;

/** The same by an id's type and number. */
bool page_end_id(struct session *s, enum shop_id_type type, int64_t id, struct out *out,
		 struct shop_error *err) SHOP_CHECKED;

/* What is shown of an object, and which it is. */
struct page_of {
	const struct shop_record *record;
	const struct out_block *blocks;
	enum shop_id_type type;
};

/** A whole page: the blocks of the object, then its end (out_page, page_end_id). */
bool page_show(struct session *s, const struct page_of *page, int64_t id, const void *record,
	       struct out *out, struct shop_error *err) SHOP_CHECKED;

#endif
