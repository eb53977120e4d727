/*
 * help --search: what is told anywhere, the best match first.
 *
 * Every word that is looked for has to be found, in the name, the summary or the text; a name
 * weighs more than what is said about it, a whole word more than its beginning.
 */
#include "help/topics.h"

#include "frame/frame.h"
#include "frame/registry.h"
#include "shop/journal.h"

#include <string.h>

struct match {
	char *kind, *name, *summary, *see;
	int64_t score;
};

static const struct shop_field fields[] = {
	SHOP_FIELD_WORD(struct match, kind, "kind", "command, option, topic, error or event"),
	SHOP_FIELD_TEXT(struct match, name, "name", "what it is called"),
	SHOP_FIELD_TEXT(struct match, summary, "summary", "what it is"),
	SHOP_FIELD_TEXT(struct match, see, "see", "the command that says more"),
};

const struct shop_record help_match_record = SHOP_RECORD("help_match", struct match, fields);

struct search {
	char **words;  /* folded */
	GArray *found; /* struct match */
};

static bool is_letter(char c)
{
	return g_ascii_isalnum(c) || c == '_';
}

/* How well a word is found in a text: 3 whole, 2 as a beginning, 1 within, 0 not. */
static int found_in(const char *text, const char *word)
{
	char *folded = text == NULL ? NULL : g_utf8_casefold(text, -1);
	size_t length = strlen(word);
	int best = 0;

	for (const char *at = folded; at != NULL && (at = strstr(at, word)) != NULL; at++) {
		bool begins = at == folded || !is_letter(at[-1]);
		int how = !begins ? 1 : is_letter(at[length]) ? 2 : 3;

		best = MAX(best, how);
	}
	g_free(folded);
	return best;
}

static int64_t score_of(const struct search *search, const char *name, const char *summary,
			const char *text)
{
	static const int64_t in_name[] = {0, 30, 60, 90}, in_summary[] = {0, 3, 20, 30},
			     in_text[] = {0, 0, 2, 4};
	int64_t score = 0;

	for (char **word = search->words; *word != NULL; word++) {
		int64_t best = in_name[found_in(name, *word)];

		best += in_summary[found_in(summary, *word)];
		best += in_text[found_in(text, *word)];
		if (best == 0)
			return 0;
		score += best;
	}
	/* Of two names that hold the word, the shorter one is more about it. */
	return score * 100 - (int64_t)strlen(name);
}

/* Takes `name` and `see`; `key` is the part of the name that counts. */
static void add_as(struct search *search, const char *kind, const char *key, char *name,
		   const char *summary, const char *text, char *see)
{
	struct match match = {
		.name = name,
		.see = see,
		.score = score_of(search, key, summary, text),
	};

	if (match.score <= 0) {
		g_free(name);
		g_free(see);
		return;
	}
	match.kind = g_strdup(kind);
	match.summary = g_strdup(summary);
	g_array_append_val(search->found, match);
}

static void add(struct search *search, const char *kind, char *name, const char *summary,
		const char *text, char *see)
{
	add_as(search, kind, name, name, summary, text, see);
}

static void add_options(struct search *search, const char *of, const struct option_spec *option)
{
	for (; option != NULL && option->name != NULL; option++)
		add_as(search, "option", option->name,
		       g_strdup_printf("%s%s--%s", of, *of == '\0' ? "" : " ", option->name),
		       option->help, NULL,
		       *of == '\0' ? g_strdup("shopctl --help-all")
				   : g_strdup_printf("shopctl %s --help", of));
}

static void add_command(struct search *search, const struct command_group *group,
			const struct command *command)
{
	char *name = group == NULL ? g_strdup(command->name)
				   : g_strdup_printf("%s %s", group->name, command->name);
	char *text =
		g_strdup_printf("%s\n%s", command->description == NULL ? "" : command->description,
				command->exits == NULL ? "" : command->exits);

	add(search, "command", g_strdup(name), command->summary, text,
	    g_strdup_printf("shopctl %s --help", name));
	add_options(search, name, command->options);
	g_free(text);
	g_free(name);
}

static void add_commands(struct search *search)
{
	const struct command_group *const *group;
	const struct command *const *command;

	for (group = registry_groups(); *group != NULL; group++) {
		add(search, "noun", g_strdup((*group)->name), (*group)->summary, NULL,
		    g_strdup_printf("shopctl %s --help", (*group)->name));
		for (command = (*group)->commands; *command != NULL; command++)
			add_command(search, *group, *command);
	}
	for (command = registry_commands(); *command != NULL; command++)
		add_command(search, NULL, *command);
	add_options(search, "", globals_options());
}

static void add_others(struct search *search)
{
	for (const struct help_topic *topic = help_topics(); topic->name != NULL; topic++)
		add(search, "topic", g_strdup(topic->name), topic->summary, topic->text,
		    g_strdup_printf("shopctl help %s", topic->name));
	for (int id = E_NONE + 1; id < SHOP_ERROR_COUNT; id++) {
		const struct shop_error_info *info = shop_error_info((enum shop_error_id)id);

		add(search, "error", g_strdup(info->name), info->help, NULL,
		    g_strdup_printf("shopctl explain %s", info->name));
	}
	for (const struct shop_event_type *event = shop_event_types(); event->type != NULL; event++)
		add(search, "event", g_strdup(event->type), event->meaning, event->data,
		    g_strdup_printf("shopctl explain %s", event->type));
}

/* GLib's sort is stable: what is equally good stays in the order of the tables. */
static gint better_first(gconstpointer a, gconstpointer b)
{
	int64_t left = ((const struct match *)a)->score, right = ((const struct match *)b)->score;

	return left < right ? 1 : left > right ? -1 : 0;
}

static bool print(const struct search *search, struct out *out, struct shop_error *err)
{
	bool ok = true;

	for (guint i = 0; ok && i < search->found->len; i++)
		ok = out_record(out, &help_match_record,
				&g_array_index(search->found, struct match, i), err);
	return ok;
}

bool help_search(struct out *out, const char *words, struct shop_error *err)
{
	char *folded = g_utf8_casefold(words, -1);
	struct search search = {
		.words = g_strsplit_set(g_strstrip(folded), " \t", -1),
		.found = g_array_new(FALSE, FALSE, sizeof(struct match)),
	};
	bool ok;

	out_many(out);
	add_commands(&search);
	add_others(&search);
	g_array_sort(search.found, better_first);
	ok = print(&search, out, err);
	for (guint i = 0; i < search.found->len; i++)
		shop_record_done(&help_match_record, &g_array_index(search.found, struct match, i));
	g_array_unref(search.found);
	g_strfreev(search.words);
	g_free(folded);
	return ok;
}
