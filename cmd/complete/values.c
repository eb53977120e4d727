/* Values of options and operands: by what their table says they name, else by their type. */
#include "complete/complete_private.h"

#include "out/out_frame.h"

#include <string.h>

/* What is completed as a value, whether an option or an operand takes it. */
struct place {
	enum arg_type type;
	enum arg_hint hint;
	enum shop_id_type id_type;
	const char *const *words;
	bool operand;
};

static void offer_words(struct completion *c, const char *const *words)
{
	for (; words != NULL && *words != NULL; words++)
		(void)complete_offer(c, CANDIDATE_WORD, *words, NULL);
}

/* Those that are no operand yet. */
static void complete_unsaid(struct completion *c, const char *const *words)
{
	for (; words != NULL && *words != NULL; words++)
		if (!complete_is_operand(c, *words))
			(void)complete_offer(c, CANDIDATE_WORD, *words, NULL);
}

static void want_file(struct completion *c)
{
	c->ret->files = true;
	c->ret->file_at = (size_t)(c->typed - c->word);
}

/* template=FILE, and the formats that are one word. */
static void complete_format(struct completion *c)
{
	static const char with_file[] = "template=";

	if (g_str_has_prefix(c->typed, with_file)) {
		c->typed += strlen(with_file);
		want_file(c);
		return;
	}
	for (const char *const *format = out_formats(); *format != NULL; format++)
		if (g_str_has_prefix(with_file, *format))
			(void)complete_offer(c, CANDIDATE_OPEN, with_file, NULL);
		else
			(void)complete_offer(c, CANDIDATE_WORD, *format, NULL);
}

static void offer_times(struct completion *c)
{
	static const char *const words[] = {"now", "today", "yesterday", "tomorrow", NULL};

	offer_words(c, words);
}

static void complete_typed(struct completion *c, const struct place *place)
{
	switch (place->type) {
	case ARG_WORD:
		if (place->operand)
			complete_unsaid(c, place->words);
		else
			offer_words(c, place->words);
		break;
	case ARG_FILE:
		want_file(c);
		break;
	case ARG_ID:
		complete_ids(c, place->id_type, place->operand);
		break;
	case ARG_SKU:
		complete_ids(c, SHOP_ID_PRODUCT, place->operand);
		break;
	case ARG_LINES:
		complete_lines(c);
		break;
	case ARG_TIME:
	case ARG_AGO:
		offer_times(c);
		break;
	default:
		break;
	}
}

static void complete_place(struct completion *c, const struct place *place)
{
	switch (place->hint) {
	case HINT_NONE:
		complete_typed(c, place);
		break;
	case HINT_NOTHING:
		break;
	case HINT_OBJECT:
		complete_objects(c);
		break;
	case HINT_PAYMENT:
		complete_ids(c, SHOP_ID_PAYMENT, true);
		complete_ids(c, SHOP_ID_ORDER, true);
		break;
	case HINT_ITS_LINE:
		complete_its_lines(c, place->type == ARG_LINES);
		break;
	case HINT_ACT:
		complete_acts(c);
		break;
	case HINT_CONDITION:
		complete_condition(c);
		break;
	case HINT_FILE:
		want_file(c);
		break;
	case HINT_FORMAT:
		complete_format(c);
		break;
	case HINT_COLUMNS:
	case HINT_FIELDS:
	case HINT_AMOUNTS:
	case HINT_SORT:
		complete_fields(c, place->hint);
		break;
	case HINT_FILTER:
		complete_filter(c);
		break;
	case HINT_COMMAND:
		complete_command(c);
		break;
	default:
		complete_topics(c, place->hint);
		break;
	}
}

void complete_value(struct completion *c, const struct option_spec *spec)
{
	complete_place(c, &(struct place){.type = spec->type,
					  .hint = spec->hint,
					  .id_type = spec->id_type,
					  .words = spec->words});
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
		complete_place(c, &(struct place){.type = spec->type,
						  .hint = spec->hint,
						  .id_type = spec->id_type,
						  .words = spec->words,
						  .operand = true});
		repeated = takes_more;
		if (!takes_more || before == 0)
			return;
	}
}
