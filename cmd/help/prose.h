/*
 * Prose as man/prose holds it, read once and shown twice: by `help TOPIC` and in the manual's
 *pages.
 *
 *	# Heading
 *	A paragraph, its lines joined; `words to type` and page(7) stand out.
 *	- a bullet
 *	- term :: what it means,
 *	  goes on when indented by two
 *	    shopctl product list        four blanks: as it is
 */
#ifndef SHOPCTL_HELP_PROSE_H
#define SHOPCTL_HELP_PROSE_H

#include <glib.h>
#include <stdbool.h>

enum prose_kind { PROSE_HEADING, PROSE_PARAGRAPH, PROSE_LITERAL, PROSE_ITEM, PROSE_BULLET };

struct prose_block {
	enum prose_kind kind;
	char *term; /* of an item, else NULL */
	char *text; /* words joined by one blank; a literal's lines as they are, without the
		       indentation */
};

/** The blocks of a text: a new array of struct prose_block, which frees what it owns. */
GArray *prose_parse(const char *text);

/** Append the text as a terminal of 80 columns shows it; headings bold if wanted. */
void prose_append(GString *to, const char *text, bool bold);

#endif
