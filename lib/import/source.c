/*
 * Bytes and lines of the file. It is read by place (pread), so that a group that has to run again
 * can go back, and never more than one line at a time is held.
 */
#include "import/import_run.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define BUFFER_FIRST ((size_t)256 << 10)

static bool fail_io(const struct import_source *s, const char *doing, struct shop_error *err)
{
	return shop_fail(err, E_IO, "cannot %s %s: %s", doing, s->name, g_strerror(errno));
}

static bool fail_big(const struct import_source *s, struct shop_error *err)
{
	return shop_fail(err, E_IMPORT, "%s is larger than %d MiB; split it", s->name,
			 (int)(SHOP_IMPORT_BYTES_MAX >> 20));
}

static bool write_all(int fd, const char *from, size_t size)
{
	ssize_t done;

	for (; size > 0; from += done, size -= (size_t)done) {
		done = write(fd, from, size);
		if (done < 0 && errno == EINTR)
			done = 0;
		else if (done < 0)
			return false;
	}
	return true;
}

static bool copy_all(struct import_source *s, int from, struct shop_error *err)
{
	char *block = g_malloc(BUFFER_FIRST);
	int64_t total = 0;
	ssize_t got;
	bool ok = true;

	while (ok && (got = read(from, block, BUFFER_FIRST)) != 0) {
		if (got < 0 && errno == EINTR)
			continue;
		total += got;
		if (got < 0)
			ok = fail_io(s, "read", err);
		else if (total > SHOP_IMPORT_BYTES_MAX)
			ok = fail_big(s, err);
		else if (!write_all(s->fd, block, (size_t)got))
			ok = fail_io(s, "spool", err);
	}
	g_free(block);
	return ok;
}

/* What comes through a pipe can be read once only, and no transaction waits for it. */
static bool spool(struct import_source *s, int from, struct shop_error *err)
{
	FILE *file = tmpfile();

	if (file == NULL)
		return fail_io(s, "spool", err);
	s->fd = fcntl(fileno(file), F_DUPFD_CLOEXEC, 3);
	(void)fclose(file);
	if (s->fd < 0)
		return fail_io(s, "spool", err);
	return copy_all(s, from, err);
}

static bool open_file(struct import_source *s, const char *path, struct shop_error *err)
{
	s->fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	return s->fd >= 0 || fail_io(s, "open", err);
}

bool source_open(struct import_source *s, const struct shop_import *in, struct shop_error *err)
{
	bool piped = strcmp(in->path, "-") == 0;

	s->fd = -1;
	s->name = piped ? "stdin" : in->path;
	if (!(piped ? spool(s, in->fd, err) : open_file(s, in->path, err)))
		return false;
	if (fstat(s->fd, &s->opened) != 0)
		return fail_io(s, "read", err);
	if (!S_ISREG(s->opened.st_mode))
		return shop_fail(err, E_IO, "%s is not a regular file; a pipe is read with -",
				 s->name);
	if (s->opened.st_size > SHOP_IMPORT_BYTES_MAX)
		return fail_big(s, err);
	s->buffer = g_malloc(BUFFER_FIRST);
	s->size = BUFFER_FIRST;
	return true;
}

void source_close(struct import_source *s)
{
	if (s->fd >= 0)
		(void)close(s->fd);
	g_free(s->buffer);
	*s = (struct import_source){.fd = -1};
}

/* Read on behind `end`, making room first. */
static bool fill(struct import_source *s, struct shop_error *err)
{
	ssize_t got;

	if (s->start > 0) {
		memmove(s->buffer, s->buffer + s->start, s->end - s->start);
		s->offset += (int64_t)s->start;
		s->end -= s->start;
		s->start = 0;
	}
	if (s->end == s->size) {
		s->size *= 2;
		s->buffer = g_realloc(s->buffer, s->size);
	}
	do
		got = pread(s->fd, s->buffer + s->end, s->size - s->end,
			    s->offset + (int64_t)s->end);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return fail_io(s, "read", err);
	s->end += (size_t)got;
	s->eof = got == 0;
	if (s->offset == 0 && s->end == (size_t)got && got >= 3 &&
	    memcmp(s->buffer, "\xef\xbb\xbf", 3) == 0)
		s->start = 3; /* the byte order mark that some programs write */
	return true;
}

bool source_line(struct import_source *s, size_t max, const char **ret_line, size_t *ret_length,
		 struct shop_error *err)
{
	const char *newline = NULL;
	size_t looked = 0;

	*ret_line = NULL;
	for (;;) {
		size_t have = s->end - s->start;

		*ret_length = have;
		newline = memchr(s->buffer + s->start + looked, '\n', have - looked);
		if (newline != NULL || s->eof || have > max)
			break;
		looked = have;
		if (!fill(s, err))
			return false;
	}
	if (newline != NULL)
		*ret_length = (size_t)(newline + 1 - (s->buffer + s->start));
	if (*ret_length == 0)
		return true;
	s->line++;
	if (*ret_length > max)
		return true;
	*ret_line = s->buffer + s->start;
	s->line_offset = s->offset + (int64_t)s->start;
	s->start += *ret_length;
	return true;
}

void source_seek(struct import_source *s, int64_t offset, int64_t line)
{
	s->offset = offset;
	s->start = 0;
	s->end = 0;
	s->eof = false;
	s->line = line;
}

bool source_digest(struct import_source *s, char **ret_hex, struct shop_error *err)
{
	crypto_hash_sha256_state state;
	unsigned char hash[crypto_hash_sha256_BYTES];
	char hex[2 * sizeof(hash) + 1];
	int64_t at = 0;
	ssize_t got;

	crypto_hash_sha256_init(&state);
	while ((got = pread(s->fd, s->buffer, s->size, at)) != 0) {
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return fail_io(s, "read", err);
		crypto_hash_sha256_update(&state, (const unsigned char *)s->buffer, (size_t)got);
		at += got;
	}
	crypto_hash_sha256_final(&state, hash);
	source_seek(s, 0, 0);
	*ret_hex = g_strdup(sodium_bin2hex(hex, sizeof(hex), hash, sizeof(hash)));
	return true;
}

bool source_unchanged(const struct import_source *s, struct shop_error *err)
{
	struct stat now;

	if (fstat(s->fd, &now) != 0)
		return fail_io(s, "read", err);
	if (now.st_size == s->opened.st_size && now.st_mtim.tv_sec == s->opened.st_mtim.tv_sec &&
	    now.st_mtim.tv_nsec == s->opened.st_mtim.tv_nsec)
		return true;
	return shop_fail(err, E_IO, "%s changed while it was read; import it again", s->name);
}
