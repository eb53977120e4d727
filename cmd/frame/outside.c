/*
 * Outside calls of a command with --now: announced in its transaction, made after the commit.
 * Should the process die in between, the job that the transaction left makes them.
 */
#include "frame/run.h"

#include "shop/command_log.h"

void session_call_later(struct session *s, int64_t id, int64_t n)
{
	const struct session_call call = {.id = id, .n = n};

	if (s->calls == NULL)
		s->calls = g_array_new(FALSE, FALSE, sizeof(struct session_call));
	g_array_append_val(s->calls, call);
}

void outside_forget(struct run *run)
{
	if (run->s.calls != NULL)
		g_array_set_size(run->s.calls, 0);
}

/* What the key answers from now on. */
struct answer {
	const char *principal, *key;
	char *result;
	int64_t exit_code;
};

static bool save_answer(struct shop_store *store, void *arg, struct shop_error *err)
{
	const struct answer *answer = arg;

	return shop_command_answer(store, answer->principal, answer->key, answer->result,
				   answer->exit_code, err);
}

static bool save(struct run *run, const char *key, int64_t exit_code, struct shop_error *err)
{
	const struct shop_context context = {
		.actor = run->s.actor,
		.command = key,
		.now_us = run->s.clock.now_us,
	};
	struct answer answer = {.principal = run->s.actor, .key = key, .exit_code = exit_code};
	bool ok;

	if (key == NULL)
		return true;
	answer.result = out_since_commit(run->out);
	ok = shop_store_write(run->s.store, &context, save_answer, &answer, err);
	g_free(answer.result);
	return ok;
}

/* All calls are made, whatever comes of the first; its failure is the command's. */
static bool make_calls(struct run *run, struct shop_error *err)
{
	bool ok = true;
	guint i;

	for (i = 0; i < run->s.calls->len; i++) {
		AUTO_ERROR struct shop_error failure = {0};

		if (run->command->after(&run->s,
					&g_array_index(run->s.calls, struct session_call, i),
					run->out, &failure))
			continue;
		if (ok)
			shop_error_take(err, &failure);
		ok = false;
	}
	return ok;
}

bool outside_calls(struct run *run, const char *key, struct shop_error *err)
{
	AUTO_ERROR struct shop_error second = {0};
	bool ok;

	if (run->s.calls == NULL || run->s.calls->len == 0)
		return true;
	out_rollback(run->out);
	ok = make_calls(run, err);
	out_settle(run->out);
	if (!save(run, key, ok ? SHOP_OK : (int64_t)err->code, &second) ||
	    !out_commit(run->out, &second)) {
		if (ok)
			shop_error_take(err, &second);
		return false;
	}
	run->printed = true;
	return ok;
}
