/* A row into a record, by the record's field table. */
#include "store/store_internal.h"

#include <assert.h>

static int fill(const struct db_query *q, int column, const struct shop_record *type, char *record);

/* One field from its column; returns the next column. */
static int fill_field(const struct db_query *q, int column, const struct shop_field *field,
		      char *record)
{
	char *at = record + field->offset;

	if (field->type == SHOP_TYPE_LIST || (field->flags & SHOP_FIELD_EXTRA))
		return column;
	switch (field->type) {
	case SHOP_TYPE_RECORD:
		return fill(q, column, field->child, at);
	case SHOP_TYPE_TEXT:
	case SHOP_TYPE_WORD:
	case SHOP_TYPE_JSON:
		*(char **)(void *)at = db_text_dup(q, column);
		break;
	case SHOP_TYPE_ID:
		*(int64_t *)(void *)at = db_int(q, column);
		if (*(int64_t *)(void *)at == SHOP_NULL)
			*(int64_t *)(void *)at = 0;
		break;
	default:
		*(int64_t *)(void *)at = db_int(q, column);
		break;
	}
	return column + 1;
}

static int fill(const struct db_query *q, int column, const struct shop_record *type, char *record)
{
	for (size_t i = 0; i < type->count; i++)
		column = fill_field(q, column, &type->fields[i], record);
	return column;
}

void db_row(const struct db_query *q, int column, const struct shop_record *type, void *record)
{
	int end = fill(q, column, type, record);

	/* A SELECT with other columns than the table's is a mistake in our own code. */
	assert(end <= q->store->driver->columns(q->stmt->handle));
	(void)end;
}
