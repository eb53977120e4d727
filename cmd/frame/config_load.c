/*
 * Where values come from: files in rising precedence, the environment, -c.
 */
#include "frame/config_private.h"

#include "shop/text.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* One source being read. */
struct source {
	struct config *config;
	const char *origin;
	const char *profile; /* NULL = none */
	bool project;	     /* ./.shopctl.yaml: never store.path, never commands */
	bool profiles_pass;  /* second reading: only the profile's keys */
};

static void value_free(gpointer data)
{
	struct config_value *value = data;

	g_free(value->text);
	g_free(value);
}

void config_free(struct config *config)
{
	if (config == NULL)
		return;
	g_hash_table_unref(config->values);
	g_ptr_array_unref(config->files);
	g_ptr_array_unref(config->warnings);
	if (config->replaced != NULL)
		g_ptr_array_unref(config->replaced);
	g_free(config);
}

static void warn_unknown(struct config *config, const char *key, const char *origin, int line)
{
	size_t i, count;
	const struct config_key *keys = config_schema(&count);
	const char **names = g_new(const char *, count);
	const char *near;

	for (i = 0; i < count; i++)
		names[i] = keys[i].name;
	near = shop_text_nearest(key, names, count);
	g_ptr_array_add(config->warnings,
			g_strdup_printf("%s:%d: unknown key %s%s%s", origin, line, key,
					near == NULL ? "" : ", did you mean ",
					near == NULL ? "" : near));
	g_free(names);
}

static bool set_value(struct config *config, const char *key, const char *text, const char *origin,
		      int line, struct shop_error *err)
{
	const struct config_key *entry = config_key_find(key);
	struct config_value *value;

	if (entry == NULL) {
		warn_unknown(config, key, origin, line);
		return true;
	}
	if (!config_value_check(entry, text, err)) {
		char *message = g_strdup(err->message);

		if (line == 0)
			shop_fail(err, E_CONFIG, "%s: %s", origin, message);
		else
			shop_fail(err, E_CONFIG, "%s:%d: %s", origin, line, message);
		g_free(message);
		return false;
	}
	value = g_new0(struct config_value, 1);
	value->origin = origin;
	value->line = line;
	value->text = g_strdup(text);
	g_hash_table_replace(config->values, g_strdup(key), value);
	return true;
}

void config_learn(struct config *config, const char *key, const char *value, const char *origin)
{
	struct config_value *learned;
	gpointer old_key, old;

	if (g_hash_table_steal_extended(config->values, key, &old_key, &old)) {
		if (config->replaced == NULL)
			config->replaced = g_ptr_array_new_with_free_func(value_free);
		g_ptr_array_add(config->replaced, old);
		g_free(old_key);
	}
	if (value == NULL)
		return;
	learned = g_new0(struct config_value, 1);
	learned->origin = g_intern_string(origin);
	learned->text = g_strdup(value);
	g_hash_table_insert(config->values, g_strdup(key), learned);
}

static bool on_value(const char *key, const char *text, int line, void *ctx, struct shop_error *err)
{
	const struct source *source = ctx;
	size_t length = source->profile == NULL ? 0 : strlen(source->profile);

	if (g_str_has_prefix(key, "profiles.")) {
		key += strlen("profiles.");
		if (!source->profiles_pass || length == 0 ||
		    strncmp(key, source->profile, length) != 0 || key[length] != '.')
			return true;
		key += length + 1;
	} else if (source->profiles_pass) {
		return true;
	}
	if (source->project &&
	    (strcmp(key, "store.path") == 0 || g_str_has_prefix(key, "aliases.")))
		return true;
	return set_value(source->config, key, text, source->origin, line, err);
}

static bool read_whole(int fd, const char *path, GString *to, struct shop_error *err)
{
	char buffer[8192];
	ssize_t got;

	while ((got = read(fd, buffer, sizeof(buffer))) > 0 && to->len <= 1024 * 1024)
		g_string_append_len(to, buffer, got);
	return got >= 0 || shop_fail(err, E_CONFIG, "cannot read %s: %s", path, g_strerror(errno));
}

/* The project file counts only when it is the user's own. */
static bool is_own(int fd)
{
	struct stat st;

	return fstat(fd, &st) == 0 && st.st_uid == geteuid() && S_ISREG(st.st_mode);
}

static bool parse_file(struct source *source, int fd, struct shop_error *err)
{
	GString *text = g_string_new(NULL);
	bool ok = read_whole(fd, source->origin, text, err) &&
		  config_yaml_read(text->str, text->len, source->origin, on_value, source, err);

	source->profiles_pass = true;
	if (ok && source->profile != NULL)
		ok = config_yaml_read(text->str, text->len, source->origin, on_value, source, err);
	g_string_free(text, TRUE);
	return ok;
}

static bool load_file(struct config *config, const struct invocation *inv, const char *path,
		      bool must, bool project, struct shop_error *err)
{
	struct source source = {.config = config, .profile = inv->g.profile, .project = project};
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	bool ok = true;

	if (source.profile == NULL)
		source.profile = getenv("SHOPCTL_PROFILE");
	if (fd < 0) {
		if (!must && (errno == ENOENT || errno == ENOTDIR || errno == EACCES))
			return true;
		return shop_fail(err, E_CONFIG, "cannot open %s: %s", path, g_strerror(errno));
	}
	if (!project || is_own(fd)) {
		source.origin = g_strdup(path);
		g_ptr_array_add(config->files, (gpointer)(uintptr_t)source.origin);
		ok = parse_file(&source, fd, err);
	}
	(void)close(fd);
	return ok;
}

static bool load_directory(struct config *config, const struct invocation *inv,
			   struct shop_error *err)
{
	glob_t found = {0};
	size_t i;
	bool ok = true;

	if (access("/etc/shopctl/config.d", R_OK) != 0)
		return true;
	if (glob("/etc/shopctl/config.d/*.yaml", 0, NULL, &found) == 0)
		for (i = 0; ok && i < found.gl_pathc; i++)
			ok = load_file(config, inv, found.gl_pathv[i], false, false, err);
	globfree(&found);
	return ok;
}

/* $XDG_CONFIG_DIRS/shopctl/config.yaml: the first directory counts most, so it is read last. */
static bool load_config_dirs(struct config *config, const struct invocation *inv,
			     struct shop_error *err)
{
	const char *dirs = getenv("XDG_CONFIG_DIRS");
	char **list = g_strsplit(dirs == NULL || *dirs == '\0' ? "/etc/xdg" : dirs, ":", -1);
	guint i;
	bool ok = true;

	for (i = g_strv_length(list); ok && i > 0; i--) {
		char *path = g_strconcat(list[i - 1], "/shopctl/config.yaml", NULL);

		ok = load_file(config, inv, path, false, false, err);
		g_free(path);
	}
	g_strfreev(list);
	return ok;
}

static bool load_user(struct config *config, const struct invocation *inv, struct shop_error *err)
{
	const char *dir = getenv("XDG_CONFIG_HOME");
	const char *home = getenv("HOME");
	char *path;
	bool ok;

	if (dir != NULL && *dir != '\0')
		path = g_strconcat(dir, "/shopctl/config.yaml", NULL);
	else
		path = g_strconcat(home == NULL ? "" : home, "/.config/shopctl/config.yaml", NULL);
	ok = load_file(config, inv, path, false, false, err);
	g_free(path);
	return ok;
}

static bool load_files(struct config *config, const struct invocation *inv, struct shop_error *err)
{
	const char *only = inv->g.config != NULL ? inv->g.config : getenv("SHOPCTL_CONFIG");

	if (only != NULL && *only != '\0')
		return load_file(config, inv, only, true, false, err);
	return load_file(config, inv, "/etc/shopctl/config.yaml", false, false, err) &&
	       load_directory(config, inv, err) && load_config_dirs(config, inv, err) &&
	       load_user(config, inv, err) &&
	       load_file(config, inv, "./.shopctl.yaml", false, true, err);
}

static bool load_fields_of(struct config *config, const char *pair, struct shop_error *err)
{
	const char *name = pair + strlen("SHOPCTL_FIELDS_");
	const char *equals = strchr(name, '=');
	char *noun, *key;
	bool ok;

	if (equals == NULL)
		return true;
	noun = g_ascii_strdown(name, equals - name);
	key = g_strconcat("fields.", noun, NULL);
	ok = set_value(config, key, equals + 1, "environment", 0, err);
	g_free(noun);
	g_free(key);
	return ok;
}

static bool load_environment(struct config *config, struct shop_error *err)
{
	static const char *const map[][2] = {
		{"SHOPCTL_STORE", "store.path"},
		{"SHOPCTL_OUTPUT", "defaults.output"},
		{"SHOPCTL_TZ", "shop.timezone"},
	};
	size_t i;
	char **pair;

	for (i = 0; i < sizeof(map) / sizeof(map[0]); i++) {
		const char *text = getenv(map[i][0]);

		if (text != NULL && *text != '\0' &&
		    !set_value(config, map[i][1], text, map[i][0], 0, err))
			return false;
	}
	for (pair = environ; *pair != NULL; pair++)
		if (g_str_has_prefix(*pair, "SHOPCTL_FIELDS_") &&
		    !load_fields_of(config, *pair, err))
			return false;
	return true;
}

static bool load_pair(struct config *config, const char *pair, struct shop_error *err)
{
	const char *equals = strchr(pair, '=');
	char *key;
	bool ok;

	if (equals == NULL)
		return shop_fail(err, E_VALUE, "-c takes KEY=VALUE, not \"%s\"", pair);
	key = g_strndup(pair, (gsize)(equals - pair));
	if (config_key_find(key) == NULL)
		ok = shop_fail(err, E_VALUE, "-c: there is no configuration key %s", key);
	else
		ok = set_value(config, key, equals + 1, "-c", 0, err);
	g_free(key);
	return ok;
}

static bool load_options(struct config *config, const struct invocation *inv,
			 struct shop_error *err)
{
	guint i;

	for (i = 0; i < inv->given->len; i++) {
		const struct given *given = &g_array_index(inv->given, struct given, i);

		if (given->global && given->spec->letter == 'c' &&
		    !load_pair(config, given->value, err))
			return false;
	}
	return inv->g.store == NULL ||
	       set_value(config, "store.path", inv->g.store, "--store", 0, err);
}

bool config_load(const struct invocation *inv, struct config **ret_config, struct shop_error *err)
{
	struct config *config = g_new0(struct config, 1);

	config->values = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, value_free);
	config->files = g_ptr_array_new_with_free_func(g_free);
	config->warnings = g_ptr_array_new_with_free_func(g_free);
	*ret_config = config;
	return load_files(config, inv, err) && load_environment(config, err) &&
	       load_options(config, inv, err);
}
