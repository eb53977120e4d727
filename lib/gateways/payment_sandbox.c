/*
 * The sandbox gateway: a provider without memory. Its answers are a function of token, kind and
 *key, so every kind of trouble can be had at will and is the same each time:
 *
 *	approve		done
 *	decline		authorizations are refused, everything else is done
 *	late		pending when called, done when asked
 *	slow		pending, however often it is asked
 *	timeout		unknown when called although it was done: asked, it says so
 *	silent		no answer, however often it is asked
 *	twice		done, and the answer is delivered twice
 *	WORD.KIND	WORD for operations of that kind, approve for the others: timeout.capture
 *
 * Its reference of an operation follows from the key, so calling again gives the same one. With a
 *log it appends "sandbox KIND KEY AMOUNT" for each call and "sandbox ask KEY AMOUNT" for each
 *question, in one write: a test counts there what went out under which key.
 */
#include "gateways/gateway.h"

#include <fcntl.h>
#include <glib.h>
#include <string.h>
#include <unistd.h>

static void note(const struct gateway_call *call, const char *what)
{
	char *line;
	int fd;

	if (call->log == NULL)
		return;
	fd = open(call->log, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return;
	line = g_strdup_printf("sandbox %s %s %" G_GINT64_FORMAT "\n", what, call->key,
			       call->amount_minor);
	(void)!write(fd, line, strlen(line));
	g_free(line);
	(void)close(fd);
}

/* What the token says for this kind of operation. */
static const char *word_of(const struct gateway_call *call, char word[16])
{
	const char *token = call->token == NULL ? "approve" : call->token;
	const char *dot = strchr(token, '.');

	g_strlcpy(word, token, 16);
	if (dot == NULL)
		return strcmp(word, "decline") == 0 && strcmp(call->kind, "authorize") != 0
			       ? "approve"
			       : word;
	if (strcmp(dot + 1, call->kind) != 0)
		return "approve";
	word[MIN((size_t)(dot - token), 15)] = '\0';
	return word;
}

static void answer(struct gateway_answer *ret_answer, enum gateway_verdict verdict,
		   const char *message)
{
	*ret_answer = (struct gateway_answer){.verdict = verdict, .copies = 1};
	g_strlcpy(ret_answer->message, message, sizeof(ret_answer->message));
}

/* The reference tells nothing of the key: it goes into the journal. */
static void name_it(const struct gateway_call *call, struct gateway_answer *ret_answer)
{
	char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, call->key, -1);

	(void)g_snprintf(ret_answer->provider_ref, sizeof(ret_answer->provider_ref), "sbx_%.20s",
			 sum);
	g_free(sum);
}

static void call(const struct gateway_call *call, struct gateway_answer *ret_answer)
{
	char buffer[16];
	const char *word = word_of(call, buffer);

	note(call, call->kind);
	if (strcmp(word, "decline") == 0) {
		answer(ret_answer, GATEWAY_REFUSED, "declined by the sandbox");
	} else if (strcmp(word, "late") == 0 || strcmp(word, "slow") == 0) {
		answer(ret_answer, GATEWAY_PENDING, "the sandbox answers later");
	} else if (strcmp(word, "timeout") == 0 || strcmp(word, "silent") == 0) {
		answer(ret_answer, GATEWAY_UNKNOWN, "no answer in time");
	} else {
		answer(ret_answer, GATEWAY_DONE, "");
		name_it(call, ret_answer);
		ret_answer->copies = strcmp(word, "twice") == 0 ? 2 : 1;
	}
}

static void ask(const struct gateway_call *call, struct gateway_answer *ret_answer)
{
	char buffer[16];
	const char *word = word_of(call, buffer);

	note(call, "ask");
	if (strcmp(word, "decline") == 0) {
		answer(ret_answer, GATEWAY_REFUSED, "declined by the sandbox");
	} else if (strcmp(word, "slow") == 0) {
		answer(ret_answer, GATEWAY_PENDING, "the sandbox answers later");
	} else if (strcmp(word, "silent") == 0) {
		answer(ret_answer, GATEWAY_UNKNOWN, "no answer in time");
	} else {
		answer(ret_answer, GATEWAY_DONE, "");
		name_it(call, ret_answer);
	}
}

const struct payment_gateway payment_sandbox = {.driver = "sandbox", .call = call, .ask = ask};
