/* shopctl version: the program and the libraries it runs with. */
#include "frame/registry.h"

#include <glib.h>
#include <jansson.h>
#include <yaml.h>

#ifndef SHOPCTL_VERSION
#define SHOPCTL_VERSION "0.1.0"
#endif

struct version {
	char *version;
	int64_t schema_version;
	char *sqlite;
	char *sqlite_options;
	char *glib;
	char *jansson;
	char *libyaml;
};

static const struct shop_field fields[] = {
	SHOP_FIELD_TEXT(struct version, version, "version", "the program"),
	SHOP_FIELD_INT(struct version, schema_version, "schema_version",
		       "the schema of stores it makes"),
	SHOP_FIELD_TEXT(struct version, sqlite, "sqlite", "the database library"),
	SHOP_FIELD_TEXT(struct version, sqlite_options, "sqlite_options", "how it was compiled",
			.flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_TEXT(struct version, glib, "glib", "GLib"),
	SHOP_FIELD_TEXT(struct version, jansson, "jansson", "JSON reader"),
	SHOP_FIELD_TEXT(struct version, libyaml, "libyaml", "YAML reader and writer"),
};

static const struct shop_record version_record = SHOP_RECORD("version", struct version, fields);

static char *sqlite_options(void)
{
	GString *to = g_string_new(NULL);
	int i;

	for (i = 0; shop_store_engine_option(i) != NULL; i++) {
		if (i > 0)
			g_string_append_c(to, ' ');
		g_string_append(to, shop_store_engine_option(i));
	}
	return g_string_free(to, FALSE);
}

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	struct version v = {
		.version = g_strdup(SHOPCTL_VERSION),
		.schema_version = SHOP_SCHEMA_VERSION,
		.sqlite = g_strdup(shop_store_engine()),
		.sqlite_options = sqlite_options(),
		.glib = g_strdup_printf("%u.%u.%u", glib_major_version, glib_minor_version,
					glib_micro_version),
		.jansson = g_strdup(JANSSON_VERSION),
		.libyaml = g_strdup(yaml_get_version_string()),
	};
	bool ok = out_changed(out, &version_record, &v, err,
			      "shopctl %s (schema %d, SQLite %s, GLib %s)", v.version,
			      SHOP_SCHEMA_VERSION, v.sqlite, v.glib);

	(void)s;
	(void)args;
	shop_record_done(&version_record, &v);
	return ok;
}

const struct command cmd_version = {
	.name = "version",
	.summary = "Say which version this is",
	.needs = NEEDS_NOTHING,
	.record = &version_record,
	.run = run,
	.examples = "shopctl version\nshopctl version -o json",
};
