/*
 * The printer's life: opening with a format, keeping a mutation's output until its commit, writing,
 * --out.
 */
#include "out/out_private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const formats[] = {
	"table", "wide",  "json", "jsonl", "csv",  "tsv",      "yaml", "line",
	"id",	 "count", "none", "md",	   "html", "template", NULL,
};

#define TEMPLATE_PREFIX "template="

const char *const *out_formats(void)
{
	return formats;
}

int out_format_find(const char *name)
{
	int i;

	for (i = 0; formats[i] != NULL; i++)
		if (strcmp(formats[i], name) == 0)
			return i;
	if (g_str_has_prefix(name, TEMPLATE_PREFIX))
		return OUT_TEMPLATE;
	return strcmp(name, "name") == 0 ? OUT_ID : strcmp(name, "yml") == 0 ? OUT_YAML : -1;
}

static bool choose_format(struct out *out, struct shop_error *err)
{
	const char *name = out->options.format;
	const char *dot = out->options.path == NULL ? NULL : strrchr(out->options.path, '.');
	int format;
	char *all;

	if (name == NULL && dot != NULL && out_format_find(dot + 1) >= 0)
		name = dot + 1;
	if (name == NULL)
		name = "table";
	format = out_format_find(name);
	if (format >= 0) {
		out->format = (enum out_format)format;
		return true;
	}
	all = g_strjoinv(", ", (char **)(uintptr_t)formats);
	shop_fail(err, E_VALUE, "there is no output format %s; there are %s", name, all);
	g_free(all);
	return shop_fail_field(err, "output");
}

static bool open_template(struct out *out, struct shop_error *err)
{
	const char *name = out->options.format;

	if (out->format != OUT_TEMPLATE)
		return true;
	if (name == NULL || !g_str_has_prefix(name, TEMPLATE_PREFIX) ||
	    name[strlen(TEMPLATE_PREFIX)] == '\0') {
		shop_fail(err, E_VALUE,
			  "which template? -o template=FILE, or the name of one in templates.dir");
		return shop_fail_field(err, "output");
	}
	return template_open(name + strlen(TEMPLATE_PREFIX), out->options.templates,
			     out->options.record, &out->template, err);
}

/* What no rollback takes back. */
static bool begin_text(struct out *out, struct shop_error *err)
{
	if (!out->options.bom)
		return true;
	if (out->format != OUT_CSV && out->format != OUT_TSV) {
		shop_fail(err, E_VALUE, "--bom is for csv and tsv");
		return shop_fail_field(err, "bom");
	}
	g_string_append(out->text, "\xef\xbb\xbf");
	out->committed = out->text->len;
	return true;
}

static bool open_path(struct out *out, struct shop_error *err)
{
	if (out->options.path == NULL)
		return true;
	out->temporary = g_strconcat(out->options.path, ".XXXXXX", NULL);
	out->fd = mkostemp(out->temporary, O_CLOEXEC);
	if (out->fd >= 0)
		return true;
	shop_fail(err, E_OUTPUT, "cannot write %s: %s", out->options.path, g_strerror(errno));
	g_clear_pointer(&out->temporary, g_free);
	return false;
}

/* For people, and as long as the shop has rows. */
static bool is_tabular(enum out_format format)
{
	return format == OUT_TABLE || format == OUT_WIDE || format == OUT_LINE || format == OUT_MD;
}

static bool is_terminal(const struct out *out)
{
	const struct out_options *options = &out->options;

	if (options->path != NULL || options->sink != NULL)
		return false;
	return options->target != NULL ? options->target->terminal : terminal_is(out->fd);
}

bool out_open(const struct out_options *options, struct out **ret_out, struct shop_error *err)
{
	struct out *out = g_new0(struct out, 1);

	*ret_out = out;
	out->options = *options;
	out->fd = options->target != NULL ? options->target->fd : STDOUT_FILENO;
	out->text = g_string_new(NULL);
	out->notes = g_string_new(NULL);
	grid_init(&out->grid);
	columns_clear(out);
	if (!choose_format(out, err))
		return false;
	if (options->record != NULL && !columns_make(out, options->record, err))
		return false;
	if (!open_template(out, err) || !begin_text(out, err) || !open_path(out, err))
		return false;
	out->terminal = is_terminal(out);
	out->pretty = out->terminal;
	pager_init(&out->pager,
		   options->pager && out->terminal && !options->held && is_tabular(out->format));
	out->color = terminal_has_color(options->color, out->terminal);
	return true;
}

void out_set_now(struct out *out, int64_t now_us)
{
	out->now_us = now_us;
}

enum out_format out_format_of(const struct out *out)
{
	return out->format;
}

void out_tap(struct out *out, out_tap_fn fn, void *ctx)
{
	out->tap = fn;
	out->tap_ctx = ctx;
}

void out_also_wants(struct out *out, const char *list)
{
	if (out->also == NULL)
		out->also = g_ptr_array_new();
	g_ptr_array_add(out->also, (gpointer)(uintptr_t)list);
}

bool out_expect(struct out *out, const struct shop_record *type, struct shop_error *err)
{
	out->type = type;
	return columns_make(out, type, err);
}

bool out_is_terminal_table(const struct out *out)
{
	return out->terminal && (out->format == OUT_TABLE || out->format == OUT_WIDE);
}

bool out_is_ascii(const struct out *out)
{
	return out->options.ascii;
}

void out_set_next(struct out *out, const char *cursor)
{
	g_free(out->next);
	out->next = g_strdup(cursor);
}

bool out_raw(struct out *out, const char *json, struct shop_error *err)
{
	if (out->format == OUT_JSON && !out->options.single)
		g_string_append(out->text, out->rows == 0 ? "[" : ",");
	if (out->format == OUT_YAML) {
		if (!out_yaml(out->text, json, !out->options.single))
			return shop_fail(err, E_INTERNAL, "cannot write a value as YAML");
	} else {
		g_string_append(out->text, json);
		if (out->format != OUT_JSON || out->options.single)
			out_end_record(out);
	}
	out->rows++;
	if (!out->options.held && out->text->len >= OUT_FLUSH_AT)
		return out_commit(out, err);
	return true;
}

char *out_since_commit(const struct out *out)
{
	const char *text = out->text->str + out->committed;

	if (out->format == OUT_JSON && !out->options.single && (*text == '[' || *text == ','))
		text++;
	return g_strdup(text);
}

void out_replay(struct out *out, const char *text)
{
	if (out->format == OUT_JSON && !out->options.single && *text != '\0')
		g_string_append(out->text, out->rows == 0 ? "[" : ",");
	g_string_append(out->text, text);
	out->rows++;
}

void out_rollback(struct out *out)
{
	if (out->options.target != NULL)
		out->options.target->settled(out->options.target->ctx, false);
	g_string_truncate(out->text, out->committed);
	out->rows = out->rows_committed;
	out->header_done = out->header_committed;
	grid_drop(&out->grid);
}

void out_settle(struct out *out)
{
	grid_end(out, &out->grid);
}

size_t out_width(const struct out *out)
{
	if (out->options.width > 0)
		return (size_t)out->options.width;
	return out->terminal ? (size_t)terminal_columns(out->fd) : 0;
}

static bool write_all(struct out *out, const char *bytes, size_t size, struct shop_error *err)
{
	if (out->options.sink != NULL && out->options.path == NULL) {
		g_string_append_len(out->options.sink, bytes, (gssize)size);
		return true;
	}
	if (out->options.target != NULL && out->options.path == NULL) {
		out->options.target->look(out->options.target->ctx, bytes, size);
		if (out->fd < 0)
			return true;
	}
	if (out->pager.pid != 0) {
		pager_write(&out->pager, bytes, size);
		return !out->pager.left || !out->options.list ||
		       shop_fail(err, E_OUTPUT, "the pager was left");
	}
	while (size > 0) {
		ssize_t wrote = write(out->fd, bytes, size);

		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote < 0) {
			out->pipe_closed = errno == EPIPE;
			return shop_fail(err, E_OUTPUT, "cannot write the result: %s",
					 g_strerror(errno));
		}
		bytes += wrote;
		size -= (size_t)wrote;
		out->wrote = true;
	}
	return true;
}

bool out_target_write(const struct out_target *target, const char *text, struct shop_error *err)
{
	struct out out = {.options = {.target = target}, .fd = target->fd};

	return write_all(&out, text, strlen(text), err);
}

bool out_commit(struct out *out, struct shop_error *err)
{
	bool ok;

	if (pager_waits(out))
		return true;
	if (out->text->len > 0)
		progress_clear(out);
	pager_start(&out->pager);
	ok = write_all(out, out->text->str, out->text->len, err);
	if (out->options.target != NULL)
		out->options.target->settled(out->options.target->ctx, true);
	g_string_truncate(out->text, 0);
	out->committed = 0;
	out->rows_committed = out->rows;
	out->header_committed = out->header_done;
	return ok;
}

static void close_containers(struct out *out)
{
	if (out->plain && out->rows == 0)
		return;
	if (out->options.quiet)
		return;
	if (out->format == OUT_COUNT)
		g_string_append_printf(out->text, "%" G_GINT64_FORMAT "\n", out->rows);
	if (out->format == OUT_HTML)
		html_end(out);
	if (out->format == OUT_YAML && out->rows == 0 && !out->options.single)
		g_string_append(out->text, "[]\n");
	if (out->format != OUT_JSON || out->options.single)
		return;
	if (out->rows == 0)
		json_open_list(out);
	g_string_append(out->text, out->rows > 0 && out->pretty ? "\n]" : "]");
	if (out->options.page_info)
		g_string_append_printf(
			out->text, ",\"next\":%s%s%s}", out->next == NULL ? "" : "\"",
			out->next == NULL ? "null" : out->next, out->next == NULL ? "" : "\"");
	out_end_record(out);
}

/* csv with no row still has its header: whoever reads it knows the columns. */
static void empty_header(struct out *out)
{
	guint i;

	if ((out->format != OUT_CSV && out->format != OUT_TSV) || out->rows > 0 || out->plain ||
	    out->options.no_headers || out->options.quiet)
		return;
	for (i = 0; i < out->columns->len; i++)
		g_string_append_printf(out->text, "%s%s",
				       i == 0			? ""
				       : out->format == OUT_CSV ? ","
								: "\t",
				       g_array_index(out->columns, struct column, i).name);
	if (out->columns->len > 0)
		g_string_append_c(out->text, '\n');
}

static bool put_in_place(struct out *out, struct shop_error *err)
{
	if (out->temporary == NULL)
		return true;
	if (fchmod(out->fd, 0644) != 0 || fsync(out->fd) != 0 ||
	    rename(out->temporary, out->options.path) != 0)
		return shop_fail(err, E_OUTPUT, "cannot write %s: %s", out->options.path,
				 g_strerror(errno));
	g_clear_pointer(&out->temporary, g_free);
	return true;
}

static void leave_pager(struct out *out)
{
	pager_end(&out->pager);
	out->pager.may = false;
	(void)fputs(out->notes->str, stderr);
	g_string_truncate(out->notes, 0);
}

bool out_finish(struct out *out, struct shop_error *err)
{
	bool ok;

	out_settle(out);
	empty_header(out);
	close_containers(out);
	if (pager_waits(out))
		out->pager.may = false;
	ok = out_commit(out, err);
	leave_pager(out);
	return ok && put_in_place(out, err);
}

void out_free(struct out *out)
{
	if (out == NULL)
		return;
	progress_clear(out);
	leave_pager(out);
	g_string_free(out->notes, TRUE);
	if (out->temporary != NULL)
		(void)unlink(out->temporary);
	if (out->options.path != NULL && out->fd > STDERR_FILENO)
		(void)close(out->fd);
	g_free(out->temporary);
	g_free(out->next);
	template_free(out->template);
	if (out->also != NULL)
		g_ptr_array_unref(out->also);
	g_string_free(out->text, TRUE);
	grid_done(&out->grid);
	g_array_unref(out->columns);
	g_free(out);
}

bool out_is_json(const struct out *out)
{
	return out->format == OUT_JSON && !out->plain;
}

bool out_was_enough(const struct out *out)
{
	return out->pager.left || (out->pipe_closed && out->options.target != NULL);
}

bool out_pipe_closed(const struct out *out)
{
	return out->pipe_closed;
}
