/*
 * The global options, in the order --help lists them.
 */
#include "frame/frame.h"

#define TEXT(member, letter, name, value, ...)                                                     \
	OPTION(struct globals, member, const char *, ARG_TEXT, letter, name, value, __VA_ARGS__)
#define FLAG(member, letter, name, help) OPTION_FLAG(struct globals, member, letter, name, help)
#define WORD(member, letter, name, value, list, help)                                              \
	OPTION(struct globals, member, const char *, ARG_WORD, letter, name, value, help,          \
	       .words = list)

static const char *const when_words[] = {"auto", "always", "never", NULL};
static const char *const api_words[] = {"1", NULL};
static const char *const error_words[] = {"auto", "text", "json", NULL};

static const struct option_spec options[] = {
	TEXT(store, 'S', "store", "PATH", "which store", .hint = HINT_FILE),
	TEXT(profile, 0, "profile", "NAME", "settings under profiles.NAME"),
	TEXT(config, 0, "config", "FILE", "read this configuration file only", .hint = HINT_FILE),
	TEXT(set, 'c', "set-config", "KEY=VALUE", "override one configuration key; repeats",
	     .hint = HINT_ASSIGNMENT),
	TEXT(output, 'o', "output", "FORMAT",
	     "table, wide, json, jsonl, csv, tsv, yaml, md, html, line, id, count, none, template=FILE",
	     .hint = HINT_FORMAT),
	FLAG(json, 0, "json", "the same as -o json"),
	TEXT(fields, 0, "fields", "LIST", "columns: a,b.c,lines[].sku, +x, -x, *, or help",
	     .hint = HINT_COLUMNS),
	TEXT(template, 0, "template", "FILE", "the same as -o template=FILE", .hint = HINT_FILE),
	FLAG(no_headers, 0, "no-headers", "no header line"),
	FLAG(nul, '0', "null", "end records with NUL; read NUL-ended operands"),
	WORD(api_version, 0, "api-version", "N", api_words, "hold the machine formats to this version: 1"),
	FLAG(bom, 0, "bom", "csv and tsv begin with a byte order mark, for spreadsheets"),
	TEXT(out_file, 0, "out", "FILE", "write the result there, whole or not at all",
	     .hint = HINT_FILE),
	FLAG(quiet, 'q', "quiet", "only errors"),
	FLAG(verbose, 'v', "verbose", "notes on stderr; repeats"),
	WORD(color, 0, "color", "WHEN", when_words, "auto, always or never"),
	FLAG(no_pager, 0, "no-pager", "never start a pager"),
	OPTION(struct globals, utf8, enum tri, ARG_TRI, 0, "utf8", NULL,
	       "UTF-8 signs in tables, or ASCII"),
	OPTION(struct globals, width, int64_t, ARG_INT, 0, "width", "N", "columns of a table"),
	TEXT(zone, 0, "tz", "ZONE", "time zone for reading and showing local times",
	     .hint = HINT_ZONE),
	FLAG(yes, 'y', "yes", "answer yes"),
	TEXT(confirm, 0, "confirm", "VALUE", "answer a typed confirmation"),
	FLAG(no_input, 0, "no-input", "never ask"),
	FLAG(dry_run, 'n', "dry-run", "show what would change, change nothing"),
	FLAG(exit_code, 0, "exit-code", "with --dry-run: 10 when there are changes"),
	TEXT(expect, 0, "expect", "DIGEST", "change only if the effect is this plan"),
	TEXT(key, 0, "idempotency-key", "KEY", "run at most once under this key; auto makes one"),
	OPTION(struct globals, if_version, int64_t, ARG_INT, 0, "if-version", "N",
	       "only if it still is this version"),
	TEXT(reason, 0, "reason", "TEXT", "why; kept in the journal"),
	FLAG(atomic, 0, "atomic", "all operands in one transaction"),
	FLAG(keep_going, 0, "keep-going", "go on after an operand that failed"),
	TEXT(actor, 0, "actor", "NAME", "who acts; kept in the journal"),
	OPTION(struct globals, timeout_us, int64_t, ARG_DURATION, 0, "timeout", "DUR",
	       "end the command after this"),
	OPTION(struct globals, busy_timeout_us, int64_t, ARG_DURATION, 0, "busy-timeout", "DUR",
	       "wait this long for the store (5s)"),
	WORD(error_format, 0, "error-format", "FORMAT", error_words, "auto, text or json"),
	FLAG(help, 'h', "help", "this text"),
	FLAG(help_all, 0, "help-all", "with all global options"),
	FLAG(version, 'V', "version", "the version of the program and its libraries"),
	{0},
};

const struct option_spec *globals_options(void)
{
	return options;
}
