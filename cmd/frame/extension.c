/*
 * Extensions: `shopctl foo` is the program shopctl-foo where foo is not built in (CLI.md §1). It
 * learns of the options before its name by the environment.
 */
#include "frame/frame.h"

#include "frame/config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifndef SHOPCTL_LIBEXECDIR
#define SHOPCTL_LIBEXECDIR "/usr/local/libexec"
#endif

/* The word becomes part of a file's name, so it is no path. */
static bool is_name(const char *word)
{
	return g_ascii_islower(word[0]) &&
	       word[strspn(word, "abcdefghijklmnopqrstuvwxyz0123456789-")] == '\0';
}

static char *find_program(const char *word)
{
	char *name = g_strconcat("shopctl-", word, NULL);
	char *path = g_build_filename(SHOPCTL_LIBEXECDIR, "shopctl", name, NULL);

	if (access(path, X_OK) != 0) {
		g_free(path);
		path = g_find_program_in_path(name);
	}
	g_free(name);
	return path;
}

static void tell(const char *name, const char *value)
{
	if (value != NULL)
		(void)setenv(name, value, 1);
}

void extension_tell(struct invocation *inv)
{
	char self[4096];
	ssize_t length = readlink("/proc/self/exe", self, sizeof(self) - 1);

	self[MAX(length, 0)] = '\0';
	tell("SHOPCTL", length > 0 ? self : inv->argv[0]);
	tell("SHOPCTL_STORE", session_store_path(inv));
	tell("SHOPCTL_CONFIG", inv->g.config);
	tell("SHOPCTL_PROFILE", inv->g.profile);
	tell("SHOPCTL_OUTPUT", inv->g.output);
	tell("SHOPCTL_ACTOR", inv->g.actor);
	tell("SHOPCTL_IDEMPOTENCY_KEY", inv->g.key);
}

bool extension_try(struct invocation *inv, int at, struct shop_error *err)
{
	char *path;

	if (inv->host != NULL || !is_name(inv->argv[at]))
		return true;
	path = find_program(inv->argv[at]);
	if (path == NULL)
		return true;
	if (config_load(inv, &inv->config, err)) {
		extension_tell(inv);
		(void)execv(path, (char *const *)(uintptr_t)(inv->argv + at));
		shop_fail(err, E_IO, "cannot run %s: %s", path, g_strerror(errno));
	}
	g_free(path);
	return false;
}

static bool each_in(const char *directory, extension_fn fn, void *ctx)
{
	GDir *dir = g_dir_open(directory, 0, NULL);
	const char *name;
	bool more = true;

	while (dir != NULL && more && (name = g_dir_read_name(dir)) != NULL) {
		char *path;

		if (!g_str_has_prefix(name, "shopctl-") || !is_name(name + strlen("shopctl-")))
			continue;
		path = g_build_filename(directory, name, NULL);
		if (access(path, X_OK) == 0)
			more = fn(name + strlen("shopctl-"), path, ctx);
		g_free(path);
	}
	if (dir != NULL)
		g_dir_close(dir);
	return more;
}

void extension_each(extension_fn fn, void *ctx)
{
	const char *path = getenv("PATH");
	char **directories = g_strsplit(path == NULL ? "" : path, ":", -1);
	bool more = each_in(SHOPCTL_LIBEXECDIR "/shopctl", fn, ctx);

	for (char **directory = directories; more && *directory != NULL; directory++)
		more = each_in(**directory == '\0' ? "." : *directory, fn, ctx);
	g_strfreev(directories);
}
