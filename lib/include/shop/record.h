/*
 * Records: one field table per record type says its fields' names, types, places and meaning. It drives
 * reading rows, every output format, --fields, JSON Schema and cleanup; nothing about a field stands twice.
 *
 *	struct shop_location { int64_t id; char *name; char *country; int64_t version; };
 *	static const struct shop_field fields[] = {
 *		SHOP_FIELD_ID(struct shop_location, id, "id", SHOP_ID_LOCATION, "the location's id"),
 *		SHOP_FIELD_TEXT(struct shop_location, name, "name", "what people call it"),
 *		SHOP_FIELD_INT(struct shop_location, version, "version", "counts its changes"),
 *	};
 *	const struct shop_record shop_location_record =
 *		SHOP_RECORD("location", struct shop_location, fields);
 *
 * A SELECT whose columns stand in the order of the table's column fields fills a struct with
 * store_row() (lib/store/store.h). Nested lists are not columns; the noun's loader fills them.
 */
#ifndef SHOP_RECORD_H
#define SHOP_RECORD_H

#include "shop/ids.h"
#include "shop/json.h"
#include "shop/money.h"

#include <stddef.h>
#include <stdint.h>

/* An absent number (time, money, quantity, int) in a struct; NULL in the store, null outside. */
#define SHOP_NULL INT64_MIN

/* In a change of a number, where SHOP_NULL leaves it as it is: take it away. */
#define SHOP_CLEAR (INT64_MIN + 1)

enum shop_field_type {
	SHOP_TYPE_ID,       /* int64_t, 0 = null; `id_type` says which; aux unused */
	SHOP_TYPE_TEXT,     /* char *, owned, NULL = null */
	SHOP_TYPE_WORD,     /* char *, owned: a lower_snake enumeration word */
	SHOP_TYPE_INT,      /* int64_t */
	SHOP_TYPE_BOOL,     /* int64_t 0 or 1 */
	SHOP_TYPE_MONEY,    /* int64_t minor; `aux` = offset of the char *currency in the same struct */
	SHOP_TYPE_QUANTITY, /* int64_t; `aux` = offset of the int64_t scale in the same struct */
	SHOP_TYPE_TIME,     /* int64_t microseconds UTC */
	SHOP_TYPE_DURATION, /* int64_t microseconds */
	SHOP_TYPE_JSON,     /* char *, owned: JSON text, printed as JSON */
	SHOP_TYPE_LIST,     /* struct shop_list of `child` records; never a column */
	SHOP_TYPE_RECORD,   /* a struct of `child` in place; its fields are columns too */
};

enum shop_field_flag {
	SHOP_FIELD_WIDE = 1,   /* in tables only with -o wide or --fields */
	SHOP_FIELD_HIDDEN = 2, /* a column that fills the struct (a scale, say) and is never printed */
	SHOP_FIELD_EXTRA = 4,  /* printed, but no column: the loader computes it */
	SHOP_FIELD_ASKED = 8,  /* printed only when --fields names it: another object's field, "customer.name" */
	SHOP_FIELD_VERBATIM = 16, /* no table cuts it: a command to be run as it is printed */
};

struct shop_record;

struct shop_field {
	const char *name;
	enum shop_field_type type;
	size_t offset;
	size_t aux;
	enum shop_id_type id_type;
	const struct shop_record *child;
	unsigned flags;
	const char *doc;
	const char *example; /* may be NULL */
};

struct shop_record {
	const char *name; /* the noun: "order" */
	size_t size;
	const struct shop_field *fields;
	size_t count;
};

/* A list inside a record: `count` structs of the field's child, one after another. */
struct shop_list {
	void *items;
	size_t count;
};

/*
 * The arguments after the label are the doc text and, if wanted, further members:
 * SHOP_FIELD_TEXT(struct shop_order, note, "note", "the staff's note", .flags = SHOP_FIELD_WIDE)
 */
#define SHOP_FIELD_AT(T, member, type) (offsetof(T, member) + 0 * sizeof(&((T *)0)->member == (type *)0))
#define SHOP_FIELD_OF(T, member, ctype, label, kind, ...)                                          \
	{ .name = label, .type = kind, .offset = SHOP_FIELD_AT(T, member, ctype), .doc = __VA_ARGS__ }
#define SHOP_FIELD_ID(T, member, label, kind, ...)                                                 \
	{ .name = label, .type = SHOP_TYPE_ID, .offset = SHOP_FIELD_AT(T, member, int64_t),        \
	  .id_type = kind, .doc = __VA_ARGS__ }
#define SHOP_FIELD_TEXT(T, member, label, ...)                                                     \
	SHOP_FIELD_OF(T, member, char *, label, SHOP_TYPE_TEXT, __VA_ARGS__)
#define SHOP_FIELD_WORD(T, member, label, ...)                                                     \
	SHOP_FIELD_OF(T, member, char *, label, SHOP_TYPE_WORD, __VA_ARGS__)
#define SHOP_FIELD_JSON(T, member, label, ...)                                                     \
	SHOP_FIELD_OF(T, member, char *, label, SHOP_TYPE_JSON, __VA_ARGS__)
#define SHOP_FIELD_INT(T, member, label, ...)                                                      \
	SHOP_FIELD_OF(T, member, int64_t, label, SHOP_TYPE_INT, __VA_ARGS__)
#define SHOP_FIELD_BOOL(T, member, label, ...)                                                     \
	SHOP_FIELD_OF(T, member, int64_t, label, SHOP_TYPE_BOOL, __VA_ARGS__)
#define SHOP_FIELD_TIME(T, member, label, ...)                                                     \
	SHOP_FIELD_OF(T, member, int64_t, label, SHOP_TYPE_TIME, __VA_ARGS__)
#define SHOP_FIELD_DURATION(T, member, label, ...)                                                 \
	SHOP_FIELD_OF(T, member, int64_t, label, SHOP_TYPE_DURATION, __VA_ARGS__)
#define SHOP_FIELD_MONEY(T, member, label, ...)                                                    \
	{ .name = label, .type = SHOP_TYPE_MONEY, .offset = SHOP_FIELD_AT(T, member, int64_t),     \
	  .aux = SHOP_FIELD_AT(T, currency, char *), .doc = __VA_ARGS__ }
#define SHOP_FIELD_QTY(T, member, label, ...)                                                      \
	{ .name = label, .type = SHOP_TYPE_QUANTITY, .offset = SHOP_FIELD_AT(T, member, int64_t),  \
	  .aux = SHOP_FIELD_AT(T, qty_scale, int64_t), .doc = __VA_ARGS__ }
#define SHOP_FIELD_LIST(T, member, label, kind, ...)                                               \
	{ .name = label, .type = SHOP_TYPE_LIST, .offset = SHOP_FIELD_AT(T, member, struct shop_list), \
	  .child = kind, .flags = SHOP_FIELD_EXTRA, .doc = __VA_ARGS__ }
#define SHOP_RECORD(label, T, table)                                                                          \
	{ .name = label, .size = sizeof(T), .fields = table, .count = sizeof(table) / sizeof((table)[0]) }

/** Free all owned strings and lists of a record and zero it. */
void shop_record_done(const struct shop_record *type, void *record);

/** Move a record: *to gets what *from owns, *from becomes zeroed. */
void shop_record_take(const struct shop_record *type, void *to, void *from);

/** Free a list of `type` records and zero it. */
void shop_list_done(const struct shop_record *type, struct shop_list *list);

/** Append a zeroed record to a list and return it; valid until the next append. */
void *shop_list_add(const struct shop_record *type, struct shop_list *list);

/** The field of a name (case-sensitive), or NULL. */
const struct shop_field *shop_record_field(const struct shop_record *type, const char *name);

/** Write a record as a JSON object under `key` (NULL at top level): all fields but ASKED ones, in table order. */
void shop_record_json(struct shop_json *j, const char *key, const struct shop_record *type, const void *record);

/**
 * Write `{field: [before, after]}` of the fields in which two records of one type differ, without version and
 * updated_at; lists are not looked into. Returns how many differ.
 */
size_t shop_record_diff(struct shop_json *j, const char *key, const struct shop_record *type, const void *before,
                        const void *after);

/** Receives one record of a list; the record is valid only during the call. False stops the list. */
typedef bool (*shop_record_fn)(const void *record, void *ctx, struct shop_error *err);

#endif
