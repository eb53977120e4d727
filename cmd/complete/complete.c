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

/* Whether a list joined by commas has it already, before the item that is being typed. */
static bool is_listed(const struct completion *c, const char *value)
{
	const char *item = c->typed;
	size_t length = strlen(value);

	while (item > c->word && item[-1] == ',') {
		const char *end = --item;

		while (item > c->word && strchr(",=:", item[-1]) == NULL)
			item--;
		if ((size_t)(end - item) == length && strncmp(item, value, length) == 0)
			return true;
	}
	return false;
}

bool complete_offer(struct completion *c, enum candidate_kind kind, const char *value,
		    const char *description)
{
	if (g_ascii_strncasecmp(value, c->typed, strlen(c->typed)) != 0 || is_listed(c, value))
		return c->ret->count < CANDIDATES_MAX;
	return complete_add(c, kind, value, description);
}

bool complete_offer_once(struct completion *c, enum candidate_kind kind, const char *value,
			 const char *description)
{
	size_t before = (size_t)(c->typed - c->word);

	for (size_t i = 0; i < c->ret->count; i++)
		if (strcmp(c->ret->items[i].value + before, value) == 0)
			return true;
	return complete_offer(c, kind, value, description);
}

/* Four fifths: the rest is for ending the process, and for the shell. */
int64_t complete_soft_limit(const struct completion *c)
{
	return c->begun_us + (c->until_us - c->begun_us) * 4 / 5;
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

void complete_run(struct completion *c, const char *const *words, size_t count)
{
	c->typed = c->word;
	complete_read(c, words, count);
	find(c);
	complete_close(c);
	invocation_done(&c->inv);
}

void complete_command(struct completion *c)
{
	const GPtrArray *operands = c->inv.operands;
	struct completion inner = {
		.inv = {.host = c->inv.host},
		.word = c->word,
		.ret = c->ret,
		.alone = c->alone,
		.begun_us = c->begun_us,
		.until_us = c->until_us,
	};

	complete_run(&inner, (const char *const *)operands->pdata, operands->len);
}

static int64_t limit_of(const struct host *host)
{
	return host == NULL ? COMPLETE_LIMIT_US
			    : config_duration(host->session->config, "completion.limit");
}

void complete_words(const struct host *host, const char *const *words, size_t count,
		    struct candidates *ret)
{
	struct completion c = {
		.inv = {.host = host},
		.ret = ret,
		.alone = host == NULL,
		.begun_us = g_get_monotonic_time(),
	};

	*ret = (struct candidates){.items = g_new0(struct candidate, CANDIDATES_MAX)};
	if (count == 0)
		return;
	c.until_us = c.begun_us + limit_of(host);
	c.word = words[count - 1];
	complete_run(&c, words, count - 1);
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
