/*
 * Reading prose into blocks.
 */
#include "help/prose.h"

#include <string.h>

static void block_clear(gpointer data)
{
	struct prose_block *block = data;

	g_free(block->term);
	g_free(block->text);
}

static enum prose_kind kind_of(const char *line)
{
	if (g_str_has_prefix(line, "# "))
		return PROSE_HEADING;
	if (g_str_has_prefix(line, "    "))
		return PROSE_LITERAL;
	if (g_str_has_prefix(line, "- "))
		return strstr(line, " :: ") == NULL ? PROSE_BULLET : PROSE_ITEM;
	return PROSE_PARAGRAPH;
}

static struct prose_block *begin(GArray *blocks, const char *line)
{
	struct prose_block block = {.kind = kind_of(line)};
	const char *mark = strstr(line, " :: ");

	switch (block.kind) {
	case PROSE_HEADING:
	case PROSE_BULLET:
		block.text = g_strdup(line + 2);
		break;
	case PROSE_LITERAL:
		block.text = g_strdup(line + 4);
		break;
	case PROSE_ITEM:
		block.term = g_strndup(line + 2, (gsize)(mark - line) - 2);
		block.text = g_strdup(mark + 4);
		break;
	default:
		block.text = g_strdup(line);
	}
	g_array_append_val(blocks, block);
	return &g_array_index(blocks, struct prose_block, blocks->len - 1);
}

/* Whether a line goes on with what the block before it began; `gap` = empty lines between. */
static bool goes_on(const struct prose_block *block, const char *line, int gap)
{
	if (block == NULL)
		return false;
	switch (block->kind) {
	case PROSE_HEADING:
		return false;
	case PROSE_LITERAL:
		return kind_of(line) == PROSE_LITERAL;
	case PROSE_PARAGRAPH:
		return gap == 0 && kind_of(line) == PROSE_PARAGRAPH;
	default:
		return gap == 0 && g_str_has_prefix(line, "  ");
	}
}

static void join(struct prose_block *block, const char *line, int gap)
{
	GString *text = g_string_new(block->text);

	if (block->kind == PROSE_LITERAL) {
		for (int i = 0; i <= gap; i++)
			g_string_append_c(text, '\n');
		g_string_append(text, line + 4);
	} else {
		g_string_append_printf(text, " %s", line + strspn(line, " "));
	}
	g_free(block->text);
	block->text = g_string_free(text, FALSE);
}

GArray *prose_parse(const char *text)
{
	GArray *blocks = g_array_new(FALSE, FALSE, sizeof(struct prose_block));
	char **lines = g_strsplit(text, "\n", -1);
	struct prose_block *block = NULL;
	int gap = 0;

	g_array_set_clear_func(blocks, block_clear);
	for (char **line = lines; *line != NULL; line++) {
		if (**line == '\0') {
			gap++;
			continue;
		}
		if (goes_on(block, *line, gap))
			join(block, *line, gap);
		else
			block = begin(blocks, *line);
		gap = 0;
	}
	g_strfreev(lines);
	return blocks;
}
