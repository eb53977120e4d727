/* One change of the user's configuration file. */
#include "config/user_file.h"

#include "config/yaml_edit.h"
#include "declare/editor.h"
#include "frame/config.h"
#include "frame/frame.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static char *named_path(const struct session *s)
{
	const char *only = s->inv->g.config != NULL ? s->inv->g.config : getenv("SHOPCTL_CONFIG");
	const char *dir = getenv("XDG_CONFIG_HOME");
	const char *home = getenv("HOME");

	if (only != NULL && *only != '\0')
		return g_strdup(only);
	if (dir != NULL && *dir != '\0')
		return g_build_filename(dir, "shopctl/config.yaml", NULL);
	return g_build_filename(home == NULL ? "/" : home, ".config/shopctl/config.yaml", NULL);
}

/* A link to the file stays a link. */
char *user_file_path(const struct session *s)
{
	char *path = named_path(s);
	char *real = realpath(path, NULL);

	if (real == NULL)
		return path;
	g_free(path);
	path = g_strdup(real);
	free(real);
	return path;
}

/* Only one change at a time: the directory's lock, for the file itself is replaced. */
static int lock_directory(const char *path, struct shop_error *err)
{
	char *directory = g_path_get_dirname(path);
	int fd = -1;

	if (g_mkdir_with_parents(directory, 0700) == 0)
		fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0 || flock(fd, LOCK_EX) != 0)
		shop_fail(err, E_IO, "cannot use %s: %s", directory, g_strerror(errno));
	g_free(directory);
	return fd;
}

static bool read_file(const char *path, GString *text, struct shop_error *err)
{
	GError *failure = NULL;
	char *found = NULL;
	gsize size;
	bool ok = true;

	if (g_file_get_contents(path, &found, &size, &failure))
		g_string_append_len(text, found, (gssize)size);
	else if (!g_error_matches(failure, G_FILE_ERROR, G_FILE_ERROR_NOENT))
		ok = shop_fail(err, E_IO, "cannot read %s: %s", path, failure->message);
	g_clear_error(&failure);
	g_free(found);
	return ok;
}

/* A new file is for its owner alone; one that was there keeps its mode. */
static bool write_file(const char *path, const GString *text, struct shop_error *err)
{
	const int flags = G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE;
	GError *failure = NULL;
	struct stat st;
	const bool was_there = stat(path, &st) == 0;

	if (!g_file_set_contents_full(path, text->str, (gssize)text->len,
				      (GFileSetContentsFlags)flags, 0600, &failure)) {
		shop_fail(err, E_IO, "cannot write %s: %s", path, failure->message);
		g_error_free(failure);
		return false;
	}
	return !was_there || chmod(path, st.st_mode & 0777) == 0 ||
	       shop_fail(err, E_IO, "cannot set the mode of %s: %s", path, g_strerror(errno));
}

static bool change(const struct session *s, const char *path, const char *key, const char *value,
		   struct shop_error *err)
{
	GString *text = g_string_new(NULL);
	bool ok = read_file(path, text, err) && yaml_edit(text, path, key, value, err) &&
		  (s->dry_run || write_file(path, text, err));

	g_string_free(text, TRUE);
	return ok;
}

/* A batch is all or nothing, or a dry run: a file beside the store is no part of that. */
static bool check_place(const struct session *s, struct shop_error *err)
{
	return s->inv->host == NULL || s->inv->host->sink == NULL ||
	       shop_fail(err, E_USAGE, "the configuration is no part of a batch");
}

bool user_file_change(const struct session *s, const char *key, const char *value, char **ret_path,
		      struct shop_error *err)
{
	const char *profile = s->inv->g.profile;
	char *path, *full;
	bool ok;
	int lock;

	if (!check_place(s, err))
		return false;
	path = user_file_path(s);
	full = profile == NULL ? g_strdup(key) : g_strdup_printf("profiles.%s.%s", profile, key);
	lock = lock_directory(path, err);
	ok = lock >= 0 && change(s, path, full, value, err);
	if (lock >= 0)
		(void)close(lock);
	g_free(full);
	if (ok && !s->dry_run)
		config_learn(s->inv->config, key, value, path);
	if (ok)
		*ret_path = path;
	else
		g_free(path);
	return ok;
}

/* The keys that are known must have values of their type; others are warned of as ever. */
static bool check_value(const char *key, const char *value, int line, void *name,
			struct shop_error *err)
{
	const char *dot =
		g_str_has_prefix(key, "profiles.") ? strchr(key + strlen("profiles."), '.') : NULL;
	const struct config_key *known = config_key_find(dot == NULL ? key : dot + 1);
	AUTO_ERROR struct shop_error wrong = {0};

	return known == NULL || config_value_check(known, value, &wrong) ||
	       shop_fail(err, E_CONFIG, "%s:%d: %s", (const char *)name, line, wrong.message);
}

/* What was opened is in `before`; somebody else's change meanwhile is not undone. */
static bool put(const char *path, const GString *before, const char *copy, const char *now,
		struct shop_error *err)
{
	GString *text = g_string_new(NULL);
	int lock = lock_directory(path, err);
	bool ok = lock >= 0 && read_file(path, text, err);

	if (ok && !g_string_equal(text, before))
		ok = shop_fail(err, E_VERSION, "%s changed meanwhile; your text is in %s", path,
			       copy);
	if (ok) {
		g_string_assign(text, now);
		ok = write_file(path, text, err);
	}
	if (lock >= 0)
		(void)close(lock);
	g_string_free(text, TRUE);
	return ok;
}

static bool edit(const struct session *s, const char *path, const GString *before,
		 bool *ret_changed, struct shop_error *err)
{
	char *copy = NULL;
	char *now = NULL;
	bool ok = editor_begin(before->str, &copy, err) && editor_run(copy, s->interactive, err) &&
		  editor_read(copy, &now, err) &&
		  config_yaml_read(now, strlen(now), copy, check_value, copy, err);

	*ret_changed = ok && strcmp(now, before->str) != 0;
	if (*ret_changed)
		ok = put(path, before, copy, now, err);
	if (ok)
		(void)unlink(copy);
	g_free(copy);
	g_free(now);
	return ok;
}

bool user_file_edit(const struct session *s, char **ret_path, bool *ret_changed,
		    struct shop_error *err)
{
	GString *before;
	char *path;
	bool ok;

	if (!check_place(s, err))
		return false;
	path = user_file_path(s);
	before = g_string_new(NULL);
	ok = read_file(path, before, err) && edit(s, path, before, ret_changed, err);
	g_string_free(before, TRUE);
	if (ok)
		*ret_path = path;
	else
		g_free(path);
	return ok;
}
