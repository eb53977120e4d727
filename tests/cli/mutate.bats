#!/usr/bin/env bats
# What the frame does around every change: dry run, plans, idempotency keys, versions, several objects.

load shop

setup() {
	shop_setup
	must product create MUG-01 --title "Blue mug" --price 12.50 -q
	must product create POT-01 --title "Tea pot" --price 39.00 -q
}

digest_of() {
	"$shopctl" "$@" --dry-run | sed -n 's/^plan //p'
}

@test "a dry run prints the events it would write and leaves the store as it was" {
	refused 0 product price set MUG-01 --to 13.00 --dry-run
	says "~ price MUG-01 changed"
	says "old 12.50 EUR, new 13.00 EUR"
	says "plan sha256:"
	is .price.minor 1250 product show MUG-01
}

@test "a dry run of what would be refused is refused the same way" {
	refused 4 product create MUG-01 --title x --price 1 --dry-run
}

@test "a dry run gives its events as data and tells changes by its exit code" {
	run "$shopctl" product price set MUG-01 --to 13.00 --dry-run -o json --exit-code
	[ "$status" -eq 10 ]
	[ "$(jq -r '.events[0].type' <<<"$output")" = price.changed ]
	run "$shopctl" product update MUG-01 --title "Blue mug" --dry-run --exit-code
	[ "$status" -eq 0 ]
}

@test "what --expect names is committed, and only that" {
	plan=$(digest_of product price set MUG-01 --adjust +5%)
	[[ $plan == sha256:* ]]
	must product price set MUG-01 --adjust +5% --expect "$plan" -q
	is .price.minor 1312 product show MUG-01
	refused 4 product price set MUG-01 --adjust +5% --expect "$plan"
	says "E_PLAN_CHANGED"
	is .price.minor 1312 product show MUG-01
}

@test "the plan of something new is the same although ids and times differ" {
	plan=$(digest_of product create CUP-01 --title Cup --price 5)
	must product create JUG-01 --title Jug --price 8 -q
	must product create CUP-01 --title Cup --price 5 --expect "$plan" -q
	is .id '"prd-1003"' product show CUP-01
}

@test "the same command under the same key answers the same and does nothing again" {
	first=$(must product price set MUG-01 --adjust +1.00 --idempotency-key k1)
	before=$(events)
	run "$shopctl" product price set MUG-01 --adjust +1.00 --idempotency-key k1
	[ "$status" -eq 0 ]
	says "$first"
	says "replayed"
	[ "$(events)" -eq "$before" ]
	is .price.minor 1350 product show MUG-01
}

@test "a key is refused for another command, and free for another person" {
	must product price set MUG-01 --adjust +1.00 --idempotency-key k1 -q
	refused 4 product price set POT-01 --adjust +1.00 --idempotency-key k1
	says "E_KEY_REUSED"
	must product price set POT-01 --adjust +1.00 --idempotency-key k1 --actor bea -q
	is .price.minor 4000 product show POT-01
}

@test "a refusal leaves its key free" {
	refused 3 product price set NONE-1 --to 1 --idempotency-key k1
	must product price set MUG-01 --to 1 --idempotency-key k1 -q
	is .price.minor 100 product show MUG-01
}

@test "the key auto is the command itself" {
	must product price set MUG-01 --adjust +1.00 --idempotency-key auto -q
	must product price set MUG-01 --adjust +1.00 --idempotency-key auto -q
	is .price.minor 1350 product show MUG-01
}

@test "a version that moved is a conflict" {
	must product update MUG-01 --category Mugs --if-version 1 -q
	refused 4 product update MUG-01 --category Cups --if-version 1
	says "at version 2, not 1"
}

@test "several objects stop at the first failure; what is done stays done" {
	run "$shopctl" product update MUG-01 NONE-1 POT-01 --category Ware
	[ "$status" -eq 3 ]
	is .category '"Ware"' product show MUG-01
	is .category null product show POT-01
}

@test "with --keep-going the others are done, and the exit code is the failures' own" {
	run "$shopctl" product update NONE-1 MUG-01 NONE-2 POT-01 --category Ware --keep-going
	[ "$status" -eq 3 ]
	is .category '"Ware"' product show MUG-01
	is .category '"Ware"' product show POT-01
	run "$shopctl" product publish NONE-1 MUG-01 --keep-going
	[ "$status" -eq 3 ]
}

@test "with --atomic all or none" {
	refused 3 product update MUG-01 NONE-1 --category Ware --atomic
	is .category null product show MUG-01
}

@test "ids come from stdin, blank lines and comments skipped, and from a file" {
	printf 'MUG-01\n\n# the pot\nPOT-01\n' >ids
	"$shopctl" product update - --category A -q <ids
	is .category '"A"' product show POT-01
	must product update @ids --category B -q
	is .category '"B"' product show MUG-01
	is 'map(.sku)' '["MUG-01"]' product show @<(echo MUG-01)
}

@test "one literal operand is an object in JSON, several are an array" {
	is type '"object"' product show MUG-01
	is type '"array"' product show MUG-01 POT-01
	[ "$(echo MUG-01 | "$shopctl" product show - -o json | jq -r type)" = array ]
}

@test "where policy asks for a reason the command needs one" {
	refused 2 -c safety.require_reason=product.update product update MUG-01 --category A
	says "E_REASON_REQUIRED"
	must -c safety.require_reason=product.update product update MUG-01 --category A --reason tidy -q
}

@test "a result that cannot be written says that the change is made, and the key finds it again" {
	run bash -c '"$0" product price set MUG-01 --to 2 --idempotency-key k9 >/dev/full' "$shopctl"
	[ "$status" -eq 74 ]
	is .price.minor 200 product show MUG-01
	run "$shopctl" product price set MUG-01 --to 2 --idempotency-key k9
	says "MUG-01 costs 2.00 EUR now"
}
