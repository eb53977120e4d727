/* Values of options and operands, by their type and by what their table says they name. */
#include "complete/complete_private.h"

#include <string.h>

/* What is completed as a value, whether an option or an operand takes it. */
struct place {
	enum arg_type type;
	const char *const *words;
};

static void offer_words(struct completion *c, const char *const *words)
{
	for (; words != NULL && *words != NULL; words++)
		(void)complete_offer(c, CANDIDATE_WORD, *words, NULL);
}

static void complete_place(struct completion *c, const struct place *place)
{
	switch (place->type) {
	case ARG_WORD:
		offer_words(c, place->words);
		break;
	case ARG_FILE:
		c->ret->files = true;
		c->ret->file_at = (size_t)(c->typed - c->word);
		break;
	default:
		break;
	}
}

void complete_value(struct completion *c, const struct option_spec *spec)
{
	complete_place(c, &(struct place){.type = spec->type, .words = spec->words});
}

/*
 * Which operands may stand here: the one whose turn it is; behind one that repeats, itself and
 * those that follow it.
 */
void complete_operand(struct completion *c)
{
	const struct operand_spec *spec = c->inv.command->operands;
	guint before = c->inv.operands->len;
	bool repeated = false;

	for (; spec != NULL && spec->name != NULL; spec++) {
		bool takes_more = (spec->flags & OPERAND_EACH) || value_takes_rest(spec->type);

		if (before > 0 && !takes_more && !repeated) {
			before--;
			continue;
		}
		complete_place(c, &(struct place){.type = spec->type, .words = spec->words});
		repeated = takes_more;
		if (!takes_more)
			return;
	}
}
