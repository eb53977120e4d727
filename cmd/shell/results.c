/*
 * Where a result goes, and what was seen in it.
 */
#include "shell/shell.h"

#include "shop/record_path.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Kept of a result for \copy and the transcript. */
#define KEPT_MAX ((size_t)1 << 20)

static bool write_fd(int fd, const char *bytes, size_t size)
{
	while (size > 0) {
		ssize_t wrote = write(fd, bytes, size);

		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote < 0)
			return false;
		bytes += wrote;
		size -= (size_t)wrote;
	}
	return true;
}

static void keep(struct results *r, const char *bytes, size_t size)
{
	size_t room = KEPT_MAX - MIN(r->last->len, KEPT_MAX);

	g_string_append_len(r->last, bytes, (gssize)MIN(room, size));
	r->beyond += size - MIN(room, size);
}

static int target_fd(const struct results *r)
{
	if (r->sh.pid != 0)
		return r->sh.in;
	if (r->once_fd >= 0)
		return r->once_fd;
	if (r->other.pid != 0)
		return r->other.in;
	return r->other_fd >= 0 ? r->other_fd : STDOUT_FILENO;
}

static void look(void *ctx, const char *bytes, size_t size)
{
	struct results *r = ctx;

	keep(r, bytes, size);
	/* A copy that cannot be written is no longer made; the result itself is not harmed. */
	if (r->tee_fd >= 0 && !write_fd(r->tee_fd, bytes, size)) {
		(void)fprintf(stderr, "shopctl: warning: cannot write the copy: %s\n",
			      g_strerror(errno));
		(void)close(r->tee_fd);
		r->tee_fd = -1;
	}
}

/* Records that have no object behind them (a count, a row of a query) leave $_ as it is. */
static void take_id(struct seen *seen, const struct shop_record *type, const void *record)
{
	const struct shop_field *field = shop_record_key(type);
	struct shop_value value = shop_field_value(field, record);
	char id[SHOP_ID_TEXT];

	if (field->type == SHOP_TYPE_ID && value.number != 0)
		g_strlcpy(seen->id, shop_id_format(field->id_type, value.number, id),
			  sizeof(seen->id));
	else if (value.text != NULL &&
		 (strcmp(field->name, "sku") == 0 || shop_id_type_of(value.text) != SHOP_ID_NONE))
		g_strlcpy(seen->id, value.text, sizeof(seen->id));
}

static void saw(void *ctx, const struct shop_record *type, const void *record)
{
	struct results *r = ctx;
	struct seen *seen = &r->waiting;

	take_id(seen, type, record);
	if (seen->count++ == 0 && r->kept.count == 0) {
		struct shop_json j = {.to = g_string_new(NULL)};

		shop_record_json(&j, NULL, type, record);
		g_free(seen->first);
		seen->first = g_string_free(j.to, FALSE);
	}
}

static void settled(void *ctx, bool kept)
{
	struct results *r = ctx;

	if (kept && r->waiting.count > 0) {
		r->kept.count += r->waiting.count;
		if (*r->waiting.id != '\0')
			memcpy(r->kept.id, r->waiting.id, sizeof(r->kept.id));
		if (r->kept.first == NULL)
			r->kept.first = g_steal_pointer(&r->waiting.first);
	}
	g_free(r->waiting.first);
	r->waiting = (struct seen){0};
}

void results_init(struct shell *sh)
{
	struct results *r = &sh->results;

	r->target = (struct out_target){.ctx = r, .look = look, .saw = saw, .settled = settled};
	r->screen = isatty(STDOUT_FILENO) || getenv("SHOPCTL_FORCE_TTY") != NULL;
	r->pager = !sh->s->inv->g.no_pager;
	r->last = g_string_new(NULL);
	r->other_fd = r->once_fd = r->tee_fd = -1;
}

static void close_fd(int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
	*fd = -1;
}

void results_done(struct results *r)
{
	if (r->last == NULL)
		return;
	(void)child_end(&r->other);
	close_fd(&r->other_fd);
	close_fd(&r->once_fd);
	close_fd(&r->tee_fd);
	g_string_free(r->last, TRUE);
	g_free(r->kept.first);
	g_free(r->waiting.first);
}

bool results_begin(struct results *r, const char *program, bool silent, struct shop_error *err)
{
	g_free(r->kept.first);
	g_free(r->waiting.first);
	r->kept = r->waiting = (struct seen){0};
	g_string_truncate(r->last, 0);
	r->beyond = 0;
	(void)fflush(stdout);
	if (program != NULL && !child_start(program, true, &r->sh, err))
		return false;
	r->target.fd = silent ? -1 : target_fd(r);
	r->target.terminal = r->screen && r->target.fd == STDOUT_FILENO;
	return true;
}

int results_end(struct results *r)
{
	bool once = r->sh.pid == 0 && r->target.fd >= 0;

	if (once)
		close_fd(&r->once_fd);
	return child_end(&r->sh);
}

bool results_print(struct results *r, const char *text, struct shop_error *err)
{
	bool ok = results_begin(r, NULL, false, err) && out_target_write(&r->target, text, err);

	(void)results_end(r);
	return ok;
}

static bool open_file(const char *path, bool append, int *ret_fd, struct shop_error *err)
{
	*ret_fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | (append ? O_APPEND : O_TRUNC), 0600);
	return *ret_fd >= 0 || shop_fail(err, E_IO, "cannot write %s: %s", path, g_strerror(errno));
}

bool results_redirect(struct results *r, const char *to, struct shop_error *err)
{
	(void)child_end(&r->other);
	close_fd(&r->other_fd);
	if (to == NULL)
		return true;
	return *to == '|' ? child_start(to + 1, true, &r->other, err)
			  : open_file(to, false, &r->other_fd, err);
}

bool results_once(struct results *r, const char *path, struct shop_error *err)
{
	close_fd(&r->once_fd);
	return path == NULL || open_file(path, false, &r->once_fd, err);
}

bool results_tee(struct results *r, const char *path, struct shop_error *err)
{
	close_fd(&r->tee_fd);
	return path == NULL || open_file(path, true, &r->tee_fd, err);
}
