#!/usr/bin/env bats
# wait and watch: waking with the commit, conditions met, impossible and late. Nothing sleeps: what is waited for is
# made by a command that runs meanwhile, and the wait's own end is the proof.

load shop
bats_require_minimum_version 1.5.0

setup() {
	shop_setup
	must product create MUG-01 --title "Blue mug" --price 12.50 --backorder allow -q
	must stock receive MUG-01 20 -q
}

# meanwhile WORDS…: a command in the background that is past its first look: it watches for commits.
meanwhile() {
	"$shopctl" "$@" >waited 2>&1 3>&- &
	waiter=$!
	until grep -qs inotify /proc/"$waiter"/fdinfo/*; do
		[ -d /proc/"$waiter" ] || return 0
	done
}

# ends CODE: it ends by itself with this exit code; $output is what it printed.
ends() {
	local code=0
	wait "$waiter" || code=$?
	output=$(<waited)
	mapfile -t lines <waited
	[ "$code" -eq "$1" ] || { echo "exit $code, not $1: $output"; return 1; }
}

@test "what is so already is not waited for" {
	must order create MUG-01:2 --pay manual -q
	is '[.object, .condition, .field, .value]' '["ord-1000","status=confirmed","status","confirmed"]' \
		wait ord-1000 --for status=confirmed
	shop wait ord-1000 --for confirmed
	[ "$output" = "ord-1000: status is confirmed" ]
	must wait ord-1000 --for payment=not_paid -q
	must wait ord-1000 --for status!=pending -q
	must wait ord-1000 --for status=canceled,confirmed -q
	must wait ord-1000 --for total=25.00 -q
	must wait ord-1000 --for customer=none -q
	must wait MUG-01 --for status=active -q
}

@test "a wait wakes with the commit that makes it so" {
	must order create MUG-01:2 --pay manual -q
	meanwhile wait ord-1000 --for status=canceled --timeout 20s
	must order cancel ord-1000 --reason customer --yes -q
	ends 0
	[ "$output" = "ord-1000: status is canceled" ]
}

@test "shorthands follow an order to the customer's door" {
	must order create MUG-01:2 --pay manual -q
	must worker --drain -q
	meanwhile wait ord-1000 --for shipped --timeout 20s
	must shipment dispatch shp-1000 -q
	ends 0
	must wait shp-1000 --for shipped --timeout 10s -q
	meanwhile wait ord-1000 --for paid --timeout 20s
	must payment capture pay-1000 -q
	ends 0
	must wait pay-1000 --for paid --timeout 10s -q
	meanwhile wait ord-1000 shp-1000 --for delivered --timeout 20s
	must shipment deliver shp-1000 -q
	ends 0
	must wait ord-1000 --for completed --timeout 10s -q
}

@test "several objects are waited for until all are so" {
	must order create MUG-01:1 --pay manual -q
	must order create MUG-01:1 --pay manual -q
	must order cancel ord-1001 --reason customer --yes -q
	meanwhile wait ord-1001 ord-1000 --for canceled -o id --timeout 20s
	must order cancel ord-1000 --reason customer --yes -q
	ends 0
	[ "$output" = $'ord-1001\nord-1000' ]
}

@test "what is not there is exit 3, or waited for with --create" {
	refused 3 wait ord-1000 --for confirmed --timeout 5s
	meanwhile wait ord-1000 --for confirmed --create --timeout 20s
	must order create MUG-01:1 --pay manual -q
	ends 0
}

@test "what can no longer become so is exit 12, at once and when it happens" {
	must order create MUG-01:1 --pay manual -q
	meanwhile wait ord-1000 --for completed --timeout 20s
	must order cancel ord-1000 --reason customer --yes -q
	ends 12
	says "ord-1000 will not become completed any more"
	says "its status is canceled"
	says "E_WAIT_NEVER"
	refused 12 wait ord-1000 --for paid
	refused 12 wait ord-1000 --for shipped
	refused 12 wait ord-1000 --for confirmed
	refused 12 wait pay-1000 --for paid
	run --separate-stderr "$shopctl" wait ord-1000 --for completed -o json
	[ "$(jq -r .error.code <<<"$stderr")" = E_WAIT_NEVER ]
}

@test "a late wait is exit 124" {
	must order create MUG-01:1 --pay manual -q
	refused 124 wait ord-1000 --for completed --timeout 100ms
	refused 124 wait ord-1077 --for completed --create --timeout 100ms
}

@test "a condition that means nothing is told before anything is waited for" {
	must order create MUG-01:1 --pay manual -q
	refused 2 wait ord-1000 --for status=shiped
	says "explain order.status"
	refused 2 wait ord-1000 --for statsu=confirmed
	says "did you mean status?"
	refused 2 wait ord-1000 --for sent
	refused 2 wait ord-1000 --for lines=1
	refused 2 wait ord-1000
	refused 2 wait evt-1000 --for done
	refused 2 wait --for paid
}

@test "waiting needs no right to write" {
	must order create MUG-01:1 --pay manual -q
	must store backup copy.db -q
	SHOPCTL_STORE=$PWD/copy.db must wait ord-1000 --for confirmed -q
}

@test "watch runs a command again when something changed, and not before" {
	must order create MUG-01:1 --pay manual -q
	meanwhile watch --times 2 --timeout 20s -- order list -o count
	must order create MUG-01:1 --pay manual -q
	ends 0
	[ "$output" = $'1\n2' ]
}

@test "watch --every runs it by the clock, whatever its exit code" {
	run timeout 20 "$shopctl" watch --every 100ms --times 3 -- order show ord-1000 --error-format json
	[ "$status" -eq 0 ]
	[ "$(grep -c E_NOT_FOUND <<<"$output")" -eq 3 ]
}

@test "Ctrl-C ends a watch with 130" {
	run timeout --preserve-status -s INT 0.3 "$shopctl" watch --every 100ms -- status -o none
	[ "$status" -eq 130 ]
}

@test "watch needs a command, and does not watch itself" {
	refused 2 watch
	refused 2 watch -- watch -- status
	refused 2 watch --every 1ms -- status
	refused 2 watch --times 0 -- status
}

@test "an SQL expression over the object's view is waited for, and refused as --where refuses it" {
	must order create MUG-01:2 --pay manual -q
	is '[.field, .value]' '["total_minor >= 2500 AND status <> '"'on_hold'"'","true"]' \
		wait ord-1000 --for "total_minor >= 2500 AND status <> 'on_hold'"
	must wait MUG-01 --for "price_minor > 1000" -q
	meanwhile wait ord-1000 --for "total_minor > 1 AND (status = 'canceled')" --timeout 20s
	must order cancel ord-1000 --reason customer --yes -q
	ends 0
	refused 2 wait ord-1000 --for "total_minor > "
	refused 77 wait ord-1000 --for "(SELECT count(*) FROM sqlite_master) > 0"
	refused 3 wait ord-77 --for "total_minor > 1"
	refused 124 wait ord-1000 --for "total_minor > 9000" --timeout 50ms
}

@test "deleted is what an archived object is" {
	meanwhile wait MUG-01 --for deleted --timeout 20s
	must product delete MUG-01 -q
	ends 0
	[ "$output" = "MUG-01: status is archived" ]
	refused 2 wait ord-1000 --for deleted
}
