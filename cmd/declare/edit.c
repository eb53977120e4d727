/*
 * shopctl NOUN edit: one object as YAML in the operator's editor. The store is read, left alone
 * while the editor is open, and written in a transaction of its own, if the object is still the one
 * that was read.
 */
#include "declare/edit.h"

#include "declare/declare.h"
#include "declare/editor.h"
#include "frame/frame.h"
#include "shop/version.h"

#include <string.h>
#include <unistd.h>

struct edit_args {
	const char *sku;
	int64_t id;
};

/* What is wrong, as a comment for the next opening. */
struct remark {
	int64_t line; /* of the text */
	char *message;
};

/* An edit under way. */
struct edit {
	struct session *s;
	struct out *out;
	struct shop_declare_object object;
	enum shop_id_type type; /* SHOP_ID_NONE: a SKU */
	int64_t id;
	char *name;
	int64_t version; /* of what was read */
	char *path;	 /* of the text; kept where the edit fails */
	char *text;	 /* as it was opened */
	struct shop_declare *set;
	GArray *problems; /* struct remark: of the text as it is now */
	bool keep;
};

static void clear_remark(gpointer remark)
{
	g_free(((struct remark *)remark)->message);
}

static void edit_free(void *prepared)
{
	struct edit *e = prepared;

	if (e->path != NULL && !e->keep)
		(void)unlink(e->path);
	shop_declare_free(e->set);
	g_array_unref(e->problems);
	g_free(e->name);
	g_free(e->path);
	g_free(e->text);
	g_free(e);
}

static bool show(struct shop_store *store, void *arg, struct shop_error *err)
{
	struct edit *e = arg;
	AUTO_TEXT char *json = NULL;
	AUTO_STRING GString *text = g_string_new(NULL);

	if (!shop_declare_show(store, &e->object, e->s->clock.now_us, &json, &e->version, err))
		return false;
	g_string_printf(text,
			"# %s %s. Change what is to change, save and leave; an unchanged text does "
			"nothing.\n"
			"# A line that is taken away gives its field the default.\n",
			e->object.kind, e->name);
	if (!out_yaml(text, json, false))
		return shop_fail(err, E_INTERNAL, "cannot write an object as YAML");
	g_free(e->text);
	e->text = g_strdup(text->str);
	return true;
}

static void on_problem(const struct shop_declare_problem *p, void *arg)
{
	struct edit *e = arg;
	const struct remark remark = {
		.line = p->line,
		.message = g_strconcat(p->field == NULL ? "" : p->field,
				       p->field == NULL ? "" : ": ", p->message, NULL),
	};

	file_problem(p, e->out);
	g_array_append_val(e->problems, remark);
}

static bool read_text(struct edit *e, struct shop_error *err)
{
	const struct shop_declare_file file = {
		.path = e->path,
		.format = SHOP_DECLARE_YAML,
		.currency = e->s->currency,
		.problem = on_problem,
		.arg = e,
	};

	shop_declare_free(e->set);
	e->set = NULL;
	g_array_set_size(e->problems, 0);
	return shop_declare_read(&file, &e->set, err);
}

static bool ignore_change(const void *record, void *ctx, struct shop_error *err)
{
	(void)record;
	(void)ctx;
	(void)err;
	return true;
}

static bool try_it(struct shop_store *store, void *arg, struct shop_error *err)
{
	struct edit *e = arg;
	const struct shop_declare_how how = {.now_us = e->s->clock.now_us, .edited = e->name};
	struct shop_declare_counts counts = {0};

	return shop_declare_apply(store, e->set, &how, ignore_change, e, &counts, err);
}

/* What the store would refuse is known before the editor's text is given up. */
static bool check(struct edit *e, struct shop_error *err)
{
	const struct shop_context context = {
		.actor = e->s->actor, .reason = e->s->reason, .now_us = e->s->clock.now_us};

	return read_text(e, err) &&
	       (!e->s->interactive || shop_store_try(e->s->store, &context, try_it, e, err));
}

/* Take the remarks of the opening before off, and put those of this one on; their lines are the new
 * text's. */
static void put_remarks(const struct edit *e, GString *text)
{
	AUTO_STRING GString *top = g_string_new(NULL);
	int64_t moved = e->problems->len;

	for (; g_str_has_prefix(text->str, "#! "); moved--) {
		gsize end = strcspn(text->str, "\n");

		g_string_erase(text, 0, (gssize)(end + (text->str[end] == '\n')));
	}
	for (guint i = 0; i < e->problems->len; i++) {
		const struct remark *r = &g_array_index(e->problems, struct remark, i);

		g_string_append_printf(top, "#! line %lld: %s\n", (long long)(r->line + moved),
				       r->message);
	}
	g_string_prepend(text, top->str);
}

/* Open it once more with what is wrong on top; false with the error when the text comes back as it
 * was. */
static bool open_again(struct edit *e, char **text, struct shop_error *err)
{
	AUTO_STRING GString *next = g_string_new(*text);
	AUTO_TEXT char *before = NULL;
	struct shop_error failed = {0};

	put_remarks(e, next);
	before = g_strdup(next->str);
	shop_error_take(&failed, err);
	g_clear_pointer(text, g_free);
	if (!editor_write(e->path, before, err) || !editor_run(e->path, true, err) ||
	    !editor_read(e->path, text, err)) {
		shop_error_done(&failed);
		return false;
	}
	if (strcmp(before, *text) == 0) {
		shop_error_take(err, &failed);
		return false;
	}
	shop_error_done(&failed);
	return true;
}

static bool edit_text(struct edit *e, struct shop_error *err)
{
	AUTO_TEXT char *text = NULL;
	bool ok;

	if (!editor_begin(e->text, &e->path, err) || !editor_run(e->path, e->s->interactive, err) ||
	    !editor_read(e->path, &text, err))
		return false;
	if (strcmp(text, e->text) == 0)
		return true;
	e->keep = true;
	for (ok = check(e, err); !ok && e->s->interactive && e->problems->len > 0;
	     ok = check(e, err))
		if (!open_again(e, &text, err))
			break;
	return ok || shop_fail_because(err, "the text is kept in %s", e->path);
}

static struct edit *edit_new(struct session *s, const struct edit_args *a, struct out *out)
{
	struct edit *e = g_new0(struct edit, 1);
	char text[SHOP_ID_TEXT];

	e->s = s;
	e->out = out;
	e->type = s->inv->command->operands[0].id_type;
	e->id = a->id;
	e->name = g_strdup(a->sku != NULL ? a->sku : shop_id_format(e->type, a->id, text));
	e->object = (struct shop_declare_object){.kind = s->inv->group->name, .name = e->name};
	e->problems = g_array_new(FALSE, FALSE, sizeof(struct remark));
	g_array_set_clear_func(e->problems, clear_remark);
	return e;
}

static bool prepare(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	struct edit *e = edit_new(s, args, out);

	s->prepared = e;
	if (s->inv->g.no_input)
		return shop_fail(err, E_NOT_CONFIRMED,
				 "an editor takes input, and --no-input says that there is none");
	return shop_store_read(s->store, show, e, err) && edit_text(e, err);
}

static bool check_version(struct edit *e, struct shop_error *err)
{
	int64_t version;

	if (!(e->type == SHOP_ID_NONE
		      ? shop_version_of_sku(e->s->store, e->name, &version, err)
		      : shop_version_of(e->s->store, e->type, e->id, &version, err)))
		return false;
	if (version == e->version)
		return true;
	shop_fail(err, E_VERSION, "%s was changed while it was edited; nothing was done", e->name);
	return shop_fail_object(err, e->name);
}

static bool print_change(const void *record, void *ctx, struct shop_error *err)
{
	struct out *out = ctx;
	AUTO_TEXT char *line = change_line(record, out_is_ascii(out));

	return out_changed(out, &shop_declare_change_record, record, err, "%s", line);
}

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	struct edit *e = s->prepared;
	const struct shop_declare_how how = {.now_us = s->clock.now_us, .edited = e->name};
	struct shop_declare_counts counts = {0};

	(void)args;
	if (e->set == NULL) {
		out_note(out, true, "nothing changed");
		return true;
	}
	if (!check_version(e, err) ||
	    !shop_declare_apply(s->store, e->set, &how, print_change, out, &counts, err))
		return shop_fail_because(err, "the text is kept in %s", e->path);
	if (counts.updated == 0)
		out_note(out, true, "nothing changed");
	e->keep = false;
	return true;
}

#define EDIT_COMMAND(noun, operand, example)                                                       \
	static const struct operand_spec noun##_operands[] = {operand, {0}};                       \
	const struct command cmd_##noun##_edit = {                                                 \
		.name = "edit",                                                                    \
		.summary = "Change a " #noun " in an editor",                                      \
		.description = "Opens it as YAML in $VISUAL or $EDITOR and applies what was "      \
			       "changed. The store is not\n"                                       \
			       "locked meanwhile. A text that is not valid is opened again on a "  \
			       "terminal, else it is\n"                                            \
			       "kept and named.",                                                  \
		.operands = noun##_operands,                                                       \
		.args_size = sizeof(struct edit_args),                                             \
		.needs = NEEDS_STORE_WRITE,                                                        \
		.record = &shop_declare_change_record,                                             \
		.prepare = prepare,                                                                \
		.forget = edit_free,                                                               \
		.run = run,                                                                        \
		.examples = example,                                                               \
		.exits = "2 neither VISUAL nor EDITOR is set, and this is no terminal\n"           \
			 "4 it was changed by somebody else meanwhile, or a unique field is "      \
			 "taken\n"                                                                 \
			 "5 the text is not valid",                                                \
		.see_also = #noun " update, apply",                                                \
	}

EDIT_COMMAND(product, OPERAND(struct edit_args, sku, const char *, ARG_SKU, "SKU", "the product"),
	     "shopctl product edit MUG-01");
EDIT_COMMAND(customer,
	     OPERAND_ID(struct edit_args, id, "CUSTOMER", SHOP_ID_CUSTOMER, "the customer"),
	     "shopctl customer edit cus-1000");
EDIT_COMMAND(supplier,
	     OPERAND_ID(struct edit_args, id, "SUPPLIER", SHOP_ID_SUPPLIER, "the supplier"),
	     "shopctl supplier edit sup-1000");
EDIT_COMMAND(location,
	     OPERAND_ID(struct edit_args, id, "LOCATION", SHOP_ID_LOCATION, "the location"),
	     "shopctl location edit loc-1000");
