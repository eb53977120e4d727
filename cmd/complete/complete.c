/* One completion from words to candidates. */
#include "complete/complete_private.h"

#include <string.h>

bool complete_add(struct completion *c, enum candidate_kind kind, const char *value,
		  const char *description)
{
	struct candidates *ret = c->ret;
	struct candidate *to;

	if (ret->count == CANDIDATES_MAX)
		return false;
	to = &ret->items[ret->count++];
	to->value = g_strdup_printf("%.*s%s", (int)(c->typed - c->word), c->word, value);
	to->description =
		description == NULL || *description == '\0' ? NULL : g_strdup(description);
	to->kind = kind;
	return ret->count < CANDIDATES_MAX;
}

bool complete_offer(struct completion *c, enum candidate_kind kind, const char *value,
		    const char *description)
{
	if (g_ascii_strncasecmp(value, c->typed, strlen(c->typed)) != 0)
		return c->ret->count < CANDIDATES_MAX;
	return complete_add(c, kind, value, description);
}

static void find(struct completion *c)
{
	if (c->lost)
		return;
	if (c->waiting != NULL)
		complete_value(c, c->waiting);
	else if (!c->ended && c->word[0] == '-')
		complete_options(c);
	else if (c->inv.command == NULL)
		complete_names(c);
	else
		complete_operand(c);
}

void complete_words(const struct host *host, const char *const *words, size_t count,
		    struct candidates *ret)
{
	struct completion c = {.inv = {.host = host}, .ret = ret};

	*ret = (struct candidates){.items = g_new0(struct candidate, CANDIDATES_MAX)};
	if (count == 0)
		return;
	c.until_us = g_get_monotonic_time() + COMPLETE_LIMIT_US;
	c.word = c.typed = words[count - 1];
	complete_read(&c, words, count - 1);
	find(&c);
	invocation_done(&c.inv);
}

void candidates_done(struct candidates *candidates)
{
	for (size_t i = 0; i < candidates->count; i++) {
		g_free(candidates->items[i].value);
		g_free(candidates->items[i].description);
	}
	g_free(candidates->items);
	*candidates = (struct candidates){0};
}
