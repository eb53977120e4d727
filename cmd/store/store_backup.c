/* shopctl store backup, restore: a verified copy, and a store made from one. */
#include "store/store.h"

#include "shop/text.h"

#include <glib.h>

struct file_args {
	const char *file;
};

static const struct operand_spec operands[] = {
	OPERAND(struct file_args, file, const char *, ARG_FILE, "FILE", "the backup"),
	{0},
};

static void on_beat(void *ctx, int64_t done, int64_t total)
{
	out_progress(ctx, total > 0 ? "copying: pages" : "verifying the copy", done, total);
}

static bool run_backup(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct file_args *a = args;
	AUTO_TEXT char *sentence =
		g_strdup_printf("%s backed up to %s, verified", s->store_path, a->file);

	shop_store_beat(s->store, on_beat, out);
	return shop_store_backup(s->store, a->file, err) &&
	       store_print(s, s->store, sentence, out, err);
}

static bool run_restore(struct session *s, const void *args, struct out *out,
			struct shop_error *err)
{
	const struct file_args *a = args;
	const struct shop_store_options options = {.path = s->store_path, .mode = SHOP_STORE_READ};
	AUTO_TEXT char *sentence = g_strdup_printf("%s restored from %s", s->store_path, a->file);
	AUTO_STORE struct shop_store *store = NULL;

	if (!shop_store_restore(a->file, s->store_path, err))
		return false;
	if (!shop_store_open(&options, &store, err))
		return shop_fail_because(err, "%s", sentence);
	if (!store_print(s, store, sentence, out, err))
		return false;
	out_next(out, "shopctl check");
	return true;
}

const struct command cmd_store_backup = {
	.name = "backup",
	.summary = "Copy the store to a new file, verified before it appears",
	.description = "Safe beside running writers. The file must not exist yet.",
	.operands = operands,
	.args_size = sizeof(struct file_args),
	.needs = NEEDS_STORE_OPEN,
	.record = &store_record,
	.run = run_backup,
	.examples = "shopctl store backup shop-2026-11-24.db",
	.exits = "4 the file exists already\n74 the copy could not be written or is not sound",
	.see_also = "store restore, check",
};

const struct command cmd_store_restore = {
	.name = "restore",
	.summary = "Make the store from a backup, where there is none",
	.description = "Everything is verified before the store appears. Leases of the backup are "
		       "void afterwards.",
	.operands = operands,
	.args_size = sizeof(struct file_args),
	.needs = NEEDS_STORE_PATH,
	.record = &store_record,
	.run = run_restore,
	.examples = "shopctl -S ./restored.db store restore shop-2026-11-23.db",
	.exits = "4 there is a store already\n74 the backup is damaged\n78 the file is not a "
		 "shopctl store",
	.see_also = "store backup",
};
