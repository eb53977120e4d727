/* A word that begins with a dash: options by name, and values that stand in the same word. */
#include "complete/complete_private.h"

#include <string.h>

/* Whether giving it a second time adds to the first. */
static bool repeats(const struct option_spec *spec)
{
	return spec->type == ARG_LIST || spec->type == ARG_WORDS || spec->letter == 'v' ||
	       spec->letter == 'c';
}

static bool was_given(const struct completion *c, const struct option_spec *spec)
{
	for (guint i = 0; i < c->inv.given->len; i++)
		if (strcmp(g_array_index(c->inv.given, struct given, i).spec->name, spec->name) ==
		    0)
			return !repeats(spec);
	return false;
}

static void offer_negated(struct completion *c, const struct option_spec *spec)
{
	char *name;

	if (!complete_is_flag(spec) || strncmp(c->typed, "--no", 4) != 0 ||
	    g_str_has_prefix(spec->name, "no-"))
		return;
	name = g_strconcat("--no-", spec->name, NULL);
	(void)complete_offer(c, CANDIDATE_WORD, name, spec->help);
	g_free(name);
}

static void offer_option(struct completion *c, const struct option_spec *spec)
{
	char *name = g_strconcat("--", spec->name, NULL);

	/* A command's own --reason stands before the global one. */
	(void)complete_offer_once(c, CANDIDATE_WORD, name, spec->help);
	g_free(name);
	offer_negated(c, spec);
}

static void offer_options(struct completion *c)
{
	struct option_source sources[4];

	complete_sources(c, sources);
	for (size_t i = 0; sources[i].specs != NULL; i++)
		for (const struct option_spec *spec = sources[i].specs; spec->name != NULL; spec++)
			if (!was_given(c, spec))
				offer_option(c, spec);
}

/* -oVALUE, and behind flags: -qoVALUE. */
static void complete_bundle(struct completion *c)
{
	for (const char *letter = c->word + 1; *letter != '\0'; letter++) {
		const struct option_spec *spec = complete_option(c, NULL, 0, *letter);

		if (spec == NULL)
			return;
		if (complete_is_flag(spec))
			continue;
		c->typed = letter + 1;
		complete_value(c, spec);
		return;
	}
}

void complete_options(struct completion *c)
{
	const char *equals = strchr(c->word, '=');
	const struct option_spec *spec;

	if (c->word[1] != '-' && c->word[1] != '\0') {
		complete_bundle(c);
	} else if (equals != NULL) {
		spec = complete_option(c, c->word + 2, (size_t)(equals - c->word) - 2, 0);
		c->typed = equals + 1;
		if (spec != NULL && !complete_is_flag(spec))
			complete_value(c, spec);
	} else {
		offer_options(c);
	}
}
