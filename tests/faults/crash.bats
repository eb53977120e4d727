#!/usr/bin/env bats
# The program dies at every call that changes a file, one after the other; done again, the shop is what it would have been.

load fault

CHANGING="pwrite write fdatasync fsync ftruncate unlink mkdir rename open"

setup() {
	fault_setup
}

# outcome: the order and the stock, and how many different calls the gateway saw.
outcome() {
	state ord-1000
	sort -u calls | wc -l
}

# every_stop WORDS…: from the kept store, die at each changing call of the command, run it again, compare with one run in peace.
every_stop() {
	local n points
	back
	faulty 0 "" "$CHANGING" "$@" >/dev/null
	points=$(wc -l <points)
	must worker --drain -q
	outcome >expected
	[ "$points" -gt 20 ]
	for ((n = 1; n <= points; n += STRIDE)); do
		back
		faulty "$n" KILL "$CHANGING" "$@" >/dev/null 2>&1 && { echo "$n of $points did not die"; return 1; }
		sound "stopped at $n, $(sed -n "${n}p" points)" || return 1
		must "$@" -q || return 1
		must worker --drain -q || return 1
		outcome >got
		cmp -s expected got || { echo "stopped at $n of $points"; diff expected got; return 1; }
		sound "done again after $n" || return 1
	done
	back
	must "$@" -q
}

@test "a checkout that dies at any write is no order or the whole one, and one after the retry" {
	cart=$(must cart create -o id)
	must cart add "$cart" MUG-01:2 POT-01:3 -q
	keep
	every_stop cart checkout "$cart" --pay sandbox:approve
}

@test "a worker that dies at any write authorizes once and makes one shipment" {
	must order create MUG-01:2 POT-01:3 --pay sandbox:approve -q
	keep
	every_stop worker --drain
}

@test "a dispatch, and the worker that captures after it, may die at any write" {
	must order create MUG-01:2 POT-01:2 --pay sandbox:approve -q
	must worker --drain -q
	keep
	every_stop shipment dispatch shp-1000 --carrier manual --tracking T1 --idempotency-key once
	keep
	every_stop worker --drain
}
