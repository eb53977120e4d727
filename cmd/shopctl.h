/*
 * What every command includes: a command as a value, the session it runs in, and the printer.
 *
 * A command file declares its args struct, its operands and options as tables over that struct, a `run`
 * that fills one input struct and calls one library function, and the command value. The frame parses,
 * opens the store, wraps mutations in the one write transaction (dry run, --expect, idempotency key,
 * --if-version, confirmation), prints and chooses the exit status. `run` never sees argv.
 */
#ifndef SHOPCTL_H
#define SHOPCTL_H

#include "out/out.h"
#include "shop/error.h"
#include "shop/ids.h"
#include "shop/money.h"
#include "shop/quantity.h"
#include "shop/record.h"
#include "shop/store.h"
#include "shop/times.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct config;
struct invocation;
struct session;
struct session_call;

/* How an operand or option value is read, and the C type of the member it fills. */
enum arg_type {
	ARG_FLAG,     /* bool */
	ARG_TRI,      /* enum tri: --x, --no-x or not given */
	ARG_TEXT,     /* const char *, NULL = not given */
	ARG_LIST,     /* const char *, given words joined by commas, NULL = not given */
	ARG_LONGTEXT, /* const char *, with @FILE, @- and @@ */
	ARG_FILE,     /* const char *, a path or - */
	ARG_WORD,     /* const char *, one of `words`, lower-cased */
	ARG_SKU,      /* const char *, upper-cased and checked */
	ARG_ID,       /* int64_t of `id_type`, 0 = not given */
	ARG_INT,      /* int64_t, SHOP_NULL = not given */
	ARG_MONEY,    /* struct shop_money, .minor SHOP_NULL = not given */
	ARG_DECIMAL,  /* struct shop_decimal, .value SHOP_NULL = not given */
	ARG_WEIGHT,   /* int64_t grams, SHOP_NULL = not given */
	ARG_TIME,     /* int64_t microseconds UTC, SHOP_NULL = not given */
	ARG_AGO,      /* int64_t microseconds UTC; a bare duration means ago */
	ARG_DURATION, /* int64_t microseconds, SHOP_NULL = not given */
	ARG_LINES,    /* struct line_args: LINE operands, SKU:QTY[@PRICE] */
	ARG_WORDS,    /* struct word_args: all operands that follow */
};

enum tri { TRI_UNSET = 0, TRI_NO, TRI_YES };

/* One LINE operand: SKU, SKU:QTY or SKU:QTY@PRICE. */
struct line_arg {
	char sku[SHOP_SKU_MAX + 1];
	struct shop_decimal qty;  /* 1 when not typed */
	struct shop_money price;  /* .minor SHOP_NULL when not typed */
};

/* Words as they were typed. */
struct word_args {
	const char **items;
	size_t count;
};

struct line_args {
	struct line_arg *items;
	size_t count;
};

/* What a text names, where its type does not say: completion offers it. */
enum arg_hint {
	HINT_NONE,
	HINT_NOTHING,	 /* of its type, but not there yet: product create SKU */
	HINT_OBJECT,	 /* an id of any kind, or a SKU */
	HINT_PAYMENT,	 /* a payment, or the order it is of */
	HINT_ITS_LINE,	 /* a SKU of the object named before it */
	HINT_ACT,	 /* what can be done with the object named before it: why --for */
	HINT_CONDITION,	 /* what an object can be waited for: wait --for */
	HINT_EVENT_TYPE, /* types of events joined by commas; a trailing * */
	HINT_HELP,	 /* a noun and its verb, a command, a topic */
	HINT_EXPLAIN,	 /* a type, a field, an error, an event, a kind of value */
	HINT_COMMAND,	 /* a whole command line */
	HINT_FILE,
	HINT_FORMAT,	 /* an output format */
	HINT_COLUMNS,	 /* --fields: columns joined by commas, with + or - before them */
	HINT_FIELDS,	 /* fields joined by commas */
	HINT_AMOUNTS,	 /* fields that can be added up, joined by commas */
	HINT_SORT,	 /* fields joined by commas, with - before them */
	HINT_FILTER,	 /* FIELD OP VALUE */
	HINT_SETTING,	 /* a key of the configuration */
	HINT_SETTING_VALUE, /* the value of the key named before it */
	HINT_ALIAS,	 /* an alias */
	HINT_ASSIGNMENT, /* KEY=VALUE of the configuration */
	HINT_CHECK,	 /* an invariant's id */
	HINT_SEARCHED,	 /* kinds that search knows, joined by commas */
	HINT_METHOD,	 /* DRIVER[:TOKEN] of a payment */
	HINT_CARRIER,
	HINT_CURRENCY,
	HINT_ZONE,	 /* a time zone */
	HINT_SQL,	 /* SQL over the published views */
};

enum operand_flag {
	OPERAND_OPTIONAL = 1,
	OPERAND_EACH = 2, /* repeats; the frame runs the command once for each, `-` and @FILE read more */
};

struct operand_spec {
	enum arg_type type;
	size_t offset;
	const char *name; /* "ORDER" */
	const char *help;
	enum shop_id_type id_type;
	unsigned flags;
	const char *const *words; /* NULL-ended, for ARG_WORD */
	enum arg_hint hint;
};

struct option_spec {
	enum arg_type type;
	size_t offset;
	char letter; /* 0 = none */
	const char *name;
	const char *value; /* "TEXT"; NULL for flags */
	const char *help;
	enum shop_id_type id_type;
	const char *const *words;
	bool required;
	enum arg_hint hint;
};

#define ARG_AT(T, member, ctype) (offsetof(T, member) + 0 * sizeof(&((T *)0)->member == (ctype *)0))
/* OPERAND_ID(struct args, order_id, "ORDER", SHOP_ID_ORDER, "the order", .flags = OPERAND_EACH) */
#define OPERAND_ID(T, member, label, kind, ...)                                                    \
	{ .type = ARG_ID, .offset = ARG_AT(T, member, int64_t), .name = label, .id_type = kind,    \
	  .help = __VA_ARGS__ }
/* OPERAND(struct args, sku, const char *, ARG_SKU, "SKU", "the product") */
#define OPERAND(T, member, ctype, kind, label, ...)                                                \
	{ .type = kind, .offset = ARG_AT(T, member, ctype), .name = label, .help = __VA_ARGS__ }
/* OPTION(struct args, title, const char *, ARG_TEXT, 0, "title", "TEXT", "what customers read") */
#define OPTION(T, member, ctype, kind, short_letter, label, placeholder, ...)                      \
	{ .type = kind, .offset = ARG_AT(T, member, ctype), .letter = short_letter, .name = label, \
	  .value = placeholder, .help = __VA_ARGS__ }
#define OPTION_FLAG(T, member, short_letter, label, ...)                                           \
	OPTION(T, member, bool, ARG_FLAG, short_letter, label, NULL, __VA_ARGS__)
#define OPTION_ID(T, member, label, placeholder, kind, ...)                                        \
	{ .type = ARG_ID, .offset = ARG_AT(T, member, int64_t), .name = label,                     \
	  .value = placeholder, .id_type = kind, .help = __VA_ARGS__ }

enum command_needs {
	NEEDS_NOTHING,     /* no store: help, version, config */
	NEEDS_STORE_PATH,  /* finds the store itself by session.store_path: store init, restore */
	NEEDS_STORE_READ,  /* one read transaction around run */
	NEEDS_STORE_WRITE, /* one write transaction around run (per EACH operand) */
	NEEDS_STORE_FOLLOW, /* open for reading and no transaction: wait */
	NEEDS_STORE_OPEN,  /* an open store and no transaction: worker, import, backup */
};

enum command_confirm {
	CONFIRM_NONE,  /* reversible */
	CONFIRM_YES,   /* y/N, or --yes */
	CONFIRM_TYPED, /* --confirm VALUE, where VALUE is the first operand */
};

struct command {
	const char *name; /* the verb, or the whole name of a cross-cutting command */
	const char *summary;
	const struct operand_spec *operands; /* ended by {0}; NULL = none */
	const struct option_spec *options;   /* ended by {0}; NULL = none */
	size_t args_size;
	enum command_needs needs;
	/* The option with which a command that reads changes the shop: it NEEDS_STORE_WRITE then. */
	const char *writes_with;
	enum command_confirm confirm;
	/* Instead of .confirm: which kind it is for these arguments. */
	enum command_confirm (*confirm_by)(const void *args);
	bool money;    /* moves money: its idempotency rows are kept for ever */
	bool many;     /* prints a list: an array in JSON whatever the operands */
	/* A list: the order in which it gives its objects, as sort keys that end in the object's own ("-id"). */
	const char *order;
	/* Instead of .order: which it is for these arguments. */
	const char *(*order_by)(const void *args);
	bool needs_reason; /* --reason is mandatory unless policy says otherwise */
	bool lines;    /* runs command lines: --expect and --atomic are about all of them; never itself one */
	const struct shop_record *record;    /* what it prints, NULL = text */
	bool (*run)(struct session *s, const void *args, struct out *out, struct shop_error *err);
	/*
	 * What follows the commit, outside any transaction: one call outside that `run` announced with
	 * session_call_later. It prints the object anew, in place of what `run` printed, and then
	 * may fail with the outcome (declined, pending, unknown).
	 */
	bool (*after)(struct session *s, const struct session_call *call, struct out *out,
		      struct shop_error *err);
	/*
	 * Before any transaction, once: reads files, waits for an editor. What it leaves in session.prepared is for
	 * `run`, which may run more than once, and is freed by `forget`.
	 */
	bool (*prepare)(struct session *s, const void *args, struct out *out, struct shop_error *err);
	void (*forget)(void *prepared);
	bool weighs; /* which confirmation it needs is known when it has run: session_confirm */
	const char *description; /* a paragraph for --help and the manual; may be NULL */
	void (*describe)(GString *to); /* a second one, made from the tables the command is driven by; may be NULL */
	const char *examples;    /* one command per line */
	const char *exits;       /* exit codes special to it: "6 stock is short\n…"; may be NULL */
	const char *see_also;    /* "order cancel, payment void"; may be NULL */
};

/* A noun: its commands in the order help lists them. */
struct command_group {
	const char *name;
	const char *summary;
	const struct command *const *commands; /* NULL-ended */
};

/* An outside call to make once the transaction is committed (--now). */
struct session_call {
	int64_t id; /* of the object: a payment */
	int64_t n;  /* its operation */
};

/* Everything a run may use; made by the frame, one per process. */
struct session {
	struct shop_store *store; /* open as the command's `needs` says */
	const char *store_path;
	const struct config *config;
	struct shop_clock clock;  /* now and the zone for reading local times */
	const char *actor;
	const char *reason;       /* --reason, or NULL */
	const char *currency;     /* the store's, or "" without a store */
	int64_t timeout_us;	  /* --timeout, or SHOP_NULL */
	bool quiet;
	int verbose;
	bool interactive;         /* stdin and stderr are terminals and --no-input was not given */
	bool dry_run;
	int findings;             /* set by run: exit status 10 (SHOP_FINDINGS) or 9 without an error */
	GArray *calls;		  /* of struct session_call, to make after the commit */
	void *prepared;		  /* what the command's `prepare` left */
	const char *digest;	  /* of what it read: part of the request that an idempotency key is about */
	char *confirm_word;	  /* set by session_confirm */
	const char *const *words; /* the command line's words after "shopctl", NULL-ended */
	struct invocation *inv;	  /* for a command that runs command lines (frame/line.h) */
};

/** An optional text as an update takes it: NULL leaves the field, the word none clears it (""). */
const char *arg_or_clear(const char *text);

/** Whether the clock is one that stands still: SHOPCTL_NOW on a test store. */
bool session_clock_is_fixed(const struct session *s);

/**
 * Fill in session.actor, which commands that only read do not have.
 *
 * Fails with     E_VALUE when the name is none
 */
bool session_find_actor(struct session *s, struct shop_error *err);

/** The time now: for commands that stay. */
int64_t session_now_us(const struct session *s);

/** Announce an outside call for the command's `after`; forgotten when the transaction rolls back. */
void session_call_later(struct session *s, int64_t id, int64_t n);

/**
 * Say that what was done in the running transaction needs a typed confirmation, whose word this is; it is rolled back
 * unless that was given. For commands that `weigh`.
 */
void session_confirm(struct session *s, const char *word);

/** All nouns, NULL-ended, in help order (frame/registry.c). */
const struct command_group *const *registry_groups(void);

/** All cross-cutting commands (status, check, worker, import, …), NULL-ended. */
const struct command *const *registry_commands(void);

#endif
