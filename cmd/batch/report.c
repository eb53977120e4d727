/*
 * What is told of a batch: one JSON object a line on stdout, failures and the summary on stderr.
 */
#include "batch/batch.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* JSON stays JSON; what a line printed in another format is a text. */
static void append_result(struct shop_json *j, const struct item *item)
{
	size_t length = item->result->len;

	while (length > 0 && item->result->str[length - 1] == '\n')
		length--;
	if (length == 0) {
		shop_json_null(j, "result");
	} else if (item->line->inv.json) {
		g_string_truncate(item->result, length);
		shop_json_raw(j, "result", item->result->str);
	} else {
		char *valid = g_utf8_make_valid(item->result->str, (gssize)item->result->len);

		shop_json_text(j, "result", valid);
		g_free(valid);
	}
}

static GString *line_of(const struct item *item)
{
	struct shop_json j = {.to = g_string_sized_new(item->result->len + 64)};

	shop_json_object(&j, NULL);
	shop_json_int(&j, "line", item->number);
	shop_json_int(&j, "exit", item->status);
	if (item->line->inv.replayed)
		shop_json_bool(&j, "replayed", true);
	if (item->err.id != E_NONE)
		exit_append_json(&j, "error", &item->err);
	append_result(&j, item);
	shop_json_end(&j);
	g_string_append_c(j.to, '\n');
	return j.to;
}

static bool print(struct batch *batch, const GString *line, struct shop_error *err)
{
	if (batch->held == NULL)
		return out_text(batch->out, line->str, err);
	return fwrite(line->str, 1, line->len, batch->held) == line->len ||
	       shop_fail(err, E_IO, "cannot keep the results: %s", g_strerror(errno));
}

static bool is_silent(const struct batch *batch)
{
	const struct globals *g = batch->host.g;

	return g->quiet || (g->output != NULL && strcmp(g->output, "none") == 0);
}

bool report_item(struct batch *batch, struct item *item, struct shop_error *err)
{
	GString *line;
	bool ok;

	if (item_failed(item)) {
		out_progress(batch->out, NULL, 0, 0);
		if (item->err.id != E_NONE)
			exit_report(&item->line->inv, &item->err);
		if (batch->counts.failed++ == 0)
			batch->failed_code = item->status;
	} else {
		batch->counts.done++;
		batch->counts.replayed += item->line->inv.replayed;
	}
	out_progress(batch->out, "lines:", batch->counts.done + batch->counts.failed, 0);
	if (is_silent(batch))
		return true;
	line = line_of(item);
	ok = print(batch, line, err);
	g_string_free(line, TRUE);
	return ok;
}

bool report_hold(struct batch *batch, struct shop_error *err)
{
	batch->held = tmpfile();
	return batch->held != NULL ||
	       shop_fail(err, E_IO, "cannot keep the results: %s", g_strerror(errno));
}

bool report_forget(struct batch *batch, struct shop_error *err)
{
	rewind(batch->held);
	return ftruncate(fileno(batch->held), 0) == 0 ||
	       shop_fail(err, E_IO, "cannot keep the results: %s", g_strerror(errno));
}

bool report_release(struct batch *batch, struct shop_error *err)
{
	char piece[4097];
	size_t got;
	bool ok = true;

	rewind(batch->held);
	while (ok && (got = fread(piece, 1, sizeof(piece) - 1, batch->held)) > 0) {
		piece[got] = '\0';
		ok = out_text(batch->out, piece, err);
	}
	return ok;
}

static void print_json(const struct counts *c, bool stopped)
{
	struct shop_json j = {.to = g_string_new(NULL)};

	shop_json_object(&j, NULL);
	shop_json_object(&j, "summary");
	shop_json_int(&j, "done", c->done);
	shop_json_int(&j, "failed", c->failed);
	shop_json_int(&j, "replayed", c->replayed);
	shop_json_int(&j, "skipped", c->skipped);
	shop_json_int(&j, "transactions", c->transactions);
	shop_json_bool(&j, "stopped", stopped);
	shop_json_end(&j);
	shop_json_end(&j);
	(void)fprintf(stderr, "%s\n", j.to->str);
	g_string_free(j.to, TRUE);
}

void report_summary(const struct batch *batch)
{
	const struct counts *c = &batch->counts;

	if (batch->host.g->quiet)
		return;
	out_progress(batch->out, NULL, 0, 0);
	if (batch->host.json_errors) {
		print_json(c, batch->stopped);
		return;
	}
	(void)fprintf(stderr,
		      "%s: %lld done, %lld of them replayed, %lld failed, %lld skipped; "
		      "%lld transactions%s\n",
		      batch->source.name, (long long)c->done, (long long)c->replayed,
		      (long long)c->failed, (long long)c->skipped, (long long)c->transactions,
		      batch->stopped ? "; stopped at the failure" : "");
}
