/* shopctl batch: run command lines from a file, many to a commit, each at most once. */
#include "batch/batch.h"

#include <string.h>

static const struct operand_spec operands[] = {
	OPERAND(struct batch_args, file, const char *, ARG_FILE, "FILE",
		"the lines; - or nothing = stdin", .flags = OPERAND_OPTIONAL),
	{0},
};

static const struct option_spec options[] = {
	OPTION(struct batch_args, max_failures, int64_t, ARG_INT, 0, "max-failures", "N",
	       "go on after failures, but stop at the N-th"),
	OPTION(struct batch_args, resume, const char *, ARG_FILE, 0, "resume", "STATE",
	       "keep in this file how far it is, and go on there"),
	OPTION(struct batch_args, rate, const char *, ARG_TEXT, 0, "rate", "N/s",
	       "at most so many lines a second; N/min: a minute"),
	{0},
};

/* 5, 5/s, 300/min: kept as lines a minute. */
static bool read_rate(const char *text, int64_t *ret_rate, struct shop_error *err)
{
	char *number;
	bool minute, ok;

	*ret_rate = 0;
	if (text == NULL)
		return true;
	minute = g_str_has_suffix(text, "/min");
	number = g_strndup(text, strcspn(text, "/"));
	ok = (strchr(text, '/') == NULL || minute || g_str_has_suffix(text, "/s")) &&
	     strlen(number) + (minute			   ? 4
			       : strchr(text, '/') == NULL ? 0
							   : 2) ==
		     strlen(text) &&
	     shop_int_parse(number, 1, 1000000, ret_rate, err);
	if (!ok)
		shop_fail(err, E_VALUE, "--rate: \"%s\" is not N/s or N/min, N from 1 to 1000000",
			  text);
	g_free(number);
	if (!minute)
		*ret_rate *= 60;
	return ok || shop_fail_field(err, "rate");
}

static bool check_args(const struct batch *batch, struct shop_error *err)
{
	const struct globals *g = batch->host.g;

	if (batch->args->max_failures != SHOP_NULL && batch->args->max_failures < 1)
		return shop_fail(err, E_VALUE, "--max-failures: at least 1");
	if ((g->atomic || g->expect != NULL) &&
	    (g->keep_going || batch->args->max_failures != SHOP_NULL || batch->rate != 0))
		return shop_fail(
			err, E_USAGE,
			"one transaction is all or nothing, at once: --atomic and --expect "
			"go without --keep-going, --max-failures and --rate");
	return true;
}

static bool run_file(struct batch *batch, struct shop_error *err)
{
	const struct globals *g = batch->host.g;
	const char *path = batch->args->file == NULL ? "-" : batch->args->file;

	if (!read_rate(batch->args->rate, &batch->rate, err) || !check_args(batch, err) ||
	    !lines_open(&batch->source, path, err) ||
	    !state_open(&batch->state, batch->args->resume, &batch->source, err))
		return false;
	return g->atomic || g->expect != NULL || g->dry_run ? whole_run(batch, err)
							    : group_run_all(batch, err);
}

static int status_of(const struct batch *batch)
{
	if (batch->counts.failed == 0)
		return 0;
	return batch->stopped && batch->args->max_failures == SHOP_NULL ? batch->failed_code
									: SHOP_PARTIAL;
}

/* What the lines left in the WAL would be read by each command to come. Whether it works, they are
 * kept. */
static void tidy(const struct batch *batch)
{
	AUTO_ERROR struct shop_error ignored = {0};

	if (batch->counts.transactions > 0 &&
	    !shop_store_checkpoint(batch->s->store, false, &ignored))
		exit_warn(batch->s->inv, "the WAL stays long: %s", ignored.message);
}

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	struct batch batch = {
		.s = s,
		.out = out,
		.args = args,
		.host = {.session = s,
			 .g = &s->inv->g,
			 .sink = g_string_new(NULL),
			 .json_errors = exit_wants_json(s->inv),
			 .tables = options_cache_new()},
		.state = {.fd = -1},
	};
	bool ok = run_file(&batch, err);

	if (batch.source.bytes >= 0 && (ok || batch.counts.transactions > 0) && !s->dry_run)
		report_summary(&batch);
	if (ok && s->findings == 0)
		s->findings = status_of(&batch);
	tidy(&batch);
	g_queue_clear_full(&batch.waiting, (GDestroyNotify)item_free);
	if (batch.held != NULL)
		(void)fclose(batch.held);
	state_close(&batch.state);
	lines_close(&batch.source);
	g_string_free(batch.host.sink, TRUE);
	g_hash_table_unref(batch.host.tables);
	return ok;
}

const struct command cmd_batch = {
	.name = "batch",
	.summary = "Run command lines from a file, many to a commit, each at most once",
	.description = "A line is a command without `shopctl`, quoted as in a shell with nothing "
		       "expanded, or "
		       "JSON: "
		       "{\"cmd\":[\"order\",\"confirm\",\"ord-1042\"],\"key\":\"K\",\"expect\":"
		       "\"sha256:…\"}. Blank lines and "
		       "comments are skipped. Up to 512 lines share a commit; each stays a "
		       "transaction of its own "
		       "to the journal, and its result, {\"line\":7,\"exit\":0,\"result\":{…}}, is "
		       "printed when it is "
		       "committed. A line without a key has one made of file, number and text, so "
		       "running a "
		       "half-done file again does nothing twice. It stops at the first failure "
		       "(--keep-going). "
		       "--atomic, --expect and --dry-run take the whole file as one change.",
	.operands = operands,
	.options = options,
	.args_size = sizeof(struct batch_args),
	.needs = NEEDS_STORE_OPEN,
	.lines = true,
	.run = run,
	.examples = "shopctl batch night.txt\n"
		    "shopctl batch night.txt --keep-going --resume night.state\n"
		    "shopctl batch prices.txt --dry-run\n"
		    "shopctl batch - --atomic",
	.exits = "4 the state is another file's, or the effect is not --expect's\n"
		 "9 some lines failed (--keep-going)\n"
		 "other the first failure's own code",
	.see_also = "import, event list",
};
