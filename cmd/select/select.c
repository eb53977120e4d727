/* A selection at work: filter, skip to the cursor, then print, hold or count. */
#include "select/select_private.h"

#include <string.h>

#define TERMINAL_ROWS 100 /* of a table on a terminal, unless --limit or --all says otherwise */
#define COUNT_ON 1000	  /* how far the rows behind a full page are counted for its footer */
#define PRUNE_SLACK 1024  /* rows held over the limit before the surplus is dropped */

struct selection {
	struct select_args args;
	struct select_how how;
	struct out *out;
	GArray *filters; /* struct filter */
	struct order order;
	bool ordered; /* order is that of the rows: cursors have a meaning */
	struct cursor cursor;
	struct keys where, search; /* zeroed: every row is one of them */
	struct summary *summary;
	bool sorting;	 /* by --sort; the store may do it */
	GPtrArray *held; /* rows that are sorted here, owned */
	int64_t limit;	 /* SHOP_NULL = none */
	bool paged;	 /* the limit is the terminal's own */
	int64_t matched; /* passed filters and cursor */
	int64_t printed;
	char *next; /* the cursor on the last row printed */
	bool full;  /* no more rows are needed */
	bool over;  /* and there are more than were counted */
};

static void clear_filter(gpointer filter)
{
	filter_done(filter);
}

bool select_is_summary(const struct select_args *args)
{
	return args->count || args->by != NULL || args->sum != NULL;
}

static bool conflict(struct shop_error *err, const char *one, const char *other)
{
	return shop_fail(err, E_USAGE, "%s and %s do not go together", one, other);
}

static bool check_args(const struct selection *sel, struct shop_error *err)
{
	const struct select_args *a = &sel->args;

	if (a->limit != SHOP_NULL && a->limit < 0)
		return shop_fail(err, E_VALUE, "--limit: %" G_GINT64_FORMAT " is out of range",
				 a->limit);
	if (a->all && a->limit != SHOP_NULL)
		return conflict(err, "--all", "--limit");
	if (select_is_summary(a) && a->after != NULL)
		return conflict(err, "--after", "--count, --by and --sum");
	if (select_is_summary(a) && a->page_info)
		return conflict(err, "--page-info", "--count, --by and --sum");
	if (a->page_info && out_format_of(sel->out) != OUT_JSON)
		return shop_fail(err, E_USAGE, "--page-info is for -o json");
	if (a->after != NULL && sel->how.order == NULL)
		return shop_fail(err, E_USAGE, "--after: this list has no cursors");
	return true;
}

static bool open_filters(struct selection *sel, struct shop_error *err)
{
	const struct word_args *words = &sel->args.filters;
	struct filter filter;
	bool ok = true;
	size_t i;

	for (i = 0; ok && i < words->count; i++) {
		ok = filter_parse(words->items[i], &sel->how, &filter, err);
		if (ok && shop_path_has_list(&filter.path))
			out_also_wants(sel->out, filter.path.steps[0]->name);
		g_array_append_val(sel->filters, filter);
	}
	return ok;
}

/* The order of the rows: of --sort, else the command's; of groups, --sort or their values. */
static bool open_order(struct selection *sel, struct shop_error *err)
{
	const struct shop_record *type = sel->how.type;
	const char *words = sel->args.sort != NULL ? sel->args.sort : sel->how.order;

	if (sel->summary != NULL) {
		type = summary_type(sel->summary);
		words = sel->args.sort != NULL ? sel->args.sort : sel->args.by;
	}
	if (words == NULL)
		return true;
	if (!order_parse(words, type, "--sort", &sel->order, err))
		return false;
	sel->ordered = sel->summary == NULL && sel->how.order != NULL;
	sel->sorting = sel->args.sort != NULL && sel->summary == NULL;
	return true;
}

static void find_limit(struct selection *sel)
{
	sel->limit = sel->args.limit;
	sel->paged = sel->limit == SHOP_NULL && !sel->args.all && sel->how.order != NULL &&
		     sel->summary == NULL && out_is_terminal_table(sel->out);
	if (sel->paged)
		sel->limit = TERMINAL_ROWS;
}

/* The beginning of a list, or of what follows a cursor, is all that the store need give. */
static void bound_ends(const struct selection *sel, struct shop_list_bounds *bounds)
{
	const struct order_key *key = &g_array_index(sel->order.keys, struct order_key, 0);
	const struct shop_value *from = NULL;
	bool every = sel->filters->len == 0 && sel->args.where == NULL && sel->args.search == NULL;

	if (sel->args.after != NULL && sel->order.keys->len == 1)
		from = &g_array_index(sel->cursor.values, struct shop_value, 0);
	if (sel->limit != SHOP_NULL && every && sel->limit < G_MAXINT32 &&
	    (sel->args.after == NULL || from != NULL))
		bounds->limit = sel->limit + (sel->paged ? COUNT_ON : 1);
	bounds->down = key->down;
	if (from != NULL)
		bounds->text = from->text;
	if (from != NULL && from->text == NULL)
		bounds->number = from->number;
}

/* An order over the record's own fields is the store's to make. Returns whether it is one. */
static bool bound_order(const struct selection *sel, struct shop_list_bounds *bounds)
{
	guint i;

	if (sel->how.order == NULL || sel->order.keys->len > SHOP_LIST_KEYS)
		return false;
	for (i = 0; i < sel->order.keys->len; i++) {
		const struct order_key *key = &g_array_index(sel->order.keys, struct order_key, i);

		if (key->path.depth != 1)
			return false;
		bounds->sort[i].field = key->path.steps[0];
		bounds->sort[i].down = key->down;
	}
	bounds->sorts = (int)i;
	return true;
}

/* -o count of rows that are looked at by nobody. */
static bool counts_only(const struct selection *sel)
{
	return out_format_of(sel->out) == OUT_COUNT && sel->summary == NULL && !sel->sorting &&
	       sel->filters->len == 0 && sel->args.where == NULL && sel->args.search == NULL &&
	       sel->args.after == NULL && sel->limit == SHOP_NULL;
}

/* The store need not give what the cursor skips, nor more than is printed, nor what nobody named.
 */
static void bound_list(struct selection *sel)
{
	char *keys = keys_said(&sel->search);
	struct shop_list_bounds bounds = {
		.type = sel->how.type,
		.number = SHOP_NULL,
		.limit = SHOP_NULL,
	};

	if (keys == NULL)
		keys = keys_said(&sel->where);
	bounds.keys = keys;
	bounds.counting = counts_only(sel);
	if (sel->ordered && (!sel->sorting || bound_order(sel, &bounds)))
		bound_ends(sel, &bounds);
	if (sel->how.order != NULL)
		shop_store_list_bounds(sel->how.store, &bounds);
	g_free(keys);
}

bool select_open(const struct select_args *args, const struct select_how *how, struct out *out,
		 struct selection **ret_sel, struct shop_error *err)
{
	struct selection *sel = g_new0(struct selection, 1);

	*ret_sel = sel;
	sel->args = *args;
	sel->how = *how;
	sel->out = out;
	sel->filters = g_array_new(FALSE, TRUE, sizeof(struct filter));
	g_array_set_clear_func(sel->filters, clear_filter);
	if (!check_args(sel, err) || !open_filters(sel, err))
		return false;
	/* -o count counts by itself what goes through. */
	if (select_is_summary(args) &&
	    (args->by != NULL || args->sum != NULL || out_format_of(out) != OUT_COUNT) &&
	    (!summary_open(args, how, &sel->summary, err) ||
	     !out_expect(out, summary_type(sel->summary), err)))
		return false;
	if (!open_order(sel, err) ||
	    (args->after != NULL && !cursor_parse(args->after, &sel->order, &sel->cursor, err)))
		return false;
	if (args->where != NULL && !where_open(args->where, how, &sel->where, err))
		return false;
	if (args->search != NULL && !search_open(args->search, how, out, &sel->search, err))
		return false;
	find_limit(sel);
	bound_list(sel);
	return true;
}

static bool passes(struct selection *sel, const void *record, bool *ret_passes,
		   struct shop_error *err)
{
	guint i;

	*ret_passes = (sel->where.field == NULL || keys_hold(&sel->where, record)) &&
		      (sel->search.field == NULL || keys_hold(&sel->search, record));
	for (i = 0; i < sel->filters->len && *ret_passes; i++)
		if (!filter_passes(&g_array_index(sel->filters, struct filter, i), record,
				   ret_passes, err))
			return false;
	if (*ret_passes && sel->args.after != NULL)
		*ret_passes = cursor_is_before(&sel->cursor, &sel->order, record);
	return true;
}

static void drop(const struct selection *sel, guint from)
{
	guint i;

	for (i = from; i < sel->held->len; i++) {
		void *row = g_ptr_array_index(sel->held, i);

		shop_record_done(sel->how.type, row);
		g_free(row);
	}
	g_ptr_array_set_size(sel->held, (int)MIN(from, sel->held->len));
}

static int compare_rows(gconstpointer a, gconstpointer b, gpointer order)
{
	return order_compare(order, *(const void *const *)a, *(const void *const *)b);
}

static bool hold(struct selection *sel, const void *record, struct shop_error *err)
{
	int64_t most = sel->limit == SHOP_NULL ? SELECT_HELD_MAX : sel->limit + PRUNE_SLACK;

	if (!order_check(&sel->order, record, err))
		return false;
	g_ptr_array_add(sel->held, shop_record_copy(sel->how.type, record));
	if (sel->held->len <= (guint64)most)
		return true;
	if (sel->limit == SHOP_NULL || sel->limit > SELECT_HELD_MAX) {
		shop_fail(err, E_VALUE,
			  "--sort holds at most %d rows; narrow the list with --filter, or take "
			  "its beginning with --limit",
			  SELECT_HELD_MAX);
		return shop_fail_field(err, "sort");
	}
	g_ptr_array_sort_with_data(sel->held, compare_rows, &sel->order);
	drop(sel, (guint)sel->limit);
	return true;
}

/* Rows behind a full page are only counted, and not for ever. */
static bool pass_by(struct selection *sel)
{
	bool unknown_end = sel->how.order == NULL;

	sel->over = !unknown_end && (!sel->paged || sel->matched >= sel->limit + COUNT_ON);
	sel->full = sel->over;
	return !sel->full;
}

static bool print_row(struct selection *sel, const struct shop_record *type, const void *record,
		      struct shop_error *err)
{
	sel->printed++;
	if (sel->ordered && sel->limit == sel->printed)
		sel->next = cursor_write(&sel->order, record);
	return out_print(sel->out, type, record, err);
}

static bool take(struct selection *sel, const void *record, struct shop_error *err)
{
	sel->matched++;
	if (sel->summary != NULL)
		return summary_add(sel->summary, record, err);
	if (sel->held != NULL)
		return hold(sel, record, err);
	if (sel->limit != SHOP_NULL && sel->printed >= sel->limit)
		return pass_by(sel);
	return print_row(sel, sel->how.type, record, err);
}

bool select_row(const struct shop_record *type, const void *record, void *selection,
		struct shop_error *err)
{
	struct selection *sel = selection;
	bool ok;

	/* What else a command prints (check --list) is not what was asked about. */
	if (type != sel->how.type)
		return out_print(sel->out, type, record, err);
	/* Known with the first row. */
	if (sel->sorting && !shop_store_list_is_sorted(sel->how.store) && sel->held == NULL)
		sel->held = g_ptr_array_new();
	if (!passes(sel, record, &ok, err) || (ok && !take(sel, record, err)))
		return false;
	/* Behind the last row that was named there is nothing to look for. */
	if (sel->how.order != NULL && (keys_are_over(&sel->where) || keys_are_over(&sel->search)))
		sel->full = true;
	return !sel->full;
}

bool select_is_full(const struct selection *sel)
{
	return sel != NULL && sel->full;
}

int64_t select_matched(const struct selection *sel)
{
	return sel->matched;
}

static bool print_rows(struct selection *sel, GPtrArray *rows, const struct shop_record *type,
		       struct shop_error *err)
{
	guint i;

	if (sel->order.keys != NULL)
		g_ptr_array_sort_with_data(rows, compare_rows, &sel->order);
	for (i = 0; i < rows->len && (sel->limit == SHOP_NULL || sel->printed < sel->limit); i++)
		if (!print_row(sel, type, g_ptr_array_index(rows, i), err))
			return false;
	return true;
}

static bool print_footer(struct selection *sel, struct shop_error *err)
{
	char *line = g_strdup_printf(
		"%" G_GINT64_FORMAT " of %s%" G_GINT64_FORMAT " %s --all for everything\n",
		sel->printed, sel->full ? "more than " : "",
		sel->full ? sel->matched - 1 : sel->matched, out_is_ascii(sel->out) ? "-" : "—");
	bool ok;

	out_settle(sel->out);
	ok = out_text(sel->out, line, err);

	g_free(line);
	return ok;
}

bool select_finish(struct selection *sel, struct shop_error *err)
{
	int64_t count = shop_store_list_count(sel->how.store);
	bool more;

	if (count != SHOP_NULL) {
		sel->matched = sel->printed = count;
		out_counted(sel->out, count);
	}
	if (sel->summary != NULL)
		return print_rows(sel, summary_rows(sel->summary), summary_type(sel->summary), err);
	if (sel->held != NULL && !print_rows(sel, sel->held, sel->how.type, err))
		return false;
	more = sel->matched > sel->printed;
	if (more && sel->paged && !print_footer(sel, err))
		return false;
	if (more && sel->next == NULL)
		out_note(sel->out, true, "%" G_GINT64_FORMAT " of %" G_GINT64_FORMAT, sel->printed,
			 sel->matched);
	if (!more || sel->next == NULL)
		return true;
	out_set_next(sel->out, sel->next);
	out_note(sel->out, !sel->args.page_info, "next: --after %s", sel->next);
	return true;
}

void select_free(struct selection *sel)
{
	if (sel == NULL)
		return;
	/* The store may go on to other commands. */
	shop_store_list_bounds(sel->how.store, &(struct shop_list_bounds){.type = NULL});
	if (sel->held != NULL) {
		drop(sel, 0);
		g_ptr_array_unref(sel->held);
	}
	g_array_unref(sel->filters);
	order_done(&sel->order);
	keys_done(&sel->where);
	keys_done(&sel->search);
	cursor_done(&sel->cursor);
	summary_free(sel->summary);
	g_free(sel->next);
	g_free(sel);
}
