#!/usr/bin/env bats
# kill -9 at random moments of checkout and worker: what was acknowledged is there, nothing is there twice, check is clean.

load ../cli/shop

ROUNDS=${ROUNDS:-60}

setup() {
	shop_setup
	printf 'payments: {gateways: {sandbox: {log: %s/calls}}}\nstore: {synchronous: late}\n' "$PWD" >config.yaml
	export SHOPCTL_CONFIG=$PWD/config.yaml
	must product create MUG-01 --title "Blue mug" --price 12.50 -q
	must product create POT-01 --title "Tea pot" --price 39.00 --backorder allow -q
	must stock receive MUG-01 10000 -q
	must stock receive POT-01 20 -q
}

# killed WORDS…: run a command and kill it at a random moment of its first 20 ms.
killed() {
	timeout -s KILL "0.0$(printf %02d $((RANDOM % 20)))$((RANDOM % 10))" "$shopctl" "$@" || true
}

# sound: the three questions after every fault. A job whose worker died three times is not claimed again by itself.
sound() {
	"$shopctl" worker --drain -q || [ $? -eq 9 ]
	must job retry --dead -q
	must worker --drain -q
	run "$shopctl" check -o csv
	[ "$status" -eq 0 ] || { echo "$output"; return 1; }
	must event verify -q
}

# once FILTER: what jq counts per order is 1 for every order.
once() {
	"$shopctl" order list -o json | jq -r '.[].id' | "$shopctl" order show - -o jsonl | jq -e "$1" >/dev/null
}

@test "checkouts killed at random moments leave one order or none, and never lose an acknowledged one" {
	for ((i = 0; i < ROUNDS; i++)); do
		cart=$(must cart create -o id)
		must cart add "$cart" MUG-01:2 POT-01:1 -q
		killed cart checkout "$cart" --pay sandbox:approve -o id >>acked 2>/dev/null
	done
	# A retry of every cart finds what was done or does it now.
	"$shopctl" cart list -o id --status active | while read -r cart; do
		must cart checkout "$cart" --pay sandbox:approve -o id >>acked
	done
	sound
	[ "$("$shopctl" order list -o count)" -eq "$ROUNDS" ]
	grep -E '^ord-[0-9]+$' acked | while read -r order; do must order show "$order" -o none; done
	[ "$("$shopctl" order list -o json | jq '[.[].cart] | unique | length')" -eq "$ROUNDS" ]
	is '[.allocated, .on_hand]' "[$((2 * ROUNDS)),10000]" stock show MUG-01
}

@test "a worker killed at random moments charges and ships each order once" {
	for ((i = 0; i < ROUNDS / 2; i++)); do
		must order create MUG-01:2 POT-01:1 --pay sandbox:approve -q
	done
	for ((i = 0; i < ROUNDS; i++)); do
		killed worker --drain >/dev/null 2>&1
	done
	sound
	once '[.payments[] | select(.authorized.minor == 6400)] | length == 1'
	[ "$("$shopctl" order list --payment authorized -o count)" -eq $((ROUNDS / 2)) ]
	[ "$("$shopctl" shipment list -o json | jq '[.[].order] | length == (unique | length)')" = true ]
	# Each key was used for one authorization only, however often it was called.
	[ "$(awk '{print $3}' calls | sort -u | wc -l)" -eq $((ROUNDS / 2)) ]
}

@test "dispatches and captures killed at random moments ship once and capture once" {
	for ((i = 0; i < ROUNDS / 3; i++)); do
		must order create MUG-01:2 --pay sandbox:approve -q
	done
	must worker --drain -q
	"$shopctl" shipment list -o id >parcels
	while read -r parcel; do
		killed shipment dispatch "$parcel" --carrier manual --tracking "T$parcel" >/dev/null 2>&1
		killed worker --drain >/dev/null 2>&1
	done <parcels
	"$shopctl" shipment list --status open -o id >left
	[ ! -s left ] || must shipment dispatch @left --carrier manual -q
	sound
	[ "$("$shopctl" order list --payment paid -o count)" -eq $((ROUNDS / 3)) ]
	is .on_hand "$((10000 - 2 * (ROUNDS / 3)))" stock show MUG-01
}
