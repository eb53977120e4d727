/*
 * Templates: a file with {{.field}}, {{#if .field}}, {{#each .list}} and {{else}}, read against a
 * record's field table, so that a wrong name is told with its line before anything is printed.
 */
#ifndef SHOPCTL_OUT_TEMPLATE_H
#define SHOPCTL_OUT_TEMPLATE_H

#include "out/out_private.h"

enum template_kind {
	TEMPLATE_TEXT,
	TEMPLATE_VALUE,
	TEMPLATE_IF,
	TEMPLATE_EACH,
	TEMPLATE_ELSE,
	TEMPLATE_END,
};

struct template_node {
	enum template_kind kind;
	const char *text; /* of TEXT: within the file */
	size_t size;
	struct column column; /* of VALUE, IF, EACH */
	char *key;   /* VALUE and IF within a JSON field: "city" of ship_to; NULL = all of it */
	guint level; /* to which loop the column belongs: 0 = the record */
	guint next;  /* of IF and EACH: their ELSE or END; of ELSE: its END */
	int line;
};

struct template
{
	char *path;
	char *source;
	bool html;
	const struct shop_record *type; /* what it is compiled for */
	GArray *nodes;			/* struct template_node */
};

/** Forget the compiled form. */
void template_clear(struct template *t);

/** Compile for records of a type. Fails with E_VALUE naming file and line. */
bool template_compile(struct template *t, const struct shop_record *type,
		      struct shop_error *err) SHOP_CHECKED;

#endif
