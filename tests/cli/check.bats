#!/usr/bin/env bats
# The checker finds what is wrong in a store that was edited behind its back, and nothing otherwise.

load shop

setup() {
	shop_setup
	must product create MUG-01 --title "Blue mug" --price 12.50 -q
}

# edited SQL: change the store as shopctl never would, its triggers and checks out of the way.
edited() {
	sqlite3 t.db "PRAGMA ignore_check_constraints = 1; $1"
}

# finds ID TEXT: check exits 10 with this finding.
finds() {
	run "$shopctl" check -o csv
	[ "$status" -eq 10 ] || { echo "exit $status: $output"; return 1; }
	[[ $output == *"$1,"*"$2"* ]] || { echo "$output"; return 1; }
}

@test "a sound shop has no findings" {
	run "$shopctl" check
	[ "$status" -eq 0 ]
	says "invariants hold"
	is . '[]' check --deep
}

@test "one invariant can be asked alone, and a wrong name is exit 2" {
	is . '[]' check STK01
	refused 2 check STK99
	says "shopctl check --list"
}

@test "an active product without a price is found" {
	edited "DELETE FROM price"
	finds CAT01 "MUG-01,active without a price"
}

@test "an event taken out of the journal is found" {
	edited "DROP TRIGGER tr_journal_delete; DELETE FROM journal WHERE seq = 1"
	finds EVT01 "1 numbers are missing"
}

@test "a changed payload is found by the deep check" {
	edited "DROP TRIGGER tr_journal_update; UPDATE journal SET payload = '{}' WHERE seq = 2"
	is . '[]' check
	run "$shopctl" check --deep EVT01 -o csv
	[ "$status" -eq 10 ]
	says "EVT01,evt-2"
}

@test "a card number that came in by another way is found" {
	edited "UPDATE product SET title = 'pay 4111 1111 1111 1111'"
	finds PAY05 "MUG-01"
}

@test "a message that was never written is found" {
	must customer create --name Ana --email ana@example.org -q
	must product update MUG-01 --backorder allow -q
	must order create MUG-01:1 --customer cus-1000 -q
	must order create MUG-01:2 --customer cus-1000 -q
	must worker --drain -q
	must check -q
	edited "DELETE FROM notification WHERE event_seq = (SELECT max(event_seq) FROM notification)"
	finds NTF01 "order.placed of ord-1001 told nobody"
}

@test "stock that was counted up without a movement is found, and so is a status without an event" {
	must stock receive MUG-01 5 -q
	edited "UPDATE stock SET on_hand = 6"
	finds STK01 "MUG-01 at loc-1000,\"on hand 6, movements say 5\""
	run "$shopctl" event verify
	[ "$status" -eq 10 ]
	says "the journal says 5"
}

@test "a payment whose amounts are not its operations is found" {
	must stock receive MUG-01 5 -q
	must order create MUG-01:1 --pay sandbox:approve -q
	must worker --drain -q
	edited "UPDATE payment SET captured_minor = 100"
	finds PAY01 "pay-1000"
}

@test "a lower limit does not undo what was promised under the old one" {
	must product update MUG-01 --backorder limit:5 -q
	must order create MUG-01:4 --pay manual -q
	must product update MUG-01 --backorder limit:2 -q
	must check --deep -q
	refused 6 order create MUG-01:1 --pay manual
	edited "UPDATE product SET backorder_limit = 9"
	must order create MUG-01:1 --pay manual -q
	edited "UPDATE product SET backorder_limit = 2"
	finds STK05 "open backorders 5, limit 2"
}

@test "a correction may undo more than one receipt could bring" {
	must stock receive MUG-01 1000000 -q
	must stock receive MUG-01 7 -q
	must stock adjust MUG-01 --set 5 --reason counted -q
	must check --deep -q
}
