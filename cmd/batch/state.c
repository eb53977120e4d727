/*
 * How far a file is: a line of JSON appended, and made durable, after each transaction. The last
 * whole line counts.
 */
#include "batch/batch.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define TAIL 4096 /* a line of it is under 200 bytes */

static bool fail_io(const char *path, struct shop_error *err)
{
	return shop_fail(err, E_IO, "cannot use the state %s: %s", path, g_strerror(errno));
}

static bool read_last(const char *text, const struct lines *source, int64_t *ret_line,
		      const char *path, struct shop_error *err)
{
	json_t *object = json_loads(text, 0, NULL);
	const char *digest = NULL;
	json_int_t line = 0;
	bool ok = json_unpack(object, "{s:s,s:I}", "batch", &digest, "line", &line) == 0;

	if (!ok)
		shop_fail(err, E_BATCH_STATE, "%s is not the state of a batch", path);
	else if (strcmp(digest, source->digest) != 0)
		ok = shop_fail(err, E_BATCH_STATE, "%s is the state of another file than %s", path,
			       source->name);
	*ret_line = line;
	json_decref(object);
	return ok;
}

/* The last line that has its end; what a crash cut off behind it is thrown away. */
static bool read_state(struct state *state, const struct lines *source, const char *path,
		       struct shop_error *err)
{
	char tail[TAIL + 1];
	off_t size = lseek(state->fd, 0, SEEK_END);
	off_t from = MAX(0, size - TAIL);
	ssize_t got = size < 0 ? -1 : pread(state->fd, tail, TAIL, from);
	char *end, *begin;

	if (got < 0)
		return fail_io(path, err);
	tail[got] = '\0';
	end = memrchr(tail, '\n', (size_t)got);
	if (end == NULL && got > 0 && tail[0] != '{')
		return shop_fail(err, E_BATCH_STATE, "%s is not the state of a batch", path);
	if (ftruncate(state->fd, end == NULL ? 0 : from + (end - tail) + 1) != 0)
		return fail_io(path, err);
	if (end == NULL)
		return true;
	*end = '\0';
	begin = strrchr(tail, '\n');
	return read_last(begin == NULL ? tail : begin + 1, source, &state->line, path, err);
}

bool state_open(struct state *state, const char *path, const struct lines *source,
		struct shop_error *err)
{
	if (path == NULL)
		return true;
	state->fd = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY, 0600);
	if (state->fd < 0)
		return fail_io(path, err);
	if (flock(state->fd, LOCK_EX | LOCK_NB) != 0)
		return shop_fail(err, E_BATCH_RUNNING, "another batch runs with the state %s",
				 path);
	return read_state(state, source, path, err);
}

bool state_save(struct state *state, const struct lines *source, int64_t line,
		struct shop_error *err)
{
	char text[160];
	int length;

	if (state->fd < 0)
		return true;
	length =
		g_snprintf(text, sizeof(text), "{\"batch\":\"%s\",\"line\":%" G_GINT64_FORMAT "}\n",
			   source->digest, line);
	if (write(state->fd, text, (size_t)length) != length || fdatasync(state->fd) != 0)
		return shop_fail(err, E_IO, "cannot write the state: %s", g_strerror(errno));
	return true;
}

void state_close(struct state *state)
{
	if (state->fd >= 0)
		(void)close(state->fd);
}
