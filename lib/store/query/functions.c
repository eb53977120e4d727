/*
 * The allow-list: what computes from its arguments alone. No files, no internals, no randomness, no sleeping; and
 * none that needs libm, which the binary does not load (no_math.c).
 */
#include "store/query/functions.h"

#include <glib.h>

static const char *const allowed[] = {
	"abs",		"avg",	       "ceil",	     "ceiling",
	"char",		"coalesce",    "concat",     "count",
	"cume_dist",	"date",	       "datetime",   "dense_rank",
	"first_value",	"floor",       "format",     "glob",
	"group_concat", "hex",	       "ifnull",     "iif",
	"instr",	"json",	       "json_array", "json_array_length",
	"json_extract", "json_object", "json_type",  "json_valid",
	"->",		"->>",	       "julianday",  "lag",
	"last_value",	"lead",	       "length",     "like",
	"lower",	"ltrim",       "max",	     "min",
	"nth_value",	"ntile",       "nullif",     "percent_rank",
	"printf",	"quote",       "rank",	     "replace",
	"round",	"row_number",  "rtrim",	     "sign",
	"strftime",	"string_agg",  "substr",     "substring",
	"sum",		"time",	       "total",	     "trim",
	"typeof",	"unicode",     "unixepoch",  "upper",
	NULL,
};

bool query_function_is_allowed(const char *name)
{
	size_t i;

	for (i = 0; allowed[i] != NULL; i++)
		if (g_ascii_strcasecmp(allowed[i], name) == 0)
			return true;
	return false;
}
