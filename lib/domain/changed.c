/*
 * The *.updated events: what differs between a record before and after.
 */
#include "domain/domain.h"

#include "shop/journal.h"

bool event_changed(struct shop_store *store, const char *type, const char *subject,
		   const struct shop_record *record, const void *before, const void *after,
		   struct shop_error *err)
{
	AUTO_EVENT struct shop_event_draft e = {0};

	shop_event_begin_text(&e, type, subject);
	if (shop_record_diff(&e.json, "changed", record, before, after) == 0)
		return true;
	return shop_event_append(store, &e, err);
}
