/*
 * What makes two runs the same request: command, operands, options. How it is shown does not count.
 */
#include "frame/run.h"

#include <string.h>

static void add(GChecksum *sum, const char *text)
{
	/* With its NUL, so that "ab" "c" and "a" "bc" differ. */
	g_checksum_update(sum, (const guchar *)text, (gssize)strlen(text) + 1);
}

char *request_hash(const struct run *run, const char *item)
{
	GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
	const struct invocation *inv = run->inv;
	char *words = invocation_words(inv);
	char *hash;
	guint i;

	add(sum, words);
	add(sum, run->s.actor);
	add(sum, item == NULL ? "" : item);
	if (run->s.digest != NULL)
		add(sum, run->s.digest);
	for (i = 0; item == NULL && i < run->deal.items->len; i++)
		if (g_ptr_array_index(run->deal.items, i) != NULL)
			add(sum, g_ptr_array_index(run->deal.items, i));
	for (i = 0; operands_each(run->command) == NULL && i < inv->operands->len; i++)
		add(sum, g_ptr_array_index(inv->operands, i));
	for (i = 0; i < inv->given->len; i++) {
		const struct given *given = &g_array_index(inv->given, struct given, i);

		if (given->global || given->select)
			continue;
		add(sum, given->spec->name);
		add(sum, given->negated ? "no" : given->value == NULL ? "yes" : given->value);
	}
	hash = g_strdup(g_checksum_get_string(sum));
	g_checksum_free(sum);
	g_free(words);
	return hash;
}
