/* The programs shopctl-foo that are commands. */
#include "complete/complete_private.h"

#include "frame/registry.h"

#include <string.h>

static bool offer(const char *word, const char *path, void *ctx)
{
	struct completion *c = ctx;

	if (registry_group(word) != NULL || registry_command(word) != NULL)
		return true;
	for (size_t i = 0; i < c->ret->count; i++)
		if (strcmp(c->ret->items[i].value, word) == 0)
			return true;
	return complete_offer(c, CANDIDATE_WORD, word, path);
}

void complete_extensions(struct completion *c)
{
	extension_each(offer, c);
}
