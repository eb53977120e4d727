/*
 * Help that belongs to no single command.
 */
#ifndef SHOPCTL_HELP_TOPICS_H
#define SHOPCTL_HELP_TOPICS_H

#include <glib.h>

/** The text of a topic ("exit-codes"), or NULL. */
const char *help_topic(const char *name);

/** Append the whole command table as JSON: nouns, commands, operands, options, fields. */
void help_table_json(GString *to);

#endif
