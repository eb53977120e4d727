/*
 * CSV by the reader of import: one kind a file, its fields the columns. A first column `kind` says
 * which kind, else the caller or the file's name. An empty cell says nothing. Out again the same
 * way: a text that a spreadsheet would take for a formula has an apostrophe before it, which is
 * taken off when it is read.
 */
#include "declare/declare_run.h"

#include "import/import_run.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* The import under way, with a table of columns made from the kind's fields. */
struct csv_reader {
	struct shop_declare *set;
	const struct declare_kind *kind;
	struct import_field fields[DECLARE_FIELDS_MAX + 1];
	struct import_kind columns;
	struct shop_import in;
	struct import_run run;
};

static bool is_texty(const struct declare_field *field)
{
	return field->type == DECLARE_TEXT || field->type == DECLARE_CODE ||
	       field->type == DECLARE_EMAIL;
}

/* =1, '=1, ''=1 …: what has an apostrophe more than the text had. */
static bool is_guarded(const char *text)
{
	return *text == '\'' && shop_text_is_formula(text + strspn(text, "'"));
}

static void on_problem(const struct shop_import_problem *p, void *arg)
{
	struct csv_reader *r = arg;

	declare_problem(r->set, (struct declare_place){p->line, 0}, p->field, "%s", p->message);
}

static bool has_kind_column(const GString *bytes)
{
	return g_str_has_prefix(bytes->str, "kind,") || g_str_has_prefix(bytes->str, "\"kind\",");
}

/* The first cell of the second line, when that of the first is `kind`. Kinds hold no quotes. */
static char *kind_cell(const GString *bytes)
{
	const char *line = strchr(bytes->str, '\n');

	if (!has_kind_column(bytes) || line == NULL)
		return NULL;
	line += line[1] == '"' ? 2 : 1;
	return g_strndup(line, strcspn(line, "\",\r\n"));
}

/* What export writes of a kind without objects. */
static bool is_empty(const GString *bytes)
{
	const char *line = strchr(bytes->str, '\n');

	return has_kind_column(bytes) && line != NULL && line[strspn(line, "\r\n")] == '\0';
}

static const struct declare_kind *kind_of_name(const char *path)
{
	AUTO_TEXT char *base = g_path_get_basename(path);

	base[strcspn(base, ".")] = '\0';
	return declare_kind_find(base);
}

static bool find_kind(struct csv_reader *r, const GString *bytes)
{
	AUTO_TEXT char *cell = kind_cell(bytes);
	AUTO_ERROR struct shop_error err = {0};

	if (cell != NULL)
		r->kind = *cell == '\0' ? NULL : declare_kind_find(cell);
	else if (r->set->file->kind != NULL)
		r->kind = declare_kind_find(r->set->file->kind);
	else
		r->kind = kind_of_name(r->set->file->path);
	if (r->kind != NULL)
		return true;
	if (cell != NULL && !declare_kind_unknown(cell, &err))
		declare_problem_error(r->set, (struct declare_place){2, 1}, "kind", &err);
	else
		declare_stop(r->set, (struct declare_place){1, 1},
			     "which kind of object these are: a first column kind, a file named "
			     "product.csv, or --kind");
	return false;
}

static void make_columns(struct csv_reader *r)
{
	const struct declare_kind *kind = r->kind;
	bool by_id = kind->fields[0].type == DECLARE_ID;

	r->fields[0] = (struct import_field){.name = "kind", .type = IMPORT_TEXT};
	for (size_t i = 0; i < kind->count; i++)
		r->fields[i + 1] = (struct import_field){
			.name = kind->fields[i].name,
			.type = IMPORT_TEXT,
			.required = !by_id && (kind->fields[i].flags &
					       (DECLARE_KEY | DECLARE_OPTIONAL)) == DECLARE_KEY,
		};
	r->columns = (struct import_kind){
		.name = kind->name, .fields = r->fields, .count = kind->count + 1, .named = true};
}

static void take_row(struct csv_reader *r, const struct import_row *row)
{
	const struct declare_place at = {row->line, 0};
	GArray *pairs = g_array_new(FALSE, FALSE, sizeof(struct declare_pair));

	for (size_t i = 0; i <= r->kind->count; i++) {
		const char *cell = row->cells[i];
		struct declare_pair pair = {.name_at = at, .text_at = at};

		if (cell == NULL || *cell == '\0')
			continue;
		if (i > 0 && is_texty(&r->kind->fields[i - 1]) && is_guarded(cell))
			cell++;
		pair.name = (char *)(uintptr_t)r->fields[i].name;
		pair.text = (char *)(uintptr_t)cell;
		g_array_append_val(pairs, pair);
	}
	set_add(r->set, r->kind, pairs, at);
	g_array_unref(pairs);
}

/* Import reads a file by place; this one was read already. */
static bool open_bytes(struct csv_reader *r, const GString *bytes, struct shop_error *err)
{
	int fd = memfd_create("declare", MFD_CLOEXEC);
	bool ok = fd >= 0 && write(fd, bytes->str, bytes->len) == (ssize_t)bytes->len &&
		  lseek(fd, 0, SEEK_SET) == 0;

	if (!ok)
		shop_fail(err, E_IO, "cannot read %s: %s", r->set->name, g_strerror(errno));
	r->in = (struct shop_import){
		.path = "-", .fd = fd, .format = SHOP_IMPORT_CSV, .problem = on_problem, .arg = r};
	ok = ok && source_open(&r->run.source, &r->in, err);
	if (fd >= 0)
		(void)close(fd);
	return ok;
}

static bool read_rows(struct csv_reader *r, struct shop_error *err)
{
	struct import_row row = {0};
	bool found = true;

	r->run.source.name = r->set->name;
	if (!reader_open(&r->run, err))
		return false;
	while (found) {
		if (!reader_next(&r->run, &row, &found, err))
			return false;
		if (found && !row.bad)
			take_row(r, &row);
	}
	return true;
}

bool csv_read_all(struct shop_declare *set, const GString *bytes, struct shop_error *err)
{
	struct csv_reader r = {.set = set, .run = {.source = {.fd = -1}}};
	bool ok;

	if (is_empty(bytes) || !find_kind(&r, bytes))
		return true;
	make_columns(&r);
	r.run.in = &r.in;
	r.run.kind = &r.columns;
	ok = open_bytes(&r, bytes, err) && read_rows(&r, err);
	reader_close(&r.run);
	source_close(&r.run.source);
	g_free(r.run.first_problem);
	return ok;
}

void csv_header(GString *to, const struct declare_kind *kind)
{
	g_string_append(to, "kind");
	for (size_t i = 0; i < kind->count; i++)
		g_string_append_printf(to, ",%s", kind->fields[i].name);
	g_string_append_c(to, '\n');
}

void csv_row(GString *to, const struct declare_kind *kind, const struct declare_live *live)
{
	g_string_append(to, kind->name);
	for (size_t i = 0; i < kind->count; i++) {
		const char *text = live->texts[i] == NULL ? "" : live->texts[i];
		AUTO_TEXT char *guarded = NULL;

		if (is_texty(&kind->fields[i]) && shop_text_is_formula(text + strspn(text, "'")))
			guarded = g_strconcat("'", text, NULL);
		g_string_append_c(to, ',');
		shop_text_csv(to, guarded == NULL ? text : guarded);
	}
	g_string_append_c(to, '\n');
}
