#!/usr/bin/env bats
# A night's batch of 10,000 orders, killed at random moments and resumed: every order once, and check is clean.

load ../cli/shop

# Sanitizers find nothing more in the last thousands.
case ${BUILD:-build} in
*sanitize*) ORDERS=${ORDERS:-2000} ;;
*) ORDERS=${ORDERS:-10000} ;;
esac

setup() {
	shop_setup
	printf 'store: {synchronous: late}\n' >config.yaml
	export SHOPCTL_CONFIG=$PWD/config.yaml
	must product create MUG-01 --title "Blue mug" --price 12.50 -q
	must product create POT-01 --title "Tea pot" --price 39.00 --backorder allow -q
	must stock receive MUG-01 1000000 -q
	seq -f 'order create MUG-01:2 POT-01 --reference night-%.0f' "$ORDERS" >night
}

# killed WORDS…: run a command and kill it at a random moment of its first half second.
killed() {
	timeout -s KILL "0.$((RANDOM % 5))$((RANDOM % 10))" "$shopctl" "$@" || true
}

# once: each line's order is there, and nothing else.
once() {
	[ "$("$shopctl" order list -o count)" -eq "$ORDERS" ]
	"$shopctl" order list -o csv --no-headers --fields reference | sort -u | wc -l | grep -qx "$ORDERS"
	is .allocated "$((2 * ORDERS))" stock show MUG-01
	is .sum_total.minor "$((6400 * ORDERS))" order list --sum total
	run "$shopctl" check -o csv
	[ "$status" -eq 0 ] || { echo "$output"; return 1; }
	must event verify -q
}

@test "a night's batch killed at random moments and resumed places every order once" {
	for ((i = 0; i < 25; i++)); do
		killed batch night --resume state -q 2>/dev/null
	done
	must batch night --resume state -q
	once
	run "$shopctl" batch night --resume state
	says "0 done, 0 of them replayed, 0 failed, $ORDERS skipped"
}

@test "killed without a state, the file run again does what is missing only" {
	for ((i = 0; i < 8; i++)); do
		killed batch night >>results 2>/dev/null
	done
	"$shopctl" batch night >last 2>/dev/null
	once
	[ "$(wc -l <last)" -eq "$ORDERS" ]
	# What was told before a kill is what the last run tells.
	grep -E '^\{.*\}$' results | jq -r 'select(.exit == 0) | "\(.line) \(.result.id)"' | sort -u >told
	jq -r '"\(.line) \(.result.id)"' last | sort >all
	[ -z "$(comm -23 told all)" ]
}
