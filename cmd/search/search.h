/* The command search, and what a list's --search shares with it. */
#ifndef SHOPCTL_SEARCH_H
#define SHOPCTL_SEARCH_H

#include "shop/search.h"
#include "shopctl.h"

/* Who waits for the index to be made is told how far it is, on a terminal. */
struct search_listener {
	struct shop_search_progress progress;
	bool terminal;
	bool shown;
	int64_t begun_us, told_us;
};

/** Listen for what a search tells while it is not answered yet; `listener` stays where it is. */
void search_listen(struct search_listener *listener, bool quiet);

/** Nothing is awaited any more: the line goes, and a notice the search had is printed and freed. */
void search_listened(struct search_listener *listener, struct out *out, char *notice);

extern const struct command cmd_product_search;

#endif
