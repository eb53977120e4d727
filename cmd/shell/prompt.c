/*
 * The prompt and the line above the first one: where one is, and what waits.
 */
#include "shell/shell.h"

#include "frame/config.h"
#include "shop/status.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Readline leaves what stands between these out of the prompt's width. */
#define UNSEEN_BEGIN "\001"
#define UNSEEN_END "\002"
#define RED UNSEEN_BEGIN "\033[31m" UNSEEN_END
#define PLAIN UNSEEN_BEGIN "\033[0m" UNSEEN_END

/* The profile in use; without one it is the main shop. */
static const char *name_of(const struct shell *sh)
{
	const char *profile = sh->s->inv->g.profile;

	if (profile == NULL)
		profile = getenv("SHOPCTL_PROFILE");
	return profile == NULL || *profile == '\0' ? "main" : profile;
}

/* "(1042)" of an order, which is what is mostly worked on; others with their kind. */
static void append_focus(GString *to, const struct shell *sh)
{
	if (*sh->focus.name == '\0')
		return;
	if (sh->focus.type == SHOP_ID_ORDER)
		g_string_append_printf(to, "(%" G_GINT64_FORMAT ")", sh->focus.id);
	else
		g_string_append_printf(to, "(%s)", sh->focus.name);
}

static void append_file(GString *to, const struct shell *sh)
{
	char *base = g_path_get_basename(sh->store_path);

	if (g_str_has_suffix(base, ".db"))
		base[strlen(base) - 3] = '\0';
	g_string_append(to, base);
	g_free(base);
}

/* {NAME} of the template; what is none stays as it stands. */
static size_t append_part(GString *to, const struct shell *sh, const char *at)
{
	if (g_str_has_prefix(at, "{store}"))
		g_string_append(to, name_of(sh));
	else if (g_str_has_prefix(at, "{focus}"))
		append_focus(to, sh);
	else if (g_str_has_prefix(at, "{actor}"))
		g_string_append(to, sh->lines.actor);
	else if (g_str_has_prefix(at, "{file}"))
		append_file(to, sh);
	else
		return 0;
	return strcspn(at, "}") + 1;
}

/* Red where a slip is a real customer's. */
static bool is_red(const struct shell *sh)
{
	const char *color = sh->s->inv->g.color;
	const char *none = getenv("NO_COLOR"), *terminal = getenv("TERM");

	if (shop_store_is_test(sh->lines.store) || sh->read_only)
		return false;
	if (color == NULL)
		color = config_text(sh->s->config, "defaults.color");
	if (strcmp(color, "auto") != 0)
		return strcmp(color, "always") == 0;
	return (none == NULL || *none == '\0') && terminal != NULL && strcmp(terminal, "dumb") != 0;
}

char *prompt_make(const struct shell *sh)
{
	const char *at = config_text(sh->s->config, "prompt");
	GString *to = g_string_new(NULL);
	bool red = is_red(sh);

	if (red)
		g_string_append(to, RED);
	while (*at != '\0') {
		size_t length = *at == '{' ? append_part(to, sh, at) : 0;

		/* Control characters would upset the terminal, and readline's idea of it. */
		if (length == 0 && (unsigned char)*at >= 0x20)
			g_string_append_c(to, *at);
		at += MAX(length, 1);
	}
	if (red)
		g_string_append(to, PLAIN);
	return g_string_free(to, FALSE);
}

struct count {
	int64_t now_us;
	struct shop_status status;
};

static bool count(struct shop_store *store, void *arg, struct shop_error *err)
{
	struct count *c = arg;

	return shop_status_read(store, c->now_us, &c->status, err);
}

static void append_count(GString *to, int64_t n, const char *what)
{
	if (n > 0)
		g_string_append_printf(to, "%s%" G_GINT64_FORMAT " %s", to->len > 0 ? ", " : "", n,
				       what);
}

char *prompt_status(const struct shell *sh)
{
	AUTO_ERROR struct shop_error err = {0};
	struct count c = {.now_us = shop_now_us()};
	GString *to = g_string_new(NULL);

	if (shop_store_read(sh->lines.store, count, &c, &err)) {
		append_count(to, c.status.orders_pending, "unpaid");
		append_count(to, c.status.orders_late, "late");
		append_count(to, c.status.jobs_dead, "dead jobs");
	}
	return g_string_free(to, to->len == 0);
}
