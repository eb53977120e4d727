#!/usr/bin/env bats
# Foreign writers, deadlines, and one key used by many at once.

load ../cli/shop

setup() {
	shop_setup
	must product create MUG-01 --title "Blue mug" --price 12.50 -q
	must stock receive MUG-01 20 -q
	mkfifo orders
}

# hold: another program writes and does not end; let_go ends it.
hold() {
	sqlite3 t.db <orders >held 2>&1 &
	holder=$!
	exec 7>orders
	echo "BEGIN IMMEDIATE; UPDATE meta SET value = value; SELECT 'held';" >&7
	until grep -q held held; do :; done
}
let_go() {
	echo "ROLLBACK;" >&7
	exec 7>&-
	wait "$holder"
}

# clocked WORDS…: run a command; $took is how many milliseconds it needed.
clocked() {
	local began=${EPOCHREALTIME/./}
	run "$shopctl" "$@"
	took=$(((${EPOCHREALTIME/./} - began) / 1000))
}

@test "a foreign writer makes a command wait for --busy-timeout, then it is exit 75 and nothing changed" {
	before=$(events)
	hold
	clocked product update MUG-01 --category A --busy-timeout 300ms
	first="$status $took"
	clocked product update MUG-01 --category A -c store.busy_timeout=200ms
	second="$status $took"
	read=$("$shopctl" product show MUG-01 -o json | jq -c .category)
	clocked worker --drain --busy-timeout 100ms
	third="$status $took"
	let_go
	says E_STORE_BUSY
	read -r status took <<<"$first"
	[ "$status" -eq 75 ] && [ "$took" -ge 300 ] && [ "$took" -lt 2000 ]
	read -r status took <<<"$second"
	[ "$status" -eq 75 ] && [ "$took" -ge 200 ] && [ "$took" -lt 2000 ]
	read -r status took <<<"$third"
	[ "$status" -eq 75 ] && [ "$took" -lt 3000 ]
	[ "$read" = null ]
	[ "$(events)" -eq "$before" ]
}

@test "--timeout ends a waiting command with exit 124 and nothing changed; without a wait it is not noticed" {
	before=$(events)
	hold
	clocked product update MUG-01 --category A --timeout 250ms
	let_go
	[ "$status" -eq 124 ] && [ "$took" -ge 250 ] && [ "$took" -lt 2000 ]
	says E_TIMEOUT
	[ "$(events)" -eq "$before" ]
	must product update MUG-01 --category A --timeout 20s -q
}

@test "a writer that lets go in time is waited for" {
	hold
	{ while [ ! -e waiting ]; do :; done; let_go; } &
	touch waiting
	run "$shopctl" product update MUG-01 --category A --busy-timeout 20s
	exec 7>&-
	wait
	[ "$status" -eq 0 ]
	is .category '"A"' product show MUG-01
}

@test "one key used by eight commands at once is one effect and one answer" {
	for n in 1 2 3 4 5 6 7 8; do
		"$shopctl" order create MUG-01:1 --pay sandbox:approve --idempotency-key k -o json >"answer.$n" 2>"said.$n" &
	done
	wait
	[ "$(cat answer.* | sort -u | wc -l)" -eq 1 ]
	[ "$(jq -r .id answer.1)" = ord-1000 ]
	[ "$(grep -l replayed said.* | wc -l)" -eq 7 ]
	[ "$(must order list -o count)" -eq 1 ]
	is .allocated 1 stock show MUG-01
	refused 4 order create MUG-01:2 --pay sandbox:approve --idempotency-key k
	says E_KEY_REUSED
}
