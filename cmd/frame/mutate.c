/*
 * Mutations: everything between the parsed command and its commit stands here once (CLI.md §8).
 */
#include "frame/run.h"

#include "frame/config.h"
#include "shop/command_log.h"
#include "shop/journal.h"
#include "shop/version.h"

#include <string.h>

/* One transaction over the items [from, until). */
struct step {
	struct run *run;
	guint from, until;
	bool trial;	 /* rolled back: guards, plan */
	const char *key; /* idempotency key of this transaction, or NULL */
	char *hash;
	bool replayed;
	int64_t head; /* of the journal before it, when it has a key */
	struct plan plan;
};

static void step_done(struct step *step)
{
	g_free(step->hash);
	plan_done(&step->plan);
}

static bool read_version(struct run *run, const struct operand_spec *spec, const void *args,
			 int64_t *ret_version, struct shop_error *err)
{
	const char *member = (const char *)args + spec->offset;

	if (spec->type == ARG_SKU)
		return shop_version_of_sku(run->s.store, *(const char *const *)(const void *)member,
					   ret_version, err);
	return shop_version_of(run->s.store, spec->id_type, *(const int64_t *)(const void *)member,
			       ret_version, err);
}

/* --if-version is about the operand each item names, else about the command's first object. */
static bool check_version(struct run *run, guint item, struct shop_error *err)
{
	const struct operand_spec *spec = operands_each(run->command);
	const char *text = g_ptr_array_index(run->deal.items, item);
	int64_t wanted = run->inv->g.if_version;
	int64_t version = SHOP_NULL;

	if (wanted == SHOP_NULL)
		return true;
	if (spec == NULL)
		spec = run->command->operands;
	while (spec != NULL && spec->name != NULL && spec->type != ARG_ID && spec->type != ARG_SKU)
		spec++;
	if (spec == NULL || spec->name == NULL)
		return shop_fail(err, E_USAGE, "--if-version: this command names no object");
	memcpy(run->item_args, run->args, run->command->args_size);
	if (text != NULL && !value_set_operand(&run->vc, spec, text, run->item_args, err))
		return false;
	if (!read_version(run, spec, run->item_args, &version, err))
		return false;
	if (version == wanted)
		return true;
	return shop_fail(err, E_VERSION,
			 "%s is at version %" G_GINT64_FORMAT ", not %" G_GINT64_FORMAT,
			 text == NULL ? spec->name : text, version, wanted);
}

static bool replay(struct step *step, bool *ret_found, struct shop_error *err)
{
	AUTO_COMMAND_FOUND struct shop_command_found old = {0};

	*ret_found = false;
	if (step->key == NULL || step->trial)
		return true;
	if (!shop_command_find(step->run->s.store, step->run->s.actor, step->key, &old, ret_found,
			       err))
		return false;
	if (!*ret_found)
		return true;
	if (strcmp(old.request_hash, step->hash) != 0)
		return shop_fail(err, E_KEY_REUSED,
				 "the idempotency key %s was used for another command", step->key);
	out_replay(step->run->out, old.result);
	step->run->status = (int)old.exit_code;
	step->replayed = true;
	return true;
}

/* Until the outside calls were made and their answer is saved, what came of them is not known. */
static int64_t first_exit_code(const struct run *run)
{
	return run->s.calls != NULL && run->s.calls->len > 0 ? SHOP_UNKNOWN : SHOP_OK;
}

static bool save_key(struct step *step, struct shop_error *err)
{
	struct shop_command_entry entry = {
		.principal = step->run->s.actor,
		.key = step->key,
		.request_hash = step->hash,
		.exit_code = first_exit_code(step->run),
		.money = step->run->command->money,
		.event_from = SHOP_NULL,
		.event_to = SHOP_NULL,
	};
	int64_t head;
	char *result;
	bool ok;

	if (step->key == NULL || step->trial)
		return true;
	if (!shop_journal_head(step->run->s.store, &head, err))
		return false;
	if (head > step->head) {
		entry.event_from = step->head + 1;
		entry.event_to = head;
	}
	result = out_since_commit(step->run->out);
	entry.result = result;
	ok = shop_command_save(step->run->s.store, &entry, err);
	g_free(result);
	return ok;
}

static bool wants_plan(const struct step *step)
{
	return step->trial || step->run->inv->g.expect != NULL;
}

static bool run_items(struct step *step, struct shop_error *err)
{
	struct run *run = step->run;
	guint i;

	for (i = step->from; i < step->until; i++)
		if (!check_version(run, i, err) || !run_item(run, i, err))
			return false;
	return true;
}

/* The body of the transaction; may run again when the store was busy, so it begins by forgetting.
 */
static bool step_body(struct shop_store *store, void *arg, struct shop_error *err)
{
	struct step *step = arg;
	struct plan_base base;
	bool found;

	out_rollback(step->run->out);
	plan_done(&step->plan);
	outside_forget(step->run);
	session_confirm(&step->run->s, NULL);
	if (!replay(step, &found, err))
		return false;
	if (found)
		return true;
	if ((step->key != NULL && !shop_journal_head(store, &step->head, err)) ||
	    (wants_plan(step) && !plan_begin(store, &base, err)))
		return false;
	if (!run_items(step, err) ||
	    (!step->trial && step->run->s.confirm_word != NULL && !confirm_given(step->run, err)))
		return false;
	out_settle(step->run->out);
	if (wants_plan(step) && !plan_make(store, &base, &step->plan, err))
		return false;
	return (step->run->inv->g.expect == NULL ||
		plan_expected(&step->plan, step->run->inv->g.expect, err)) &&
	       save_key(step, err);
}

static struct shop_context context_of(const struct step *step)
{
	const struct session *s = &step->run->s;

	return (struct shop_context){
		.actor = s->actor,
		.reason = s->reason,
		.command = step->key,
		.now_us = s->clock.now_us,
	};
}

/* The key of one transaction: K, or K#3 for the third of several. */
static bool choose_key(struct step *step, struct shop_error *err)
{
	struct run *run = step->run;
	const char *key = run->inv->g.key;
	guint all = run->deal.items->len;
	bool one = step->until - step->from == all;
	char *made;

	if (key == NULL)
		return true;
	if (strlen(key) > SHOP_KEY_MAX - 8 || *key == '\0' || !g_utf8_validate(key, -1, NULL))
		return shop_fail(err, E_VALUE, "--idempotency-key takes 1 to %d bytes of text",
				 SHOP_KEY_MAX - 8);
	step->hash = request_hash(run, one ? NULL : g_ptr_array_index(run->deal.items, step->from));
	if (strcmp(key, "auto") == 0)
		made = g_strdup_printf("auto:%s", step->hash);
	else
		made = one ? g_strdup(key) : g_strdup_printf("%s#%u", key, step->from + 1);
	g_ptr_array_add(run->inv->strings, made);
	step->key = made;
	return true;
}

static void tell_replayed(struct run *run, const char *key)
{
	run->inv->replayed = true;
	if (run->inv->host == NULL)
		out_note(run->out, true, "replayed: nothing was done again (key %s)", key);
}

static bool write_step(struct run *run, guint from, guint until, struct shop_error *err)
{
	struct step step = {.run = run, .from = from, .until = until};
	struct shop_context context;
	bool ok = choose_key(&step, err);

	context = context_of(&step);
	ok = ok && shop_store_write(run->s.store, &context, step_body, &step, err);
	if (!ok)
		out_rollback(run->out);
	else if (step.replayed)
		tell_replayed(run, step.key);
	else
		ok = outside_calls(run, step.key, err);
	/* JSON's array and a table's frame are closed at the end; lines can go now. */
	if (ok && !out_commit(run->out, err))
		ok = shop_fail_because(err, "the change is committed");
	step_done(&step);
	return ok;
}

/* Run all items and roll back: what would be refused is refused, and the plan is known. */
static bool trial(struct run *run, struct plan *ret_plan, struct shop_error *err)
{
	struct step step = {.run = run, .until = run->deal.items->len, .trial = true};
	const struct shop_context context = context_of(&step);
	bool ok = shop_store_try(run->s.store, &context, step_body, &step, err);

	out_rollback(run->out);
	if (ok)
		*ret_plan = step.plan;
	else
		step_done(&step);
	return ok;
}

static bool dry_run(struct run *run, struct shop_error *err)
{
	struct plan plan = {0};
	bool ok = trial(run, &plan, err) && plan_print(&plan, run->out, err);

	if (ok && run->inv->g.exit_code && plan.changes > 0)
		run->status = NEEDS_ATTENTION;
	plan_done(&plan);
	return ok;
}

static bool check_reason(const struct run *run, struct shop_error *err)
{
	const struct invocation *inv = run->inv;
	bool needed = run->command->needs_reason;
	char *name;

	if (config_text(inv->config, "safety.require_reason") != NULL) {
		name = g_strconcat(inv->group == NULL ? "" : inv->group->name,
				   inv->group == NULL ? "" : ".", run->command->name, NULL);
		needed = config_has(inv->config, "safety.require_reason", name);
		g_free(name);
	}
	if (!needed || (run->s.reason != NULL && *run->s.reason != '\0'))
		return true;
	return shop_fail(err, E_REASON_REQUIRED, "a reason is needed: --reason TEXT");
}

static bool confirm(struct run *run, struct shop_error *err)
{
	struct plan plan = {0};
	bool ok;

	if (confirm_answered(run) && !(run->command->weighs && run->s.interactive && run->inv->g.expect == NULL))
		return true;
	/* Off a terminal what it weighs is known soon enough when it runs. */
	ok = trial(run, &plan, err) && (confirm_answered(run) || confirm_ask(run, &plan, err));
	plan_done(&plan);
	return ok;
}

/* A person at a terminal who moves money gets a key, shown before anything happens: after a lost
 * answer the same command with it finds what was done. */
static void give_key(struct run *run)
{
	char *key;

	if (!run->command->money || !run->s.interactive || run->inv->g.key != NULL)
		return;
	key = g_uuid_string_random();
	g_ptr_array_add(run->inv->strings, key);
	run->inv->g.key = key;
	out_note(run->out, true, "idempotency key %s", key);
}

bool mutate(struct run *run, struct shop_error *err)
{
	guint i, count = run->deal.items->len;

	if (!check_reason(run, err))
		return false;
	if (run->inv->g.dry_run)
		return dry_run(run, err);
	if (!confirm(run, err))
		return false;
	give_key(run);
	/* A plan is one effect, so what --expect names is committed as one. */
	if (run->inv->g.atomic || run->inv->g.expect != NULL || count <= 1)
		return count == 0 || write_step(run, 0, count, err);
	for (i = 0; i < count; i++)
		if (!write_step(run, i, i + 1, err) && !run_failed(run, err))
			return false;
	return true;
}
