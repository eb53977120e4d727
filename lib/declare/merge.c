/*
 * The three-way rule: what the file says, what it said when it was last applied, and what the store
 * says now.
 */
#include "declare/declare_run.h"

/*
 * A field is the file's as long as the file has it. When the file never had it, or others have
 * changed it since the file left it, it is not the file's to change.
 */
enum declare_verdict declare_merge(const struct declare_sides *sides)
{
	if (!sides->given)
		return sides->was_given && sides->live_is_last && !sides->live_is_reset
			       ? DECLARE_RESET
			       : DECLARE_SAME;
	if (sides->file_is_live)
		return DECLARE_SAME;
	return sides->was_given && !sides->live_is_last ? DECLARE_CONFLICT : DECLARE_SET;
}
