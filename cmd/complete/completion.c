/* shopctl completion: the script that switches completion on in a shell. */
#include "complete/complete.h"

#include <string.h>

/* scripts.S */
extern const char completion_script_bash[], completion_script_zsh[], completion_script_fish[];

struct completion_args {
	const char *shell;
};

static const char *const shells[] = {"bash", "zsh", "fish", NULL};

static const struct operand_spec operands[] = {
	OPERAND(struct completion_args, shell, const char *, ARG_WORD, "SHELL", "bash, zsh or fish",
		.words = shells),
	{0},
};

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct completion_args *a = args;
	const char *script = completion_script_bash;

	(void)s;
	if (strcmp(a->shell, "zsh") == 0)
		script = completion_script_zsh;
	else if (strcmp(a->shell, "fish") == 0)
		script = completion_script_fish;
	return out_text(out, script, err);
}

const struct command cmd_completion = {
	.name = "completion",
	.summary = "The script that lets a shell complete shopctl's words",
	.description =
		"Tab then offers commands, options with what they mean, ids with their customer "
		"and total, SKUs and customers by words of what they are called, fields, states "
		"and files. `make install` puts the scripts where shells look for them.\n\n"
		"The scripts ask `shopctl __complete -- WORDS`, whose last word is the one being "
		"typed. It prints a line for each candidate, the word and behind a tab what it is, "
		"and then a colon with the sum of 1 (no space after the word) and 2 (a file's name "
		"is wanted; behind a blank, how many bytes of the word stand before it). It only "
		"reads, says nothing of errors, and rather gives nothing than "
		"take longer than completion.limit (50ms).",
	.operands = operands,
	.args_size = sizeof(struct completion_args),
	.needs = NEEDS_NOTHING,
	.run = run,
	.examples = "source <(shopctl completion bash)\nsource <(shopctl completion zsh)\n"
		    "shopctl completion fish | source",
	.see_also = "help",
};
