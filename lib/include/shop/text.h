/*
 * Text from outside: checked on the way in (UTF-8, NFC, no control or direction characters, no card
 * numbers), escaped on the way out to people. SAFETY.md §§8, 13, 14.
 */
#ifndef SHOP_TEXT_H
#define SHOP_TEXT_H

#include "shop/error.h"

#include <glib.h>
#include <stddef.h>

#define SHOP_NAME_MAX 200   /* code points of a name or title */
#define SHOP_NOTE_MAX 2000  /* code points of a note */
#define SHOP_REASON_MAX 200 /* code points of a reason */
#define SHOP_EMAIL_MAX 254  /* bytes of an e-mail address */

#define AUTO_TEXT SHOP_CLEANUP(shop_text_free)
#define AUTO_STRING SHOP_CLEANUP(shop_string_free)

/* What a text may be. */
struct shop_text_rule {
	size_t max_chars;
	bool multiline; /* newline and tab allowed */
	bool required;  /* "" refused */
};

/** Free *text (g_free) and set it to NULL: for AUTO_TEXT. */
void shop_text_free(char **text);

/** Free *string with its buffer and set it to NULL: for AUTO_STRING. */
void shop_string_free(GString **string);

/**
 * Check and NFC-normalise one line or text.
 *
 * field          names the field in the error
 * ret_text       a new string, the caller's (g_free); surrounding white space is kept
 * Fails with     E_TEXT (not UTF-8, C0/C1/DEL, bidi controls, over 8 combining marks in a row, too long,
 *                empty though required), E_CARD_NUMBER (13–19 digits passing Luhn with a card's prefix)
 */
bool shop_text_clean(const char *text, const char *field, const struct shop_text_rule *rule, char **ret_text,
                     struct shop_error *err) SHOP_CHECKED;

/** Check an e-mail address: one @, no spaces, at most SHOP_EMAIL_MAX bytes. ret_email is the caller's. */
bool shop_email_clean(const char *text, char **ret_email, struct shop_error *err) SHOP_CHECKED;

/** A two-letter country code, upper-cased into ret_country. Fails with E_INVALID. */
bool shop_country_clean(const char *text, char ret_country[3], struct shop_error *err) SHOP_CHECKED;

/** Whether the text holds 13–19 digits (any separators) that pass Luhn and begin like a card number. */
bool shop_text_has_card_number(const char *text);

/**
 * Append text so that a terminal shows it and does not obey it: C0, C1, DEL, bidi controls and invalid bytes
 * become `\x1b`-style text. Every human format goes through this.
 */
void shop_text_escape(GString *to, const char *text);

/**
 * How many columns of a terminal a text takes: two for wide characters and pictures, none for combining marks, and
 * what is joined to one sign counted as one. Valid UTF-8 without control characters, as shop_text_escape gives it.
 */
size_t shop_text_width(const char *text);

/** How many bytes of the text, in whole signs, fit into so many columns; *ret_width says how many they take. */
size_t shop_text_fitting(const char *text, size_t columns, size_t *ret_width);

/** Whether a spreadsheet would take the text for a formula. Full-width forms of = + - @ count too: they are folded. */
bool shop_text_is_formula(const char *text);

/** Append a cell of CSV (RFC 4180), quoted where it must be. */
void shop_text_csv(GString *to, const char *text);

/** The text without case and accents, as a search compares it: "Łódź Å" is "lodz a". A new string; what is no UTF-8 is "". */
char *shop_text_fold(const char *text);

/** Edit distance (insert, delete, replace, swap = 1), for "did you mean". */
size_t shop_text_distance(const char *a, const char *b);

/**
 * The nearest of `names` to `word`, or NULL when none is near (more than a third of the letters differ).
 */
const char *shop_text_nearest(const char *word, const char *const *names, size_t count);

#endif
