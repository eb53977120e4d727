/* The end of an object's page: its story, and what clears what blocks it or moves on what it waits
 * for. */
#include "page/page.h"

#include "shop/record_path.h"
#include "shop/timeline.h"
#include "shop/why.h"

#include <string.h>

#define EVENTS 8 /* the last ones; `log` has them all */

bool page_collect(const void *record, void *page_list, struct shop_error *err)
{
	struct page_list *to = page_list;
	void *copy = shop_record_copy(to->type, record);

	(void)err;
	memcpy(shop_list_add(to->type, &to->list), copy, to->type->size);
	g_free(copy);
	return true;
}

void page_list_done(struct page_list *list)
{
	if (list->type != NULL)
		shop_list_done(list->type, &list->list);
}

static bool story(struct session *s, const struct shop_object *object, struct out *out,
		  struct shop_error *err)
{
	/* An order's story is that of others too. */
	const struct out_block block = {.title = "Timeline",
					.fields = object->type == SHOP_ID_ORDER
							  ? "at,event,subject,actor"
							  : "at,event,actor,what"};
	AUTO_PAGE_LIST struct page_list last = {.type = &shop_story_record};
	const bool product = object->type == SHOP_ID_PRODUCT;
	char *remark = NULL;
	int64_t count;
	bool ok;

	if (!shop_timeline_last(s->store, object->type, object->id, product ? object->name : NULL,
				EVENTS, page_collect, &last, &count, err))
		return false;
	if (count > EVENTS)
		remark = g_strdup_printf(
			"the last %d of %" G_GINT64_FORMAT ": shopctl %s log %s", EVENTS, count,
			product ? "product" : shop_id_noun(object->type), object->name);
	ok = out_block_list(out, &block, &shop_story_record, &last.list, remark, err);
	g_free(remark);
	return ok;
}

static bool next(struct session *s, const struct shop_object *object, struct out *out,
		 struct shop_error *err)
{
	static const struct out_block blocked = {.title = "Blocked", .fields = "command,message"};
	static const struct out_block waits = {
		.title = "Next", .list = "waits", .fields = "command,what,since"};
	AUTO_WHY struct shop_why why = {0};
	char *remark;
	bool ok;

	if (!shop_why(s->store, object, NULL, s->clock.now_us, &why, err))
		return false;
	remark = g_strconcat("shopctl why ", object->name, NULL);
	ok = out_block_list(out, &blocked, &shop_blocker_record, &why.blockers, remark, err) &&
	     out_block(out, &waits, &shop_why_record, &why, err);
	g_free(remark);
	return ok;
}

bool page_end(struct session *s, const char *id, struct out *out, struct shop_error *err)
{
	struct shop_object object = {0};

	return !out_is_page(out) || (shop_object_parse(id, &object, err) &&
				     story(s, &object, out, err) && next(s, &object, out, err));
}

bool page_end_id(struct session *s, enum shop_id_type type, int64_t id, struct out *out,
		 struct shop_error *err)
{
	char name[SHOP_ID_TEXT];

	return page_end(s, shop_id_format(type, id, name), out, err);
}

bool page_show(struct session *s, const struct page_of *page, int64_t id, const void *record,
	       struct out *out, struct shop_error *err)
{
	return out_page(out, page->record, record, page->blocks, err) &&
	       page_end_id(s, page->type, id, out, err);
}
