/*
 * Errors: an id and a code for programs, a message for people, a command for the next step.
 *
 * A function that can fail returns bool, takes `struct shop_error *err` last and is SHOP_CHECKED.
 * It raises with shop_fail(), which returns false, so raising is one statement:
 *
 *	if (!order_may_cancel(&order, err))
 *		return shop_fail_while(err, "canceling an order");
 *
 * The ids live in one table (error_catalog.h); each has one exit status (CLI.md §7) and one help text.
 * The library never prints errors; main, the worker's retry record or a test reports them, once.
 */
#ifndef SHOP_ERROR_H
#define SHOP_ERROR_H

#include <stdarg.h>
#include <stdbool.h>

#define SHOP_CHECKED __attribute__((__warn_unused_result__))
#define SHOP_PRINTF(fmt, args) __attribute__((__format__(__printf__, fmt, args)))
#define SHOP_CLEANUP(fn) __attribute__((__cleanup__(fn)))

/* One per exit status of CLI.md §7 that the library can cause; the value is the exit status. */
enum shop_code {
	SHOP_OK = 0,
	SHOP_FAILED = 1,
	SHOP_USAGE = 2,
	SHOP_NOT_FOUND = 3,
	SHOP_CONFLICT = 4,
	SHOP_INVALID = 5,
	SHOP_REFUSED = 6,
	SHOP_DECLINED = 7,
	SHOP_PENDING = 8,
	SHOP_PARTIAL = 9,
	SHOP_FINDINGS = 10,
	SHOP_CANCELED = 11,
	SHOP_IMPOSSIBLE = 12,
	SHOP_UNKNOWN = 13,
	SHOP_UNAVAILABLE = 69,
	SHOP_INTERNAL = 70,
	SHOP_IO = 74,
	SHOP_RETRY = 75,
	SHOP_PERMISSION = 77,
	SHOP_CONFIG = 78,
	SHOP_TIMEOUT = 124,
};

/* Error ids: E_… constants, one per line of error_catalog.h. */
enum shop_error_id {
	E_NONE = 0,
#define SHOP_ERROR(id, code, help) id,
#include "shop/error_catalog.h"
#undef SHOP_ERROR
	SHOP_ERROR_COUNT
};

/* What error_catalog.h says of one id. */
struct shop_error_info {
	const char *name; /* "E_STOCK_SHORT" */
	enum shop_code code;
	const char *help; /* what it means and what to do, one or two sentences */
};

/* A raised error. Zeroed = no error. Strings are owned by it (shop_error_done). */
struct shop_error {
	enum shop_code code;
	enum shop_error_id id;
	char *object;  /* "ord-1042", or NULL */
	char *field;   /* the input field at fault, or NULL */
	char *message; /* lower case, no full stop, names the thing */
	char *because; /* the fact behind it, or NULL */
	char *details; /* a JSON object with numbers behind it, or NULL */
	char **fix;    /* NULL-ended argv of the command to run next, or NULL */
};

#define AUTO_ERROR SHOP_CLEANUP(shop_error_done)

/** Free what an error holds and zero it. Accepts a zeroed error. */
void shop_error_done(struct shop_error *err);

/** The catalogue entry of an id; never NULL. */
const struct shop_error_info *shop_error_info(enum shop_error_id id);

/** Raise: sets id, its code and the message (replacing what err held). Always returns false. */
bool shop_fail(struct shop_error *err, enum shop_error_id id, const char *fmt, ...) SHOP_PRINTF(3, 4);

/** As shop_fail, with a va_list. */
bool shop_fail_va(struct shop_error *err, enum shop_error_id id, const char *fmt, va_list ap);

/** Prefix the message with what was being done: "canceling an order: …". Returns false. */
bool shop_fail_while(struct shop_error *err, const char *doing);

/** Name the object the error is about ("ord-1042"). Returns false. */
bool shop_fail_object(struct shop_error *err, const char *object);

/** Name the input field at fault. Returns false. */
bool shop_fail_field(struct shop_error *err, const char *field);

/** Say the fact behind the error, printed as "because …". Returns false. */
bool shop_fail_because(struct shop_error *err, const char *fmt, ...) SHOP_PRINTF(2, 3);

/** Attach a JSON object with the numbers behind the error; takes ownership of json. Returns false. */
bool shop_fail_details(struct shop_error *err, char *json);

/** The command that clears it: words after "shopctl", ended by NULL. Returns false. */
bool shop_fail_fix(struct shop_error *err, ...) __attribute__((__sentinel__));

/** Move an error out of `from`, which becomes zeroed. */
void shop_error_take(struct shop_error *to, struct shop_error *from);

#endif
