/* The configuration and the store that the words are about, opened when the first candidate is to
 * come from there. */
#include "complete/complete_private.h"

#include <signal.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

/* So long a reader waits for somebody who recovers the store; then there is no answer. */
#define BUSY_US 5000

static bool is_ours(const struct given *given)
{
	static const char *const names[] = {"store", "profile", "config", NULL};

	return given->global && g_strv_contains(names, given->spec->name);
}

/* Of the global options those that choose what is read; a bad one leaves it unread. */
static bool take_globals(struct completion *c)
{
	const struct value_context vc = {.inv = &c->inv};
	AUTO_ERROR struct shop_error err = {0};

	for (guint i = 0; i < c->inv.given->len; i++) {
		const struct given *given = &g_array_index(c->inv.given, struct given, i);

		if (is_ours(given) && !value_set_option(&vc, given, &c->inv.g, &err))
			return false;
	}
	return true;
}

const struct config *complete_config(struct completion *c)
{
	AUTO_ERROR struct shop_error err = {0};

	if (c->inv.host != NULL)
		return c->inv.host->session->config;
	if (c->config == NULL && !c->tried) {
		c->tried = true;
		if (!take_globals(c) || !config_load(&c->inv, &c->config, &err)) {
			config_free(c->config);
			c->config = NULL;
		}
		c->inv.config = c->config;
	}
	return c->config;
}

void complete_forget(struct completion *c)
{
	if (c->inv.host != NULL)
		return;
	config_free(c->config);
	c->config = c->inv.config = NULL;
	c->tried = false;
}

static void give_up(int number)
{
	(void)number;
	_exit(0);
}

/* A disk that does not answer would keep the shell: the process ends in time whatever it waits for.
 */
static void end_in_time(const struct completion *c)
{
	int64_t left_us = MAX(c->until_us - g_get_monotonic_time(), 1);
	const struct itimerval timer = {
		.it_value = {.tv_sec = left_us / SHOP_SECOND, .tv_usec = left_us % SHOP_SECOND}};

	(void)signal(SIGALRM, give_up);
	(void)setitimer(ITIMER_REAL, &timer, NULL);
}

static struct shop_store *open_store(struct completion *c)
{
	AUTO_ERROR struct shop_error err = {0};
	struct shop_store_options options = {.mode = SHOP_STORE_READ, .busy_timeout_us = BUSY_US};
	struct shop_policy policy;

	if (complete_config(c) == NULL)
		return NULL;
	c->until_us = c->begun_us + config_duration(c->config, "completion.limit");
	if (c->alone)
		end_in_time(c);
	config_policy(c->config, &policy);
	options.policy = &policy;
	options.path = session_store_path(&c->inv);
	return shop_store_open(&options, &c->store, &err) ? c->store : NULL;
}

struct shop_store *complete_store(struct completion *c)
{
	if (c->inv.host != NULL)
		return c->inv.host->session->store;
	if (c->store == NULL && !c->opened) {
		c->opened = true;
		(void)!open_store(c);
	}
	return c->store;
}

int64_t complete_now(const struct completion *c)
{
	return c->inv.host != NULL ? c->inv.host->session->clock.now_us : shop_now_us();
}

void complete_close(struct completion *c)
{
	const struct itimerval none = {0};

	/* What was found in time is printed whole. */
	if (c->alone && c->opened)
		(void)setitimer(ITIMER_REAL, &none, NULL);
	shop_store_close(&c->store);
	config_free(c->config);
}
