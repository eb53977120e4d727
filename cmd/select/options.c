/* The options every list command has, in the order --help lists them. */
#include "frame/frame.h"

#define TEXT(member, letter, name, value, ...)                                                     \
	OPTION(struct select_args, member, const char *, ARG_TEXT, letter, name, value, __VA_ARGS__)
#define FLAG(member, name, help) OPTION_FLAG(struct select_args, member, 0, name, help)

static const struct option_spec options[] = {
	OPTION(struct select_args, filters, struct word_args, ARG_WORDS, 'F', "filter",
	       "'FIELD OP VALUE'", "only rows where it holds; repeats (help filters)",
	       .hint = HINT_FILTER),
	TEXT(where, 0, "where", "SQL",
	     "only rows where this SQL over the noun's view holds (query)"),
	TEXT(search, 0, "search", "TEXT", "only rows that hold these words (search)"),
	TEXT(sort, 0, "sort", "FIELD,…", "order by these, -FIELD downwards", .hint = HINT_SORT),
	OPTION(struct select_args, limit, int64_t, ARG_INT, 0, "limit", "N",
	       "at most so many (100 for a table on a terminal)"),
	TEXT(after, 0, "after", "CURSOR", "go on after this place, as `next:` says"),
	FLAG(all, "all", "no limit, on a terminal too"),
	FLAG(page_info, "page-info", "JSON with the next cursor: {\"items\":[…],\"next\":…}"),
	FLAG(count, "count", "how many rows instead of the rows"),
	TEXT(by, 0, "by", "FIELD,…", "one row for each of its values, with its count",
	     .hint = HINT_FIELDS),
	TEXT(sum, 0, "sum", "FIELD,…", "add these up", .hint = HINT_AMOUNTS),
	FLAG(fail_empty, "fail-empty", "exit 3 when there is no row"),
	{0},
};

bool command_is_list(const struct command *command)
{
	return command != NULL && command->many && command->needs == NEEDS_STORE_READ &&
	       command->record != NULL;
}

const struct option_spec *select_options(void)
{
	return options;
}
