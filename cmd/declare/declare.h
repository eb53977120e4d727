/*
 * shopctl export, diff, apply, edit: the shop's objects as files say they should be. Private to
 * this folder.
 */
#ifndef SHOPCTL_DECLARE_H
#define SHOPCTL_DECLARE_H

#include "shop/declare.h"
#include "shop/text.h"
#include "shopctl.h"

struct file_args {
	const char *file, *kind;
	bool prune, force;
};

#define FILE_OPTIONS                                                                               \
	OPTION(struct file_args, file, const char *, ARG_FILE, 'f', "file", "FILE",                \
	       "a .yaml, .json, .jsonl or .csv file, - = stdin", .required = true),                \
		OPTION(struct file_args, kind, const char *, ARG_WORD, 0, "kind", "KIND",          \
		       "what the rows of a CSV file without a column kind are",                    \
		       .words = shop_declare_kinds)

/** A command's `prepare`: read the file of its struct file_args into session.prepared. */
bool file_prepare(struct session *s, const void *args, struct out *out,
		  struct shop_error *err) SHOP_CHECKED;

/** A command's `forget`: free what file_prepare left. */
void file_forget(void *prepared);

/** Print what is wrong with a file: for shop_declare_file.problem, with the printer as its arg. */
void file_problem(const struct shop_declare_problem *problem, void *out);

/** A change as one line: `~ price MUG-01 12.50 EUR → 13.12 EUR`. Not escaped. A new string. */
char *change_line(const struct shop_declare_change *change, bool ascii);

/** A paragraph for help: kinds, forms of a file, the three-way rule. */
void file_describe(GString *to);

#endif
