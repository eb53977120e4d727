/* Fields of the command's record: in lists of columns, sort keys, sums, and filters with their
 * values. */
#include "complete/complete_private.h"

#include "frame/registry.h"
#include "shop/record_path.h"

#include <string.h>

void complete_behind(struct completion *c, const char *marks)
{
	const char *p = c->typed;

	for (; *p != '\0'; p++)
		if (strchr(marks, *p) != NULL)
			c->typed = p + 1;
}

/* Whether a field may stand in such a list. */
static bool fits(const struct shop_field *field, enum arg_hint hint)
{
	if (field->flags & SHOP_FIELD_HIDDEN)
		return false;
	switch (hint) {
	case HINT_COLUMNS:
		return true;
	case HINT_AMOUNTS:
		return field->type == SHOP_TYPE_INT || field->type == SHOP_TYPE_MONEY ||
		       field->type == SHOP_TYPE_QUANTITY;
	default:
		return field->type != SHOP_TYPE_LIST && field->type != SHOP_TYPE_RECORD;
	}
}

/* `path` is what stands before, "customer." or "lines[]."; the fields of what it leads to. */
static void offer_fields(struct completion *c, const struct shop_record *type, enum arg_hint hint,
			 int depth)
{
	const char *before = c->typed;

	for (size_t i = 0; i < type->count; i++) {
		const struct shop_field *field = &type->fields[i];
		char *deeper =
			field->child == NULL
				? NULL
				: g_strconcat(field->name,
					      field->type == SHOP_TYPE_LIST ? "[]." : ".", NULL);

		if (fits(field, hint))
			(void)complete_offer(c, CANDIDATE_OPEN, field->name, field->doc);
		if (deeper != NULL && !(field->flags & SHOP_FIELD_HIDDEN)) {
			if (depth > 0 && g_str_has_prefix(before, deeper)) {
				c->typed = before + strlen(deeper);
				offer_fields(c, field->child, hint, depth - 1);
				c->typed = before;
			} else {
				(void)complete_offer(c, CANDIDATE_OPEN, deeper, field->doc);
			}
		}
		g_free(deeper);
	}
}

void complete_fields(struct completion *c, enum arg_hint hint)
{
	const struct shop_record *type = c->inv.command == NULL ? NULL : c->inv.command->record;
	bool first;

	if (type == NULL)
		return;
	first = strchr(c->typed, ',') == NULL;
	complete_behind(c, ",");
	if ((hint == HINT_SORT && c->typed[0] == '-') ||
	    (hint == HINT_COLUMNS && (c->typed[0] == '-' || c->typed[0] == '+')))
		c->typed++;
	else if (hint == HINT_COLUMNS && first && c->typed[0] == 'h')
		(void)complete_offer(c, CANDIDATE_WORD, "help",
				     "what there is, with types and meaning");
	offer_fields(c, type, hint, SHOP_PATH_DEPTH);
}

/* The words of a list's own option of the field's name: --payment knows those of the field payment.
 */
static const char *const *option_words(const struct completion *c, const struct shop_record *type,
				       const struct shop_field *field)
{
	const struct command_group *group = registry_group(type->name);
	const struct command *list = group == NULL ? NULL : registry_verb(group, "list");
	const struct option_spec *spec = c->inv.command == NULL ? NULL : c->inv.command->options;

	if (list != NULL)
		spec = list->options;
	for (; spec != NULL && spec->name != NULL; spec++)
		if (spec->words != NULL && strcmp(spec->name, field->name) == 0)
			return spec->words;
	return NULL;
}

void complete_enum(struct completion *c, const struct shop_record *type,
		   const struct shop_field *field, const char *from)
{
	static const char *const truth[] = {"true", "false", NULL};
	const char *const *words;

	if (field == NULL)
		return;
	if (strcmp(field->name, "status") == 0 && complete_states(c, type->name, from))
		return;
	words = field->type == SHOP_TYPE_BOOL ? truth : option_words(c, type, field);
	for (; words != NULL && *words != NULL; words++)
		(void)complete_offer(c, CANDIDATE_WORD, *words, NULL);
	if (field->type == SHOP_TYPE_ID)
		complete_ids(c, field->id_type, false);
	else if (strcmp(field->name, "sku") == 0)
		complete_ids(c, SHOP_ID_PRODUCT, false);
}

/* The operators a field knows, once its name is whole. */
static void offer_operators(struct completion *c, const struct shop_field *field)
{
	static const char *const ops[] = {"=",	"!=", ":",  "~", "^=", "<",
					  "<=", ">",  ">=", "?", NULL};
	bool text = field->type == SHOP_TYPE_TEXT || field->type == SHOP_TYPE_WORD;
	const char *name = c->typed;

	for (const char *const *op = ops; *op != NULL; op++) {
		char *whole;

		if (text ? strchr("<>", **op) != NULL : strchr("~^", **op) != NULL)
			continue;
		whole = g_strconcat(name, *op, NULL);
		(void)complete_add(c, **op == '?' ? CANDIDATE_WORD : CANDIDATE_OPEN, whole,
				   field->doc);
		g_free(whole);
	}
}

/* The record that a path's last field is in. */
static const struct shop_record *home_of(const struct shop_record *type,
					 const struct shop_path *path)
{
	return path->depth < 2 ? type : path->steps[path->depth - 2]->child;
}

void complete_filter(struct completion *c)
{
	const struct shop_record *type = c->inv.command->record;
	struct shop_path path;
	size_t length;
	char *name;

	if (c->typed[0] == '!')
		c->typed++;
	length = strcspn(c->typed, "=!<>~^:?");
	name = g_strndup(c->typed, length);
	if (!shop_path_find(type, name, &path)) {
		if (c->typed[length] == '\0')
			offer_fields(c, type, HINT_FILTER, SHOP_PATH_DEPTH);
	} else if (c->typed[length] == '\0' && shop_path_last(&path)->child == NULL) {
		offer_operators(c, shop_path_last(&path));
	} else if (c->typed[length] != '\0') {
		complete_behind(c, c->typed[length] == ':' ? ":," : "=<>~");
		complete_enum(c, home_of(type, &path), shop_path_last(&path), NULL);
	}
	g_free(name);
}
