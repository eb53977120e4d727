#!/usr/bin/env bats
# What a keyed read costs from start to end, in instructions: the figure is in tests/bench/instructions.

load ../cli/shop

setup() {
	SHOPCTL=$BATS_TEST_DIRNAME/../../${BUILD:-build}/shopctl
	figure=$BATS_TEST_DIRNAME/../bench/instructions
	[ "${BUILD:-build}" = build ] || skip "counted for the release build"
	shop_setup
	must product create MUG-01 --title "Blue mug" --price 12.50 -q
}

# instructions WORDS…: of one command, in thousands.
instructions() {
	env -i HOME="$HOME" LANG=C.UTF-8 SHOPCTL_STORE="$SHOPCTL_STORE" \
		valgrind --tool=callgrind --callgrind-out-file=/dev/null "$shopctl" "$@" 2>&1 >/dev/null |
		sed -n 's/.*Collected : \([0-9]*\)...$/\1/p'
}

@test "a keyed read does not grow by more than a twentieth" {
	read -r allowed words < <(grep -v '^#' "$figure")
	now=$(instructions $words)
	echo "$words: $now thousand instructions, $allowed are noted"
	[ "$now" -gt 100 ]
	[ $((now * 100)) -le $((allowed * 105)) ]
	# A figure that is far above the truth guards nothing: note the new one.
	[ $((now * 100)) -ge $((allowed * 90)) ]
}
