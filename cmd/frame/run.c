/*
 * One command from parsed words to finished output: converts values, opens what it needs, runs each
 * item.
 */
#include "frame/run.h"

#include "frame/config.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

bool run_item(struct run *run, guint item, struct shop_error *err)
{
	const struct operand_spec *each = operands_each(run->command);
	const char *text = g_ptr_array_index(run->deal.items, item);

	memcpy(run->item_args, run->args, run->command->args_size);
	if (text != NULL && each != NULL &&
	    !value_set_operand(&run->vc, each, text, run->item_args, err))
		return false;
	return run->command->run(&run->s, run->item_args, run->out, err);
}

bool run_failed(struct run *run, struct shop_error *err)
{
	if (!run->inv->g.keep_going || err->code == SHOP_INTERNAL || err->id == E_OUTPUT)
		return false;
	exit_report(run->inv, err);
	if (run->failures++ == 0)
		run->failed_code = (int)err->code;
	else if (run->failed_code != (int)err->code)
		run->failed_code = SHOP_PARTIAL;
	shop_error_done(err);
	return true;
}

static bool select_end(struct run *run, struct shop_error *err)
{
	if (!select_finish(run->selection, err))
		return false;
	if (run->inv->select.fail_empty && select_matched(run->selection) == 0 &&
	    run->s.findings == 0)
		run->s.findings = SHOP_NOT_FOUND;
	return true;
}

static bool run_all(struct shop_store *store, void *arg, struct shop_error *err)
{
	struct run *run = arg;
	guint i;

	(void)store;
	for (i = 0; i < run->deal.items->len; i++)
		if (!run_item(run, i, err)) {
			if (select_is_full(run->selection))
				break;
			if (!run_failed(run, err))
				return false;
		}
	return run->selection == NULL || select_end(run, err);
}

static bool convert_options(struct run *run, bool late, struct shop_error *err)
{
	const GArray *given = run->inv->given;
	guint i;

	for (i = 0; i < given->len; i++) {
		const struct given *one = &g_array_index(given, struct given, i);

		if (!one->global && !one->select && value_is_late(one->spec->type) == late &&
		    !value_set_option(&run->vc, one, run->args, err))
			return false;
		/* A command's own --reason is the reason of its transaction too. */
		if (!one->global && one->value != NULL && strcmp(one->spec->name, "reason") == 0)
			run->inv->g.reason = one->value;
	}
	return operands_fill(&run->vc, late, run->args, err);
}

/* Items are converted once in advance, so that a mistyped id stops the command before it has begun.
 */
static bool check_items(struct run *run, struct shop_error *err)
{
	const struct operand_spec *each = operands_each(run->command);
	guint i;

	if (each == NULL || value_is_late(each->type))
		return true;
	for (i = 0; i < run->deal.items->len; i++) {
		const char *text = g_ptr_array_index(run->deal.items, i);

		if (text != NULL && !value_set_operand(&run->vc, each, text, run->item_args, err))
			return false;
	}
	return true;
}

static bool check_required(struct run *run, struct shop_error *err)
{
	const struct option_spec *spec = run->command->options;
	guint i;

	for (; spec != NULL && spec->name != NULL; spec++) {
		bool found = !spec->required;

		for (i = 0; !found && i < run->inv->given->len; i++)
			found = g_array_index(run->inv->given, struct given, i).spec == spec;
		if (!found)
			return usage_fail(run->inv, 0, err, "--%s %s is needed: %s", spec->name,
					  spec->value, spec->help);
	}
	return true;
}

/* What the write transaction around a command does, a command with transactions of its own does
 * not. */
static bool check_one_step(struct run *run, struct shop_error *err)
{
	const struct globals *g = &run->inv->g;
	const char *option = g->expect != NULL		  ? "--expect"
			     : g->key != NULL		  ? "--idempotency-key"
			     : g->if_version != SHOP_NULL ? "--if-version"
							  : NULL;

	if (option == NULL || run->command->needs != NEEDS_STORE_OPEN ||
	    (run->command->lines && g->expect != NULL))
		return true;
	return usage_fail(run->inv, usage_find(run->inv, option), err,
			  "%s: this command writes in transactions of its own", option);
}

/* Rows are selected from what is there, not from what a change did. */
static bool is_selected(const struct run *run)
{
	return command_is_list(run->command) && invocation_needs(run->inv) == NEEDS_STORE_READ;
}

static bool check_selection(const struct run *run, struct shop_error *err)
{
	const struct invocation *inv = run->inv;
	guint i;

	for (i = 0; i < inv->given->len && !is_selected(run); i++) {
		const struct given *one = &g_array_index(inv->given, struct given, i);

		if (one->select)
			return shop_fail(err, E_USAGE, "--%s selects rows of a list; --%s makes changes",
					 one->spec->name, run->command->writes_with);
	}
	return true;
}

static bool prepare_args(struct run *run, struct shop_error *err)
{
	size_t size = MAX(run->command->args_size, 1);

	run->args = g_malloc0(size);
	run->item_args = g_malloc0(size);
	values_default(run->command->operands, run->command->options, run->args);
	return operands_deal(run->inv, &run->deal, err) && check_one_step(run, err) &&
	       check_selection(run, err) &&
	       check_required(run, err) && convert_options(run, false, err) &&
	       check_items(run, err);
}

static const char *keep_string(struct invocation *inv, char *text)
{
	g_ptr_array_add(inv->strings, text);
	return text;
}

/* --count by itself is a number; grouped or summed it is rows of its own. */
static const char *format_of(const struct run *run)
{
	const struct select_args *select = &run->inv->select;

	if (run->inv->g.output == NULL && run->inv->g.out_file == NULL && select->count &&
	    select->by == NULL && select->sum == NULL)
		return "count";
	if (run->inv->g.template != NULL)
		return keep_string(run->inv, g_strconcat("template=", run->inv->g.template, NULL));
	return run->inv->g.output != NULL ? run->inv->g.output
					  : config_text(run->inv->config, "defaults.output");
}

static const char *default_fields(const struct run *run, const char *format)
{
	char *key;
	const char *fields;

	if (run->inv->g.fields != NULL || run->command->record == NULL || run->inv->group == NULL ||
	    !run->command->many || select_is_summary(&run->inv->select) ||
	    (format != NULL && strcmp(format, "table") != 0))
		return run->inv->g.fields;
	key = g_strconcat("fields.", run->inv->group->name, NULL);
	fields = config_text(run->inv->config, key);
	g_free(key);
	return fields;
}

static bool is_single(const struct run *run)
{
	const struct operand_spec *each = operands_each(run->command);

	if (run->inv->g.dry_run && invocation_needs(run->inv) == NEEDS_STORE_WRITE)
		return true;
	if (select_is_summary(&run->inv->select) && run->inv->select.by == NULL)
		return true;
	if (run->command->many || !run->deal.literal || run->deal.items->len != 1)
		return false;
	return each == NULL || g_ptr_array_index(run->deal.items, 0) != NULL;
}

/* There is one version of the machine formats yet; a script that asks for another is told at once. */
static bool check_format(struct run *run, struct shop_error *err)
{
	const char *version = getenv("SHOPCTL_API_VERSION");

	if (run->inv->g.template != NULL && run->inv->g.output != NULL)
		return usage_fail(run->inv, usage_find(run->inv, "--template"), err,
				  "--template is an output format; take it or -o");
	return run->inv->g.api_version != NULL || version == NULL || *version == '\0' || strcmp(version, "1") == 0 ||
	       shop_fail(err, E_VALUE, "SHOPCTL_API_VERSION: there is version 1, not %s", version);
}

/* What only reads and comes to an end; what is followed or changes the shop is told as it happens. */
static bool may_page(const struct run *run)
{
	const enum command_needs needs = invocation_needs(run->inv);

	return needs == NEEDS_STORE_READ || needs == NEEDS_NOTHING;
}

static bool open_out(struct run *run, struct shop_error *err)
{
	const struct invocation *inv = run->inv;
	const char *format = format_of(run);
	const bool by_name = inv->g.output == NULL && inv->g.template == NULL && inv->g.out_file != NULL;
	const char *zone =
		inv->g.zone != NULL ? inv->g.zone : config_text(inv->config, "defaults.tz");
	const struct out_options options = {
		.format = by_name ? NULL : format,
		.templates = config_text(inv->config, "templates.dir"),
		.bom = inv->g.bom,
		.pager = may_page(run) && !inv->g.no_pager && config_bool(inv->config, "defaults.pager"),
		.list = command_is_list(run->command),
		.page_info = inv->select.page_info,
		.fields = default_fields(run, format),
		.path = g_strcmp0(inv->g.out_file, "-") == 0 ? NULL : inv->g.out_file,
		.color = inv->g.color != NULL ? inv->g.color
					      : config_text(inv->config, "defaults.color"),
		.zone = zone != NULL ? zone : config_text(inv->config, "shop.timezone"),
		.record = select_is_summary(&inv->select) ? NULL : run->command->record,
		.width = inv->g.width == SHOP_NULL ? 0 : (int)CLAMP(inv->g.width, 0, 10000),
		.no_headers = inv->g.no_headers,
		.nul = inv->g.nul,
		.quiet = inv->g.quiet,
		.single = is_single(run),
		.held = invocation_needs(run->inv) == NEEDS_STORE_WRITE,
		.ascii = inv->g.utf8 != TRI_UNSET ? inv->g.utf8 == TRI_NO : terminal_is_ascii(),
		.json_notes = exit_wants_json(inv),
		.verbose = inv->verbose,
		.sink = inv->host == NULL ? NULL : inv->host->sink,
		.target = inv->host == NULL ? NULL : inv->host->target,
	};

	return check_format(run, err) && out_open(&options, &run->out, err);
}

static bool execute(struct run *run, struct shop_error *err)
{
	if (run->command->prepare != NULL && !run->command->prepare(&run->s, run->args, run->out, err))
		return false;
	switch (invocation_needs(run->inv)) {
	case NEEDS_STORE_READ:
		return shop_store_read(run->s.store, run_all, run, err);
	case NEEDS_STORE_WRITE:
		return mutate(run, err);
	default:
		return run_all(run->s.store, run, err);
	}
}

/* What earlier items printed stays true when a later one fails; the first failure alone prints
 * nothing. */
static bool finish(struct run *run, bool ok, struct shop_error *err)
{
	AUTO_ERROR struct shop_error second = {0};

	if (!ok && out_was_enough(run->out)) {
		shop_error_done(err);
		return true;
	}
	if (ok && !out_finish(run->out, err))
		ok = out_was_enough(run->out);
	else if (!ok && (run->deal.items->len > 1 || run->printed))
		(void)!out_finish(run->out, &second);
	/* Whoever reads from us has left: end as the signal would have ended us. */
	if (out_pipe_closed(run->out) && run->inv->host == NULL) {
		session_close(run);
		(void)signal(SIGPIPE, SIG_DFL);
		(void)raise(SIGPIPE);
	}
	return ok;
}

static void on_alarm(int number)
{
	static const char message[] = "shopctl: the command's --timeout ended [E_TIMEOUT]\n";

	(void)number;
	(void)!write(STDERR_FILENO, message, sizeof(message) - 1);
	_exit(SHOP_TIMEOUT);
}

static void start_timeout(const struct invocation *inv)
{
	const struct itimerval timer = {.it_value = {
						.tv_sec = inv->g.timeout_us / SHOP_SECOND,
						.tv_usec = inv->g.timeout_us % SHOP_SECOND,
					}};

	if (inv->host != NULL || inv->g.timeout_us == SHOP_NULL || inv->g.timeout_us <= 0)
		return;
	(void)signal(SIGALRM, on_alarm);
	(void)setitimer(ITIMER_REAL, &timer, NULL);
}

static bool fields_help(struct run *run, struct shop_error *err)
{
	GString *text = g_string_new(NULL);
	bool ok;

	if (run->command->record != NULL)
		out_fields_help(text, run->command->record);
	run->inv->g.fields = NULL;
	ok = open_out(run, err) && out_text(run->out, text->str, err) && out_commit(run->out, err);
	g_string_free(text, TRUE);
	return ok;
}

static bool open_selection(struct run *run, struct shop_error *err)
{
	const struct select_how how = {
		.type = run->command->record,
		.order = run->command->order_by != NULL ? run->command->order_by(run->args)
							: run->command->order,
		.clock = run->s.clock,
		.currency = run->s.currency,
		.timeout_us = run->s.timeout_us,
		.store = run->s.store,
		.quiet = run->s.quiet,
	};

	if (!is_selected(run))
		return true;
	if (!select_open(&run->inv->select, &how, run->out, &run->selection, err))
		return false;
	out_tap(run->out, select_row, run->selection);
	return true;
}

static bool run_steps(struct run *run, struct shop_error *err)
{
	if (run->inv->g.fields != NULL && strcmp(run->inv->g.fields, "help") == 0) {
		run->deal = (struct deal){.items = g_ptr_array_new()};
		return fields_help(run, err);
	}
	if (!prepare_args(run, err) || !open_out(run, err) || !session_open(run, err) ||
	    !convert_options(run, true, err) || !open_selection(run, err))
		return false;
	return finish(run, execute(run, err), err);
}

bool run_command(struct invocation *inv, int *ret_status, struct shop_error *err)
{
	struct run run = {.inv = inv, .command = inv->command, .vc = {.inv = inv}};
	bool ok;

	start_timeout(inv);
	ok = run_steps(&run, err);
	inv->json = run.out != NULL && out_is_json(run.out);
	select_free(run.selection);
	if (run.s.prepared != NULL)
		run.command->forget(run.s.prepared);
	session_close(&run);
	out_free(run.out);
	if (run.deal.items != NULL)
		g_ptr_array_unref(run.deal.items);
	if (run.s.calls != NULL)
		g_array_unref(run.s.calls);
	g_free(run.args);
	g_free(run.item_args);
	g_free(run.s.confirm_word);
	if (run.status == 0)
		run.status = run.s.findings;
	*ret_status = run.failures > 0 ? run.failed_code : run.status;
	return ok;
}
