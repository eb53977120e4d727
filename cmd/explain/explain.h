/* explain: what fields, states, errors and events mean, and how a value is read. */
#ifndef SHOPCTL_CMD_EXPLAIN_H
#define SHOPCTL_CMD_EXPLAIN_H

#include "shop/journal.h"
#include "shopctl.h"

extern const struct command cmd_explain;

/* --- explain_record.c */

/** The record type of a name: what `show` of that noun prints, else what any command prints, or a
 * part of it. */
const struct shop_record *explain_find(const char *name);

/** Follow a path of fields ("lines.sku") into a record; *ret_type gets the record the field is in.
 * NULL = none. */
const struct shop_field *explain_follow(const struct shop_record *type, const char *path,
					const struct shop_record **ret_type);

/** All record types that commands print, as a list. */
bool explain_types(struct out *out, struct shop_error *err) SHOP_CHECKED;

/** A record type with its fields. */
bool explain_type(struct out *out, const struct shop_record *type,
		  struct shop_error *err) SHOP_CHECKED;

/** A field; a status with the machine behind it. `name` is as it was typed. */
bool explain_field(struct out *out, const char *name, const struct shop_record *type,
		   const struct shop_field *field, struct shop_error *err) SHOP_CHECKED;

/** "integer", "money", … */
const char *explain_type_name(const struct shop_field *field);

/** The names of all record types, for suggestions: a new array of borrowed strings. */
GPtrArray *explain_names(void);

/* --- explain_machine.c */

struct transition_row {
	char *from, *to, *by;
};

extern const struct shop_record transition_record;

/** The name of the machine a field is moved by, or NULL. */
const char *explain_machine(const struct shop_record *type, const struct shop_field *field);

/** Add its transitions to a list of transition_record; a new text of the states that end it. */
char *explain_transitions(const char *machine, struct shop_list *list);

/** Print the machine as a Graphviz graph. */
bool explain_dot(struct out *out, const char *machine, struct shop_error *err) SHOP_CHECKED;

/* --- explain_schema.c */

/** Print the JSON Schema of a record type. */
bool explain_schema(struct out *out, const struct shop_record *type,
		    struct shop_error *err) SHOP_CHECKED;

/* --- explain_code.c */

/** One error id, or all (NULL). *ret_found: whether there is such an id. */
bool explain_errors(struct out *out, const char *code, bool *ret_found,
		    struct shop_error *err) SHOP_CHECKED;

/** The catalogue's entry of a type of event, or NULL. */
const struct shop_event_type *explain_find_event(const char *type);

/** One type of event. */
bool explain_event(struct out *out, const struct shop_event_type *type,
		   struct shop_error *err) SHOP_CHECKED;

/* --- explain_value.c */

/** Whether a word names a kind of value that explain_value reads. */
bool explain_is_value(const char *kind);

/** How a value is read: time, money, quantity, duration or id. Fails as reading it fails. */
bool explain_value(struct out *out, const struct session *s, const char *kind, const char *text,
		   struct shop_error *err) SHOP_CHECKED;

#endif
