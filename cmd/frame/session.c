/*
 * The session: which store, who acts, what time it is.
 */
#include "frame/config.h"
#include "frame/run.h"

#include "shop/text.h"

#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *join(const char *directory, const char *name)
{
	return g_build_filename(directory, name, NULL);
}

/* CLI.md §10: the unit's state directory, the system's store if writable, else the user's own. */
static char *default_path(void)
{
	const char *state = getenv("STATE_DIRECTORY");
	const char *data = getenv("XDG_DATA_HOME");
	const char *home = getenv("HOME");

	/* A unit with several directories has them joined by colons; the first is the shop's. */
	if (state != NULL && *state != '\0' && *state != ':')
		return g_strdup_printf("%.*s/store.db", (int)strcspn(state, ":"), state);
	if (access("/var/lib/shopctl/store.db", W_OK) == 0 ||
	    (access("/var/lib/shopctl/store.db", F_OK) != 0 &&
	     access("/var/lib/shopctl", W_OK) == 0))
		return g_strdup("/var/lib/shopctl/store.db");
	if (data != NULL && *data != '\0')
		return join(data, "shopctl/store.db");
	return join(home == NULL ? "/" : home, ".local/share/shopctl/store.db");
}

const char *session_store_path(struct invocation *inv)
{
	const char *path = config_text(inv->config, "store.path");
	char *made;

	if (path != NULL)
		return path;
	made = default_path();
	g_ptr_array_add(inv->strings, made);
	return made;
}

/* The login name costs a look into the user database, so only those who write ask for it. */
bool session_find_actor(struct session *s, struct shop_error *err)
{
	struct invocation *inv = s->inv;
	const struct shop_text_rule rule = {.max_chars = SHOP_NAME_MAX, .required = true};
	const char *actor = inv->g.actor != NULL ? inv->g.actor : getenv("SHOPCTL_ACTOR");
	const struct passwd *user = NULL;
	char *clean = NULL;

	if (inv->host != NULL && inv->g.actor == NULL && inv->host->session->actor != NULL) {
		s->actor = inv->host->session->actor;
		return true;
	}
	if (actor == NULL || *actor == '\0') {
		user = getpwuid(getuid());
		actor = user == NULL ? NULL : user->pw_name;
	}
	if (actor == NULL)
		clean = g_strdup_printf("uid-%u", (unsigned)getuid());
	else if (!shop_text_clean(actor, "actor", &rule, &clean, err))
		return false;
	g_ptr_array_add(inv->strings, clean);
	s->actor = clean;
	return true;
}

static bool clean_reason(struct run *run, struct shop_error *err)
{
	const struct shop_text_rule rule = {.max_chars = SHOP_REASON_MAX};
	char *clean = NULL;

	if (run->inv->g.reason == NULL) {
		run->s.reason = run->inv->host == NULL ? NULL : run->inv->host->session->reason;
		return true;
	}
	if (!shop_text_clean(run->inv->g.reason, "reason", &rule, &clean, err))
		return false;
	g_ptr_array_add(run->inv->strings, clean);
	run->s.reason = clean;
	return true;
}

/* A fixed clock is for tests; on a live store it would falsify the journal. */
static bool fix_clock(struct run *run, struct shop_error *err)
{
	const char *now = getenv("SHOPCTL_NOW");
	bool test = run->s.store != NULL ? shop_store_is_test(run->s.store)
					 : config_bool(run->inv->config, "store.test");

	if (now == NULL || *now == '\0')
		return true;
	if (run->s.store == NULL && run->command->needs == NEEDS_STORE_PATH)
		test = true;
	if (!test) {
		exit_warn(run->inv, "SHOPCTL_NOW is ignored: not a test store");
		return true;
	}
	return shop_time_parse(now, &run->s.clock, &run->s.clock.now_us, err) ||
	       shop_fail_while(err, "SHOPCTL_NOW");
}

bool session_clock_is_fixed(const struct session *s)
{
	const char *now = getenv("SHOPCTL_NOW");

	return now != NULL && *now != '\0' && s->store != NULL && shop_store_is_test(s->store);
}

int64_t session_now_us(const struct session *s)
{
	return session_clock_is_fixed(s) ? s->clock.now_us : shop_now_us();
}

static enum shop_sync sync_of(const struct config *config)
{
	const char *word = config_text(config, "store.synchronous");

	if (strcmp(word, "full") == 0)
		return SHOP_SYNC_FULL;
	return strcmp(word, "off") == 0 ? SHOP_SYNC_OFF : SHOP_SYNC_LATE;
}

static bool reads_only(enum command_needs needs)
{
	return needs == NEEDS_STORE_READ || needs == NEEDS_STORE_FOLLOW;
}

/* A line of a batch uses the store that is open; its process asked nothing of it but that. */
static void borrow_store(struct run *run)
{
	run->s.store = run->inv->host->session->store;
	run->s.currency = run->inv->host->session->currency;
}

bool session_store_open(const struct invocation *inv, const char *path, enum shop_store_mode mode,
			bool long_lived, struct shop_store **ret_store, struct shop_error *err)
{
	struct shop_policy policy;
	struct shop_store_options options = {
		.path = path,
		.mode = mode,
		.sync = sync_of(inv->config),
		.busy_timeout_us = config_duration(inv->config, "store.busy_timeout"),
		.long_lived = long_lived,
		.policy = &policy,
	};

	if (inv->g.busy_timeout_us != SHOP_NULL)
		options.busy_timeout_us = inv->g.busy_timeout_us;
	config_policy(inv->config, &policy);
	return shop_store_open(&options, ret_store, err);
}

static bool open_store(struct run *run, struct shop_error *err)
{
	enum shop_store_mode mode =
		reads_only(invocation_needs(run->inv)) ? SHOP_STORE_READ : SHOP_STORE_WRITE;

	if (!session_store_open(run->inv, run->s.store_path, mode,
				run->command->needs == NEEDS_STORE_OPEN, &run->s.store, err))
		return false;
	run->s.currency = shop_store_currency(run->s.store);
	return true;
}

static void fill_session(struct run *run)
{
	struct invocation *inv = run->inv;

	run->s.config = inv->config;
	run->s.clock.now_us = shop_now_us();
	run->s.clock.zone =
		inv->g.zone != NULL ? inv->g.zone : config_text(inv->config, "shop.timezone");
	run->s.currency = "";
	run->s.timeout_us = inv->g.timeout_us;
	run->s.quiet = inv->g.quiet;
	run->s.verbose = inv->verbose;
	run->s.dry_run = inv->g.dry_run;
	run->s.interactive = !inv->g.no_input && (inv->host == NULL || inv->host->interactive) &&
			     getenv("SHOPCTL_NO_INPUT") == NULL && isatty(STDIN_FILENO) &&
			     isatty(STDERR_FILENO);
	run->s.words = inv->argv + 1;
	run->s.inv = inv;
}

bool session_open(struct run *run, struct shop_error *err)
{
	enum command_needs needs = invocation_needs(run->inv);

	fill_session(run);
	if (needs != NEEDS_NOTHING)
		run->s.store_path = session_store_path(run->inv);
	if (needs != NEEDS_NOTHING && !reads_only(needs) &&
	    (!session_find_actor(&run->s, err) || !clean_reason(run, err)))
		return false;
	if (run->inv->host != NULL)
		borrow_store(run);
	else if (needs != NEEDS_NOTHING && needs != NEEDS_STORE_PATH && !open_store(run, err))
		return false;
	if (!fix_clock(run, err))
		return false;
	out_set_now(run->out, run->s.clock.now_us);
	run->vc.clock = run->s.clock;
	run->vc.currency = *run->s.currency != '\0'
				   ? run->s.currency
				   : config_text(run->inv->config, "shop.currency");
	return true;
}

void session_close(struct run *run)
{
	if (run->inv->host == NULL)
		shop_store_close(&run->s.store);
}
