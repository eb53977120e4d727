/*
 * The topics of `shopctl help TOPIC`.
 */
#include "help/topics.h"

#include <string.h>

static const char exit_codes[] = "0   done\n1   failed without a better code\n2   the command line "
				 "is not understood\n3   not found\n"
				 "4   conflict: version, plan, idempotency key, duplicate\n5   "
				 "invalid data\n6   refused by a rule\n"
				 "7   declined outside\n8   pending outside\n9   some of several "
				 "failed, for different reasons\n"
				 "10  differences or findings\n11  not confirmed; nothing done\n12 "
				 " wait: can no longer become true\n"
				 "13  outcome outside unknown: payment resolve\n69  a module is "
				 "not installed\n70  a defect in shopctl\n"
				 "74  input or output failed\n75  busy: the same command again\n77 "
				 " permission\n78  configuration\n"
				 "124 --timeout ended\n";

static const char environment[] =
	"SHOPCTL_STORE, SHOPCTL_PROFILE, SHOPCTL_CONFIG, SHOPCTL_ACTOR   as the options\n"
	"SHOPCTL_OUTPUT, SHOPCTL_FIELDS_<NOUN>, SHOPCTL_TZ               defaults\n"
	"SHOPCTL_NO_INPUT, SHOPCTL_FORCE_TTY                             for scripts and tests\n"
	"SHOPCTL_NOW                                                     fixed clock, test stores "
	"only\n"
	"NO_COLOR, CLICOLOR_FORCE, FORCE_COLOR, CLICOLOR                 colour\n";

static const char formats[] =
	"table  columns for people (default); wide has all columns\n"
	"json   one object where one operand was named, else an array\njsonl  one object a line\n"
	"csv    RFC 4180 with a header; tsv escapes \\t \\n \\\\\nyaml   every ambiguous scalar "
	"quoted\n"
	"line   field: value blocks\nid     ids one per line, for the next command's -\n"
	"count  how many; none nothing\n";

static const char fields[] =
	"--fields id,total,customer.name,lines[].sku   these, in this order\n"
	"--fields +note,-created_at                    the usual ones with changes\n"
	"--fields '*'                                  all\n"
	"--fields help                                 what there is, with types and meaning\n";

static const char times[] = "2026-11-23, 2026-11-23 14:00, 14:00, 2026-W48-1, RFC 3339\nnow today "
			    "yesterday tomorrow monday\n"
			    "2h ago, -2h, +3d, @1795392000\nDurations: 2h30min, 90s, 3d, 2w. "
			    "--since 2h means two hours ago.\n";

static const char money[] =
	"19.99 (the store's currency), 19.99EUR, 19.99 EUR, EUR 19.99. A dot only; never rounded.\n"
	"JSON: {\"amount\":\"19.99\",\"currency\":\"EUR\",\"minor\":1999}; CSV: columns total and "
	"total_currency.\n";

const char *help_topic(const char *name)
{
	static const struct {
		const char *name;
		const char *text;
	} topics[] = {
		{ "exit-codes", exit_codes },
		{ "environment", environment },
		{ "formats", formats },
		{ "fields", fields },
		{ "time", times },
		{ "money", money },
	};
	size_t i;

	for (i = 0; i < sizeof(topics) / sizeof(topics[0]); i++)
		if (strcmp(topics[i].name, name) == 0)
			return topics[i].text;
	return NULL;
}
