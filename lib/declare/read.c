/*
 * A file from its bytes to a set of objects. It is read whole, within a limit, before anything is
 * opened or locked.
 */
#include "declare/declare_run.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BLOCK 65536
#define LINE_MAX_YAML ((size_t)1 << 20) /* bytes; JSON has a whole file on one line */

static bool fail_io(const struct shop_declare *set, const char *doing, struct shop_error *err)
{
	return shop_fail(err, E_IO, "cannot %s %s: %s", doing, set->name, g_strerror(errno));
}

static bool read_all(const struct shop_declare *set, int fd, GString *to, struct shop_error *err)
{
	char *block = g_malloc(BLOCK);
	ssize_t got = 1;
	bool ok = true;

	while (ok && got != 0) {
		got = read(fd, block, BLOCK);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			ok = fail_io(set, "read", err);
		else if (to->len + (size_t)got > SHOP_DECLARE_BYTES_MAX)
			ok = shop_fail(err, E_DECLARE, "%s is larger than %d MiB; split it",
				       set->name, (int)(SHOP_DECLARE_BYTES_MAX >> 20));
		else
			g_string_append_len(to, block, got);
	}
	g_free(block);
	return ok;
}

static bool load(const struct shop_declare *set, GString *to, struct shop_error *err)
{
	int fd;
	bool ok;

	if (strcmp(set->file->path, "-") == 0)
		return read_all(set, set->file->fd, to, err);
	fd = open(set->file->path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return fail_io(set, "open", err);
	ok = read_all(set, fd, to, err);
	(void)close(fd);
	return ok;
}

static void take_digest(struct shop_declare *set, const GString *bytes)
{
	unsigned char hash[crypto_hash_sha256_BYTES];

	crypto_hash_sha256(hash, (const unsigned char *)bytes->str, bytes->len);
	(void)sodium_bin2hex(set->digest, sizeof(set->digest), hash, sizeof(hash));
}

/* The place of the first byte that no text has; false when all are text. */
static bool find_bad_byte(const GString *bytes, struct declare_place *ret_at)
{
	const char *end = memchr(bytes->str, '\0', bytes->len);
	const char *bad, *line = bytes->str;

	if (end == NULL && g_utf8_validate(bytes->str, (gssize)bytes->len, &bad))
		return false;
	if (end != NULL && g_utf8_validate(bytes->str, end - bytes->str, &bad))
		bad = end;
	ret_at->line = 1;
	for (const char *p = bytes->str; p < bad; p++)
		if (*p == '\n') {
			ret_at->line++;
			line = p + 1;
		}
	ret_at->column = g_utf8_pointer_to_offset(line, bad) + 1;
	return true;
}

static bool check_lines(struct shop_declare *set, const GString *bytes)
{
	const char *at = bytes->str, *end = bytes->str + bytes->len;

	for (int64_t line = 1; at < end; line++) {
		const char *newline = memchr(at, '\n', (size_t)(end - at));
		size_t length = (size_t)((newline == NULL ? end : newline) - at);

		if (length > LINE_MAX_YAML) {
			declare_stop(set, (struct declare_place){line, 1},
				     "a line longer than 1 MiB");
			return false;
		}
		at += length + 1;
	}
	return true;
}

static enum shop_declare_format format_of(const struct shop_declare *set, const GString *bytes)
{
	static const struct {
		const char *ending;
		enum shop_declare_format format;
	} endings[] = {{".yaml", SHOP_DECLARE_YAML},  {".yml", SHOP_DECLARE_YAML},
		       {".json", SHOP_DECLARE_JSON},  {".csv", SHOP_DECLARE_CSV},
		       {".jsonl", SHOP_DECLARE_JSON}, {".ndjson", SHOP_DECLARE_JSON}};
	const char *text = bytes->str;

	if (set->file->format != SHOP_DECLARE_GUESS)
		return set->file->format;
	for (size_t i = 0; i < G_N_ELEMENTS(endings); i++)
		if (g_str_has_suffix(set->file->path, endings[i].ending))
			return endings[i].format;
	text += strspn(text, " \t\r\n");
	if (*text == '{' || (*text == '[' && strchr(text, '"') != NULL))
		return SHOP_DECLARE_JSON;
	return g_str_has_prefix(text, "kind,") || g_str_has_prefix(text, "\"kind\",")
		       ? SHOP_DECLARE_CSV
		       : SHOP_DECLARE_YAML;
}

static bool read_bytes(struct shop_declare *set, const GString *bytes, struct shop_error *err)
{
	enum shop_declare_format format = format_of(set, bytes);
	struct declare_place at;

	if (find_bad_byte(bytes, &at))
		declare_stop(set, at, "not text: bytes that are no UTF-8");
	else if (format == SHOP_DECLARE_CSV)
		return csv_read_all(set, bytes, err);
	else if (format == SHOP_DECLARE_JSON)
		json_read(set, bytes->str, bytes->len);
	else if (check_lines(set, bytes))
		yaml_read(set, bytes->str, bytes->len);
	return true;
}

bool shop_declare_read(const struct shop_declare_file *file, struct shop_declare **ret_set,
		       struct shop_error *err)
{
	struct shop_declare *set;
	AUTO_STRING GString *bytes = g_string_new(NULL);
	bool ok;

	if (file->kind != NULL && declare_kind_find(file->kind) == NULL)
		return declare_kind_unknown(file->kind, err);
	set = set_new(file);
	ok = load(set, bytes, err);
	if (ok) {
		take_digest(set, bytes);
		if (g_str_has_prefix(bytes->str, "\xef\xbb\xbf"))
			g_string_erase(bytes, 0, 3);
		ok = read_bytes(set, bytes, err);
		set_close(set);
		ok = ok && declare_settled(set, err);
	}
	if (ok) {
		set->file = NULL;
		*ret_set = set;
	} else {
		shop_declare_free(set);
	}
	return ok;
}
