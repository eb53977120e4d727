/*
 * The manual's pages, made from the command table, the catalogues and the prose under man/prose.
 *
 *	shopctl(1), shopctl-NOUN(1), shopctl-COMMAND(1), shopctl-worker(8)	page_program.c,
 *page_noun.c, page_command.c
 *	shopctl.yaml(5), shopctl-formats(7), …, shopctl-tutorial(7)	topics of `shopctl help`
 */
#ifndef SHOPCTL_MANUAL_MANUAL_H
#define SHOPCTL_MANUAL_MANUAL_H

#include "shopctl.h"

extern const struct command cmd_manual;

/* One page; of group, command and topics at most one is set: none is the program's own. */
struct manual_page {
	char *name; /* "shopctl-order" */
	int section;
	const char *summary;
	const struct command_group *group;
	const struct command *command;
	const char *const *topics; /* NULL-ended */
};

/** All pages: a new array of struct manual_page, which frees what it owns. */
GArray *manual_pages(void);

/** The page's mdoc(7) source: a new string. */
char *manual_source(const struct manual_page *page);

/** Append what the body of each kind of page is. */
void manual_program(GString *to);
void manual_noun(GString *to, const struct command_group *group);
void manual_command(GString *to, const struct command *command);
void manual_topics(GString *to, const char *const *topics);

/* --- page_parts.c */

/** ".Nm shopctl", the command's words, its operands and the options it must have. */
void manual_synopsis(GString *to, const struct command_group *group, const struct command *command);

/** Half a sentence of a table as a whole one, with its capital and full stop. */
void manual_sentence(GString *to, const char *text);

/** A list of options; nothing if there are none. */
void manual_options(GString *to, const struct option_spec *options);

/** A list of operands; nothing if there are none. */
void manual_operands(GString *to, const struct operand_spec *operands);

/** "6 stock is short" a line, as a list. */
void manual_exits(GString *to, const char *exits);

/** Lines to type. */
void manual_examples(GString *to, const char *examples);

/** A paragraph or more: what man/prose says of the noun or command, if it does. */
void manual_intro(GString *to, const char *name);

/** The summary, the description and what is made from tables. */
void manual_description(GString *to, const struct command *command);

/** The fields of what is printed. */
void manual_fields(GString *to, const struct shop_record *record);

/** ".Xr" of the pages that commands of "order cancel, worker" are on, and of `also`; once each, in
 * their order. */
void manual_see_also(GString *to, const char *commands, const char *self, const char *const *also);

/** The section a cross-cutting command's page is in: 8 for what runs on its own, else 1. */
int manual_section(const char *command);

#endif
