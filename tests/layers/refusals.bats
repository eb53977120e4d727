#!/usr/bin/env bats
# Every refusal has a way on: a command that clears it, or a word why there is none.

@test "every refusal the library can give is known to why, and names a command or says that there is none" {
	run python3 "$BATS_TEST_DIRNAME/refusals.py"
	[ "$status" -eq 0 ]
	[ -z "$output" ] || { echo "$output"; return 1; }
}
