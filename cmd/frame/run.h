/*
 * One run of a command: what run.c prepares and mutate.c carries through transactions.
 */
#ifndef SHOPCTL_FRAME_RUN_H
#define SHOPCTL_FRAME_RUN_H

#include "frame/frame.h"
#include "out/out_frame.h"

struct run {
	struct invocation *inv;
	const struct command *command;
	struct session s;
	struct out *out;
	struct selection *selection; /* of a list; NULL = everything is printed */
	struct deal deal;
	struct value_context vc;
	void *args;	 /* the options and the operands that are the same for each item */
	void *item_args; /* args with one item's operand filled in */
	int failures;	 /* with --keep-going: reported already */
	int failed_code; /* their common code, or SHOP_PARTIAL */
	int status;	 /* exit status when nothing failed */
	bool printed;	 /* something was printed that stays true although the command fails */
};

/* What a transaction would do, from its events. */
struct plan {
	GString *text;	 /* the lines for people */
	GString *events; /* JSON objects joined by commas */
	char digest[80]; /* "sha256:…" */
	int64_t changes;
};

/** Fill in one item's operand and call the command's run. */
bool run_item(struct run *run, guint item, struct shop_error *err) SHOP_CHECKED;

/** Report an item's failure and go on (--keep-going), or return false to stop. */
bool run_failed(struct run *run, struct shop_error *err);

/** All items of a NEEDS_STORE_WRITE command: transactions, dry run, keys, versions, confirmation.
 */
bool mutate(struct run *run, struct shop_error *err) SHOP_CHECKED;

/* Where a transaction began: later events are its own, and so are ids from here on. */
struct plan_base {
	int64_t head;
	int64_t next[SHOP_ID_TYPES];
};

/** Note where the running transaction begins. */
bool plan_begin(struct shop_store *store, struct plan_base *ret_base,
		struct shop_error *err) SHOP_CHECKED;

/** What the running transaction did since `base` as a plan (plan_done). */
bool plan_make(struct shop_store *store, const struct plan_base *base, struct plan *ret_plan,
	       struct shop_error *err) SHOP_CHECKED;

/** Whether the plan is the expected one, or a prefix of 8 hex digits at least. Fails with
 * E_PLAN_CHANGED. */
bool plan_expected(const struct plan *plan, const char *expect,
		   struct shop_error *err) SHOP_CHECKED;

/** Forget the outside calls that were announced. */
void outside_forget(struct run *run);

/**
 * After the commit: make the announced outside calls, whose results are printed instead of what was
 * printed in the transaction, and let the idempotency key (NULL = none) answer with them.
 */
bool outside_calls(struct run *run, const char *key, struct shop_error *err) SHOP_CHECKED;

/** Free a plan's texts. No-op on a zeroed plan. */
void plan_done(struct plan *plan);

/** Print a plan as the result: lines, or an object in machine formats. */
bool plan_print(const struct plan *plan, struct out *out, struct shop_error *err) SHOP_CHECKED;

/** Whether the command line already answers the confirmation this run needs. */
bool confirm_answered(const struct run *run);

/** Ask on the terminal, or fail with E_NOT_CONFIRMED naming the option that answers. */
bool confirm_ask(struct run *run, const struct plan *plan, struct shop_error *err) SHOP_CHECKED;

/** After a run that weighed what it does: fails with E_NOT_CONFIRMED unless the command line answers it. */
bool confirm_given(const struct run *run, struct shop_error *err) SHOP_CHECKED;

/** Hash of the command, its operands and options for one item ("" = all); a new string. */
char *request_hash(const struct run *run, const char *item);

/** Find and open the store as the command needs it; sets the session's clock, actor and currency.
 */
bool session_open(struct run *run, struct shop_error *err) SHOP_CHECKED;

/** Close what session_open opened. */
void session_close(struct run *run);

#endif
