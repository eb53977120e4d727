/*
 * Which pages there are, and what each begins with.
 */
#include "manual/manual.h"

#include "frame/registry.h"
#include "help/topics.h"
#include "manual/roff.h"

#include <string.h>

/* Pages made of topics. */
static const struct {
	const char *name;
	int section;
	const char *summary;
	const char *topics[6];
} made_of_topics[] = {
	{"shopctl.yaml", 5, "configuration of shopctl", {"config"}},
	{"shopctl-cookbook", 7, "recipes of a shop's day", {"cookbook"}},
	{"shopctl-errors", 7, "error codes of shopctl", {"errors"}},
	{"shopctl-events", 7, "types of events in the journal of shopctl", {"events"}},
	{"shopctl-filters", 7, "choosing, ordering and summing rows", {"filters"}},
	{"shopctl-formats", 7, "output formats and fields of shopctl", {"formats", "fields"}},
	{"shopctl-tutorial", 7, "from nothing to a delivered order", {"tutorial"}},
	{"shopctl-values", 7, "how shopctl reads values", {"ids", "money", "quantity", "time"}},
};

static void page_clear(gpointer data)
{
	g_free(((struct manual_page *)data)->name);
}

GArray *manual_pages(void)
{
	GArray *pages = g_array_new(FALSE, FALSE, sizeof(struct manual_page));
	struct manual_page page = {
		g_strdup("shopctl"), 1, "back office of an online shop", NULL, NULL, NULL};

	g_array_set_clear_func(pages, page_clear);
	g_array_append_val(pages, page);
	for (const struct command_group *const *g = registry_groups(); *g != NULL; g++) {
		page = (struct manual_page){.name = g_strconcat("shopctl-", (*g)->name, NULL),
					    .section = 1,
					    .summary = (*g)->summary,
					    .group = *g};
		g_array_append_val(pages, page);
	}
	for (const struct command *const *c = registry_commands(); *c != NULL; c++) {
		page = (struct manual_page){.name = g_strconcat("shopctl-", (*c)->name, NULL),
					    .section = manual_section((*c)->name),
					    .summary = (*c)->summary,
					    .command = *c};
		g_array_append_val(pages, page);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(made_of_topics); i++) {
		page = (struct manual_page){.name = g_strdup(made_of_topics[i].name),
					    .section = made_of_topics[i].section,
					    .summary = made_of_topics[i].summary,
					    .topics = made_of_topics[i].topics};
		g_array_append_val(pages, page);
	}
	return pages;
}

static void append_name(GString *to, const struct manual_page *page)
{
	char *upper = g_ascii_strup(page->name, -1);

	g_string_append_printf(to,
			       ".\\\" Made by `make manual` from the command table and man/prose.\n"
			       ".Dd %s\n.Dt %s %d\n.Os\n.Sh NAME\n.Nm %s\n.Nd",
			       SHOPCTL_RELEASED, upper, page->section, page->name);
	g_free(upper);
	roff_argument(to, page->summary);
	g_string_append_c(to, '\n');
}

char *manual_source(const struct manual_page *page)
{
	GString *to = g_string_new(NULL);

	append_name(to, page);
	if (page->group != NULL)
		manual_noun(to, page->group);
	else if (page->command != NULL)
		manual_command(to, page->command);
	else if (page->topics != NULL)
		manual_topics(to, page->topics);
	else
		manual_program(to);
	return g_string_free(to, FALSE);
}
