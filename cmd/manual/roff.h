/*
 * mdoc(7) source: text, literal lines and macro arguments, escaped so that mandoc and groff read
 * the same.
 */
#ifndef SHOPCTL_MANUAL_ROFF_H
#define SHOPCTL_MANUAL_ROFF_H

#include <glib.h>
#include <stdbool.h>

/** A paragraph's text: one sentence a line, `words` as commands, page(7) as references. Ends its
 * line. */
void roff_text(GString *to, const char *text);

/** Lines that stay as they are. */
void roff_literal(GString *to, const char *text);

/** One argument of a macro, quoted if need be. */
void roff_argument(GString *to, const char *text);

/** Prose (help/prose.h); its headings are this macro (".Sh" or ".Ss"). */
void roff_prose(GString *to, const char *prose, const char *heading);

/** A section's heading, in capitals. */
void roff_section(GString *to, const char *title);

#endif
