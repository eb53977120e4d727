#!/usr/bin/env bats
# The demo: the sample shop and one order from the cart to the door.

@test "the demo runs to its end in half a minute, and the books are right" {
	SHOPCTL=${SHOPCTL:-$BATS_TEST_DIRNAME/../../build/shopctl} run timeout 30 "$BATS_TEST_DIRNAME/../../sample-data/demo"
	[ "$status" -eq 0 ] || { echo "exit $status: ${output: -2000}"; return 1; }
	[[ $output == *"invariants hold"* ]]
	[[ $output == *"no gap, chain intact, projections equal a rebuild"* ]]
}

@test "the demo ends loudly when a command fails" {
	printf '#!/bin/sh\nexit 74\n' >"$BATS_TEST_TMPDIR/broken"
	chmod +x "$BATS_TEST_TMPDIR/broken"
	SHOPCTL=$BATS_TEST_TMPDIR/broken run "$BATS_TEST_DIRNAME/../../sample-data/demo"
	[ "$status" -eq 74 ]
}
