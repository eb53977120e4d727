/*
 * The file of a batch, read by pieces: no more than one line is ever held.
 */
#include "batch/batch.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PIECE ((size_t)64 << 10)

static bool fail_io(const struct lines *source, const char *doing, struct shop_error *err)
{
	return shop_fail(err, E_IO, "cannot %s %s: %s", doing, source->name, g_strerror(errno));
}

/* What comes through a pipe is read once, and keys need the digest of all of it. */
static bool spool(struct lines *source, int from, struct shop_error *err)
{
	FILE *file = tmpfile();
	char *piece = g_malloc(PIECE);
	ssize_t got = 0;
	bool ok = file != NULL;

	source->fd = ok ? fcntl(fileno(file), F_DUPFD_CLOEXEC, 3) : -1;
	if (file != NULL)
		(void)fclose(file);
	ok = source->fd >= 0;
	while (ok && (got = read(from, piece, PIECE)) != 0)
		if (got > 0)
			ok = write(source->fd, piece, (size_t)got) == got;
		else
			ok = errno == EINTR;
	g_free(piece);
	return ok || fail_io(source, "read", err);
}

static bool open_file(struct lines *source, const char *path, struct shop_error *err)
{
	struct stat st;

	if (strcmp(path, "-") == 0) {
		source->name = "stdin";
		if (isatty(STDIN_FILENO))
			(void)fputs("reading commands from the terminal, end with Ctrl-D\n",
				    stderr);
		return spool(source, STDIN_FILENO, err);
	}
	source->fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (source->fd < 0 || fstat(source->fd, &st) != 0)
		return fail_io(source, "open", err);
	if (!S_ISREG(st.st_mode)) {
		int from = source->fd;
		bool ok = spool(source, from, err);

		(void)close(from);
		return ok;
	}
	return true;
}

/* More bytes into the buffer, what was taken from it thrown away; *ret_more false at the end. */
static bool fill(struct lines *source, bool *ret_more, struct shop_error *err)
{
	size_t room = PIECE;
	size_t length;
	ssize_t got;

	g_string_erase(source->buffer, 0, (gssize)source->at);
	source->at = 0;
	if (source->bytes >= 0)
		room = MIN(room, (size_t)(source->bytes - source->taken));
	length = source->buffer->len;
	g_string_set_size(source->buffer, length + room);
	do
		got = read(source->fd, source->buffer->str + length, room);
	while (got < 0 && errno == EINTR);
	g_string_set_size(source->buffer, length + (size_t)MAX(got, 0));
	if (got < 0)
		return fail_io(source, "read", err);
	source->taken += got;
	*ret_more = got > 0;
	return true;
}

static bool too_long(const struct lines *source, struct shop_error *err)
{
	return shop_fail(err, E_BATCH_LINE, "%s:%" G_GINT64_FORMAT ": longer than 1 MiB",
			 source->name, source->number + 1);
}

/* The next line, whatever it holds. */
static bool next_line(struct lines *source, bool *ret_more, struct shop_error *err)
{
	size_t searched = 0;
	const char *end;
	bool more = true;

	for (;;) {
		const char *from = source->buffer->str + source->at;
		size_t size = source->buffer->len - source->at;

		end = memchr(from + searched, '\n', size - searched);
		if (end != NULL || !more)
			break;
		searched = size;
		if (searched > BATCH_LINE_MAX)
			return too_long(source, err);
		if (!fill(source, &more, err))
			return false;
	}
	*ret_more = end != NULL || source->at < source->buffer->len;
	if (!*ret_more)
		return true;
	g_string_truncate(source->text, 0);
	if (end == NULL)
		end = source->buffer->str + source->buffer->len;
	g_string_append_len(source->text, source->buffer->str + source->at,
			    end - (source->buffer->str + source->at));
	source->at = MIN((size_t)(end - source->buffer->str) + 1, source->buffer->len);
	if (source->text->len > BATCH_LINE_MAX)
		return too_long(source, err);
	source->number++;
	return true;
}

static bool is_blank(const GString *text)
{
	size_t first = strspn(text->str, " \t\r");

	return text->str[first] == '#' || first == text->len;
}

bool lines_next(struct lines *source, bool *ret_more, struct shop_error *err)
{
	do
		if (!next_line(source, ret_more, err))
			return false;
	while (*ret_more && is_blank(source->text));
	return true;
}

static bool check_line(const struct lines *source, struct shop_error *err)
{
	AUTO_ERROR struct shop_error wrong = {0};
	char **words = NULL;
	char *key = NULL, *expect = NULL;
	bool ok;

	if (strlen(source->text->str) != source->text->len)
		ok = shop_fail(&wrong, E_USAGE, "it holds a NUL");
	else
		ok = item_read(source->text->str, &words, &key, &expect, &wrong);
	g_strfreev(words);
	g_free(key);
	g_free(expect);
	return ok || shop_fail(err, E_BATCH_LINE, "%s:%" G_GINT64_FORMAT ": %s", source->name,
			       source->number, wrong.message);
}

/* A file with a line that cannot be read is refused whole. */
static bool check_lines(struct lines *source, struct shop_error *err)
{
	bool more = true;

	while (more) {
		if (!lines_next(source, &more, err))
			return false;
		if (more && !check_line(source, err))
			return false;
	}
	return true;
}

static bool make_digest(struct lines *source, struct shop_error *err)
{
	GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
	bool more = true, ok = true;

	while (ok && more) {
		source->at = source->buffer->len;
		ok = fill(source, &more, err);
		g_checksum_update(sum, (const guchar *)source->buffer->str,
				  (gssize)source->buffer->len);
	}
	g_strlcpy(source->digest, g_checksum_get_string(sum), sizeof(source->digest));
	g_checksum_free(sum);
	return ok;
}

bool lines_rewind(struct lines *source, struct shop_error *err)
{
	g_string_truncate(source->buffer, 0);
	source->at = 0;
	source->taken = 0;
	source->number = 0;
	return lseek(source->fd, 0, SEEK_SET) == 0 || fail_io(source, "read", err);
}

bool lines_open(struct lines *source, const char *path, struct shop_error *err)
{
	*source = (struct lines){
		.name = path,
		.fd = -1,
		.bytes = -1,
		.buffer = g_string_sized_new(2 * PIECE),
		.text = g_string_sized_new(256),
	};
	if (!open_file(source, path, err) || !lines_rewind(source, err) ||
	    !make_digest(source, err))
		return false;
	source->bytes = source->taken;
	return lines_rewind(source, err) && check_lines(source, err) && lines_rewind(source, err);
}

void lines_close(struct lines *source)
{
	if (source->buffer == NULL)
		return;
	g_string_free(source->buffer, TRUE);
	g_string_free(source->text, TRUE);
	if (source->fd >= 0)
		(void)close(source->fd);
}
