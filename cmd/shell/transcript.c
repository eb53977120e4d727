/*
 * The transcript: what was done as a batch can do it again, everything else as comments.
 */
#include "shell/shell.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

bool transcript_open(struct shell *sh, const char *path, struct shop_error *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

	sh->transcript = fd < 0 ? NULL : fdopen(fd, "a");
	return sh->transcript != NULL ||
	       shop_fail(err, E_IO, "cannot write %s: %s", path, g_strerror(errno));
}

/* Each line of a text as a comment. */
static void write_comments(FILE *to, const char *mark, const char *text, size_t size)
{
	const char *end = text + size;

	while (text < end) {
		const char *newline = memchr(text, '\n', (size_t)(end - text));
		const char *stop = newline == NULL ? end : newline;

		(void)fprintf(to, "# %s%.*s\n", mark, (int)(stop - text), text);
		text = stop + 1;
	}
}

void transcript_comment(struct shell *sh, const char *typed)
{
	if (sh->transcript == NULL || line_is_secret(typed))
		return;
	write_comments(sh->transcript, "> ", typed, strlen(typed));
	(void)fflush(sh->transcript);
}

/* The command with everything in it that the shell filled in. */
static char *whole(const char *const *words)
{
	GString *to = g_string_new(NULL);

	for (const char *const *word = words + 1; *word != NULL; word++) {
		if (to->len > 0)
			g_string_append_c(to, ' ');
		exit_append_word(to, *word);
	}
	return g_string_free(to, FALSE);
}

void transcript_command(struct shell *sh, const char *typed, const char *const *words, int status)
{
	const struct results *r = &sh->results;
	char *command, *text;

	if (sh->transcript == NULL)
		return;
	command = whole(words);
	if (line_is_secret(command)) {
		g_free(command);
		return;
	}
	text = g_strdup(typed);
	g_strstrip(text);
	/* What failed did nothing; a batch would stop there. */
	if (line_failed(status) || strcmp(command, text) != 0)
		write_comments(sh->transcript, "> ", text, strlen(text));
	if (!line_failed(status))
		(void)fprintf(sh->transcript, "%s\n",
			      g_utf8_strchr(text, -1, '|') != NULL || strcmp(command, text) != 0
				      ? command
				      : text);
	write_comments(sh->transcript, "", r->last->str, r->last->len);
	if (r->beyond > 0)
		(void)fprintf(sh->transcript, "# … and %zu bytes more\n", r->beyond);
	if (line_failed(status))
		(void)fprintf(sh->transcript, "# exit %d\n", status);
	(void)fflush(sh->transcript);
	g_free(command);
	g_free(text);
}
