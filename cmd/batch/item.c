/*
 * One line of a batch: its words, its key, and what came of it.
 */
#include "batch/batch.h"

#include <jansson.h>
#include <string.h>

static bool take_text(json_t *object, const char *name, char **ret_text, struct shop_error *err)
{
	json_t *value = json_object_get(object, name);

	if (value == NULL || json_is_null(value))
		return true;
	if (!json_is_string(value) || *json_string_value(value) == '\0')
		return shop_fail(err, E_USAGE, "\"%s\" is not a text", name);
	*ret_text = g_strdup(json_string_value(value));
	return true;
}

static bool take_cmd(json_t *object, char ***ret_words, struct shop_error *err)
{
	json_t *cmd = json_object_get(object, "cmd");
	json_t *word;
	size_t i, count = json_array_size(cmd);
	char **words;

	if (!json_is_array(cmd) || count == 0 || count > LINE_WORDS_MAX)
		return shop_fail(err, E_USAGE, "\"cmd\" is not an array of words");
	words = g_new0(char *, count + 2);
	words[0] = g_strdup("shopctl");
	json_array_foreach(cmd, i, word)
	{
		if (!json_is_string(word)) {
			g_strfreev(words);
			return shop_fail(err, E_USAGE, "\"cmd\" is not an array of words");
		}
		words[i + 1] = g_strdup(json_string_value(word));
	}
	*ret_words = words;
	return true;
}

static bool check_members(json_t *object, struct shop_error *err)
{
	const char *name;
	json_t *value;

	json_object_foreach(object, name, value)
	{
		(void)value;
		if (strcmp(name, "cmd") != 0 && strcmp(name, "key") != 0 &&
		    strcmp(name, "expect") != 0)
			return shop_fail(err, E_USAGE,
					 "\"%.40s\" is not one of cmd, key and expect", name);
	}
	return true;
}

static bool read_json(const char *text, char ***ret_words, char **ret_key, char **ret_expect,
		      struct shop_error *err)
{
	json_error_t problem;
	json_t *object = json_loads(text, JSON_REJECT_DUPLICATES, &problem);
	bool ok;

	if (object == NULL)
		return shop_fail(err, E_USAGE, "not JSON: %s", problem.text);
	ok = check_members(object, err) && take_text(object, "key", ret_key, err) &&
	     take_text(object, "expect", ret_expect, err) && take_cmd(object, ret_words, err);
	json_decref(object);
	return ok;
}

bool item_read(const char *text, char ***ret_words, char **ret_key, char **ret_expect,
	       struct shop_error *err)
{
	text += strspn(text, " \t");
	if (*text == '{')
		return read_json(text, ret_words, ret_key, ret_expect, err);
	return words_split(text, ret_words, err);
}

/* So that a half-done file can be run again: what was done answers, the rest is done. The digest
 * covers every line, and keys in the order of the lines lie side by side in the store. */
static char *default_key(const struct lines *source)
{
	return g_strdup_printf("batch:%.32s:%09" G_GINT64_FORMAT, source->digest, source->number);
}

/* The key counts where the line has none of its own. */
static void set_key(struct item *item)
{
	struct invocation *inv = &item->line->inv;

	if (inv->g.key == NULL && line_is_mutation(item->line))
		inv->g.key = item->key;
	if (inv->g.expect == NULL)
		inv->g.expect = item->expect;
}

struct item *item_new(struct batch *batch)
{
	const struct lines *source = &batch->source;
	struct item *item = g_new0(struct item, 1);
	char **words = NULL;
	bool ok = item_read(source->text->str, &words, &item->key, &item->expect, &item->err);

	item->number = source->number;
	item->size = source->text->len;
	item->result = g_string_new(NULL);
	if (words == NULL) {
		words = g_new0(char *, 2);
		words[0] = g_strdup("shopctl");
	}
	item->line = line_new(&batch->host, words);
	item->line->inv.where = g_strdup_printf("%s:%" G_GINT64_FORMAT, source->name, item->number);
	if (item->key == NULL)
		item->key = default_key(source);
	if (ok && line_parse(item->line, &item->err))
		set_key(item);
	return item;
}

void item_free(struct item *item)
{
	g_free((char *)(uintptr_t)item->line->inv.where);
	line_free(item->line);
	shop_error_done(&item->err);
	g_string_free(item->result, TRUE);
	g_free(item->expect);
	g_free(item->key);
	g_free(item);
}

void item_run(struct item *item)
{
	GString *sink = item->line->inv.host->sink;

	if (!item->line->parsed) {
		item->status = (int)item->err.code;
		return;
	}
	shop_error_done(&item->err);
	g_string_truncate(sink, 0);
	item->status = 0;
	if (!line_run(item->line, &item->status, &item->err))
		item->status = (int)item->err.code;
	g_string_truncate(item->result, 0);
	g_string_append_len(item->result, sink->str, (gssize)sink->len);
}

/* Exit status 10 tells of findings, not of a failure. */
bool item_failed(const struct item *item)
{
	return item->status != 0 && item->status != SHOP_FINDINGS;
}

bool item_is_fatal(const struct item *item)
{
	switch (item->err.id) {
	case E_STORE_BUSY:
	case E_STORE_FULL:
	case E_STORE_IO:
	case E_STORE_DAMAGED:
	case E_STORE_UNKNOWN:
		return item_failed(item);
	default:
		return false;
	}
}
