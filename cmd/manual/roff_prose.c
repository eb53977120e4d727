/*
 * Prose as mdoc(7).
 */
#include "manual/roff.h"

#include "help/prose.h"

void roff_section(GString *to, const char *title)
{
	char *upper = g_utf8_strup(title, -1);

	g_string_append(to, ".Sh");
	g_string_append_printf(to, " %s\n", upper);
	g_free(upper);
}

static void append_heading(GString *to, const char *title, const char *macro)
{
	if (g_str_equal(macro, ".Sh")) {
		roff_section(to, title);
		return;
	}
	g_string_append_printf(to, "%s %s\n", macro, title);
}

static bool is_list(enum prose_kind kind)
{
	return kind == PROSE_ITEM || kind == PROSE_BULLET;
}

static void append_item(GString *to, const struct prose_block *block)
{
	if (block->kind == PROSE_ITEM) {
		g_string_append(to, ".It Ic");
		roff_argument(to, block->term);
		g_string_append_c(to, '\n');
	} else {
		g_string_append(to, ".It\n");
	}
	roff_text(to, block->text);
}

static void append_block(GString *to, const struct prose_block *block, const char *heading)
{
	switch (block->kind) {
	case PROSE_HEADING:
		append_heading(to, block->text, heading);
		break;
	case PROSE_LITERAL:
		g_string_append(to, ".Bd -literal -offset indent\n");
		roff_literal(to, block->text);
		g_string_append(to, ".Ed\n");
		break;
	case PROSE_PARAGRAPH:
		roff_text(to, block->text);
		break;
	default:
		append_item(to, block);
	}
}

/* Lists begin and end; paragraphs that follow something are parted from it. */
static void append_between(GString *to, const struct prose_block *before,
			   const struct prose_block *block)
{
	bool listed = before != NULL && is_list(before->kind);

	if (listed && (block == NULL || block->kind != before->kind))
		g_string_append(to, ".El\n");
	if (block == NULL)
		return;
	if (is_list(block->kind) && (before == NULL || before->kind != block->kind))
		g_string_append(to, block->kind == PROSE_ITEM ? ".Bl -tag -width Ds\n"
							      : ".Bl -bullet\n");
	else if (block->kind == PROSE_PARAGRAPH && before != NULL && before->kind != PROSE_HEADING)
		g_string_append(to, ".Pp\n");
}

void roff_prose(GString *to, const char *prose, const char *heading)
{
	GArray *blocks = prose_parse(prose);
	const struct prose_block *before = NULL;

	for (guint i = 0; i < blocks->len; i++) {
		const struct prose_block *block = &g_array_index(blocks, struct prose_block, i);

		append_between(to, before, block);
		append_block(to, block, heading);
		before = block;
	}
	append_between(to, before, NULL);
	g_array_unref(blocks);
}
