/* shopctl store: the group's table and the record its commands print. */
#include "store/store.h"

#include "frame/registry.h"

#include <glib.h>

struct store_row {
	char *path, *uuid, *currency;
	int64_t schema, epoch, size_bytes, wal_bytes, events, test, created_at;
};

static const struct shop_field fields[] = {
	SHOP_FIELD_TEXT(struct store_row, path, "path", "the store's file"),
	SHOP_FIELD_TEXT(struct store_row, uuid, "uuid", "which store it is, wherever it is copied"),
	SHOP_FIELD_TEXT(struct store_row, currency, "currency", "of prices without one",
			.example = "EUR"),
	SHOP_FIELD_INT(struct store_row, schema, "schema", "version of its tables"),
	SHOP_FIELD_INT(struct store_row, epoch, "epoch", "counts restores"),
	SHOP_FIELD_INT(struct store_row, events, "events", "events in the journal"),
	SHOP_FIELD_INT(struct store_row, size_bytes, "size_bytes", "the file's size"),
	SHOP_FIELD_INT(struct store_row, wal_bytes, "wal_bytes", "the write-ahead log's size"),
	SHOP_FIELD_BOOL(struct store_row, test, "test",
			"a test store: fixed clocks and fault points work"),
	SHOP_FIELD_TIME(struct store_row, created_at, "created_at", "when it was made"),
};

const struct shop_record store_record = SHOP_RECORD("store", struct store_row, fields);

bool store_print(struct session *s, struct shop_store *store, const char *sentence, struct out *out,
		 struct shop_error *err)
{
	struct shop_store_info info;
	struct store_row row;
	bool ok;

	if (!shop_store_info(store, &info, err))
		return sentence != NULL && shop_fail_because(err, "%s", sentence);
	row = (struct store_row){
		.path = g_strdup(s->store_path),
		.uuid = g_strdup(info.uuid),
		.currency = g_strdup(info.currency),
		.schema = info.schema_version,
		.epoch = info.epoch,
		.size_bytes = info.size_bytes,
		.wal_bytes = info.wal_bytes,
		.events = info.journal_head,
		.test = info.test,
		.created_at = info.created_us,
	};
	ok = sentence == NULL ? out_record(out, &store_record, &row, err)
			      : out_changed(out, &store_record, &row, err, "%s", sentence);
	shop_record_done(&store_record, &row);
	return ok;
}

static const struct command *const commands[] = {
	&cmd_store_init,    &cmd_store_info,	&cmd_store_backup,
	&cmd_store_restore, &cmd_store_migrate, NULL,
};

const struct command_group group_store = {
	.name = "store",
	.summary = "The file that holds the shop: make, look at, back up",
	.commands = commands,
};
