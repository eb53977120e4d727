/*
 * Errors and events from their catalogues.
 */
#include "explain/explain.h"

#include <string.h>

struct error_row {
	char *code, *meaning;
	int64_t exit, retryable;
};

static const struct shop_field error_fields[] = {
	SHOP_FIELD_TEXT(struct error_row, code, "code", "as messages and JSON name it"),
	SHOP_FIELD_INT(struct error_row, exit, "exit", "the exit code: help exit-codes"),
	SHOP_FIELD_BOOL(struct error_row, retryable, "retryable",
			"whether the same command may be run again"),
	SHOP_FIELD_TEXT(struct error_row, meaning, "meaning", "what it means and what to do"),
};

static const struct shop_record error_record = SHOP_RECORD("error", struct error_row, error_fields);

struct event_row {
	char *type, *subject, *data, *meaning;
};

static const struct shop_field event_fields[] = {
	SHOP_FIELD_TEXT(struct event_row, type, "type", "noun.verb"),
	SHOP_FIELD_TEXT(struct event_row, subject, "subject", "what it is about"),
	SHOP_FIELD_TEXT(struct event_row, meaning, "meaning", "what happened"),
	SHOP_FIELD_TEXT(struct event_row, data, "data", "the members of its data"),
};

static const struct shop_record event_record =
	SHOP_RECORD("event_type", struct event_row, event_fields);

static bool print_error(struct out *out, const struct shop_error_info *info, struct shop_error *err)
{
	/* The strings are borrowed: nothing here frees them. */
	const struct error_row row = {
		.code = (char *)(uintptr_t)info->name,
		.meaning = (char *)(uintptr_t)info->help,
		.exit = (int64_t)info->code,
		.retryable = info->code == SHOP_RETRY,
	};

	return out_record(out, &error_record, &row, err);
}

bool explain_errors(struct out *out, const char *code, bool *ret_found, struct shop_error *err)
{
	*ret_found = false;
	for (int id = E_NONE + 1; id < SHOP_ERROR_COUNT; id++) {
		const struct shop_error_info *info = shop_error_info((enum shop_error_id)id);

		if (code != NULL && g_ascii_strcasecmp(info->name, code) != 0)
			continue;
		*ret_found = true;
		if (!print_error(out, info, err))
			return false;
	}
	return true;
}

const struct shop_event_type *explain_find_event(const char *type)
{
	const struct shop_event_type *t = shop_event_types();

	while (t->type != NULL && strcmp(t->type, type) != 0)
		t++;
	return t->type == NULL ? NULL : t;
}

bool explain_event(struct out *out, const struct shop_event_type *type, struct shop_error *err)
{
	/* The strings are borrowed: nothing here frees them. */
	const struct event_row row = {
		.type = (char *)(uintptr_t)type->type,
		.subject = (char *)(uintptr_t)type->subject,
		.data = *type->data == '\0' ? NULL : (char *)(uintptr_t)type->data,
		.meaning = (char *)(uintptr_t)type->meaning,
	};

	return out_record(out, &event_record, &row, err);
}
