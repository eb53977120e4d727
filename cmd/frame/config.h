/*
 * The configuration: one schema of keys with types and defaults, values with where they come from.
 *
 *	config_load(inv, &config, err);
 *	config_text(config, "store.path")                      NULL = not set and no default
 *	config_origin(config, "store.path")                    "/etc/shopctl/config.yaml:3",
 *"default"
 *
 * Precedence (CLI.md §10): options and -c, environment, ./.shopctl.yaml, user, system, built-in.
 */
#ifndef SHOPCTL_FRAME_CONFIG_H
#define SHOPCTL_FRAME_CONFIG_H

#include "frame/frame.h"
#include "shop/store.h"

enum config_type {
	CONFIG_TEXT,
	CONFIG_WORD, /* one of words */
	CONFIG_BOOL, /* true or false */
	CONFIG_INT,
	CONFIG_PERCENT, /* 10 or 10% */
	CONFIG_DURATION,
	CONFIG_LIST,  /* texts joined by commas */
	CONFIG_GROUP, /* a prefix: any key below is accepted unread */
};

/* One key of the schema. A name ending in ".*" stands for every key below. */
struct config_key {
	const char *name;
	enum config_type type;
	const char *fallback; /* NULL = none */
	const char *words;    /* "full,late,off" */
	const char *doc;
};

/* One value as found. */
struct config_value {
	const char *origin; /* owned by the config */
	int line;	    /* 0 = not from a file */
	char *text;
};

/* Receives key, value and line of each scalar; lists come joined by commas. */
typedef bool (*config_yaml_fn)(const char *key, const char *value, int line, void *ctx,
			       struct shop_error *err);

/** Read every source into *ret_config (config_free). Fails with E_CONFIG naming file and line. */
bool config_load(const struct invocation *inv, struct config **ret_config,
		 struct shop_error *err) SHOP_CHECKED;

/** Take what was just written into a file (NULL: removed), for the command lines that follow in
 * this process. */
void config_learn(struct config *config, const char *key, const char *value, const char *origin);

/** Free; accepts NULL. */
void config_free(struct config *config);

/** The value of a key, else its default, else NULL. */
const char *config_text(const struct config *config, const char *key);

/** Where it comes from: "FILE:LINE", "environment SHOPCTL_TZ", "-c", "default"; a new string. */
char *config_origin(const struct config *config, const char *key);

/** A duration key in microseconds (values are checked when loaded). */
int64_t config_duration(const struct config *config, const char *key);

/** An int or percent key. */
int64_t config_int(const struct config *config, const char *key);

/** A bool key. */
bool config_bool(const struct config *config, const char *key);

/** Whether a list key holds the word. */
bool config_has(const struct config *config, const char *key, const char *word);

/** The rules for the store; its strings belong to the config. */
void config_policy(const struct config *config, struct shop_policy *ret_policy);

/** Every set or defaulted key in order: a new array of char * keys. */
GPtrArray *config_keys(const struct config *config);

/** The files read, in order of rising precedence. */
const GPtrArray *config_files(const struct config *config);

/** Warnings about unknown keys, each a whole sentence. */
const GPtrArray *config_warnings(const struct config *config);

/* --- config_schema.c */

/** All keys; *ret_count gets their number. */
const struct config_key *config_schema(size_t *ret_count);

/** The schema entry of a key ("fields.order" gives "fields.*"), or NULL. */
const struct config_key *config_key_find(const char *name);

/** Check a value against its key's type. Fails with E_CONFIG. */
bool config_value_check(const struct config_key *key, const char *text,
			struct shop_error *err) SHOP_CHECKED;

/* --- config_yaml.c */

/** Read YAML text under the limits of SAFETY.md §13; each scalar goes to fn with its dotted key. */
bool config_yaml_read(const char *text, size_t size, const char *name, config_yaml_fn fn, void *ctx,
		      struct shop_error *err) SHOP_CHECKED;

#endif
