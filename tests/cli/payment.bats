#!/usr/bin/env bats
# Payments: intents, operations and what a provider may answer.

load shop

setup() {
	shop_setup
	export SHOPCTL_CONFIG=$BATS_TEST_TMPDIR/shop.yaml
	printf 'payments: {gateways: {sandbox: {log: %s}}}\n' "$BATS_TEST_TMPDIR/calls" >"$SHOPCTL_CONFIG"
	must product create MUG-01 --title "Blue mug" --price 12.50 -q
	must product create POT-01 --title "Tea pot" --price 39.00 -q
	must stock receive MUG-01 20 -q
	must stock receive POT-01 5 -q
}

# order METHOD: place ord-1000 for 101.50 EUR.
order() {
	must order create MUG-01:5 POT-01:1 --pay "$1" -q
}

# ops: kind and status of pay-1000's operations.
ops() {
	"$shopctl" payment show pay-1000 -o json | jq -r '[.operations[] | .kind + " " + .status] | join(", ")'
}

# calls KIND: how many lines of this kind the sandbox noted, and under how many keys.
calls() {
	awk -v kind="$1" '$2 == kind { n++; if (!seen[$3]++) keys++ } END { print n + 0, keys + 0 }' calls
}

# sound: the store's invariants hold, and the journal rebuilds them.
sound() {
	run "$shopctl" check --deep
	[ "$status" -eq 0 ] || { echo "$output"; return 1; }
}

@test "an order waits for its payment, and the worker authorizes it" {
	order sandbox:approve
	is '[.[0].status, .[0].amount.minor, (.[0].operations | length)]' \
		'["requires_payment_method",10150,0]' payment list --order ord-1000
	must worker --drain -q
	is '[.status, .authorized.minor, .captured.minor]' '["requires_capture",10150,0]' payment show pay-1000
	is '[.status, .payment]' '["confirmed","authorized"]' order show ord-1000
	[ "$(calls authorize)" = "1 1" ]
	sound
}

@test "a queued operation is exit 0 and says who does it; --now does it at once" {
	order sandbox:approve
	shop payment authorize ord-1000
	[ "$status" -eq 0 ]
	says "authorize of 101.50 EUR queued for the worker"
	[ ! -e calls ]
	must worker --drain -q
	shop payment capture pay-1000 76.50 --now
	[ "$status" -eq 0 ]
	says "capture of 76.50 EUR succeeded"
	is '[.status, .captured.minor]' '["requires_capture",7650]' payment show pay-1000
	must payment capture pay-1000 --now -q
	is '[.status, .captured.minor]' '["succeeded",10150]' payment show pay-1000
	[ "$(calls capture)" = "2 2" ]
	must worker --drain -q
	[ "$(calls capture)" = "2 2" ]
	sound
}

@test "a decline is exit 7, leaves the order pending, and another method pays" {
	order sandbox:decline
	run "$shopctl" payment authorize ord-1000 --now
	[ "$status" -eq 7 ]
	says "E_PAYMENT_DECLINED"
	says "shopctl payment authorize ord-1000 --method"
	is .status '"requires_payment_method"' payment show pay-1000
	is .status '"pending"' order show ord-1000
	must payment authorize ord-1000 --method sandbox:approve --now -q
	is .status '"confirmed"' order show ord-1000
	[ "$(ops)" = "authorize failed, authorize succeeded" ]
	[ "$(calls authorize)" = "2 2" ]
	sound
}

@test "a provider that answers later is exit 8 until it is asked" {
	order sandbox:late
	run "$shopctl" payment authorize ord-1000 --now
	[ "$status" -eq 8 ]
	is .status '"pending"' order show ord-1000
	must payment resolve pay-1000 -q
	is .status '"confirmed"' order show ord-1000
	[ "$(calls authorize)" = "1 1" ]
	sound
}

@test "a lost answer is exit 13, nothing is tried under another key, and resolve finds what happened" {
	order sandbox:timeout
	run "$shopctl" payment authorize ord-1000 --now
	[ "$status" -eq 13 ]
	says "shopctl payment resolve pay-1000"
	[ "$(ops)" = "authorize unknown" ]
	refused 6 payment authorize ord-1000 --method sandbox:approve
	says "shopctl payment resolve pay-1000"
	refused 6 payment void pay-1000 --yes
	must payment resolve --all-unknown -q
	[ "$(ops)" = "authorize succeeded" ]
	is .status '"confirmed"' order show ord-1000
	[ "$(calls authorize)" = "1 1" ]
	[ "$(awk '{ print $3 }' calls | sort -u | wc -l)" -eq 1 ]
	must payment resolve --all-unknown -q
	sound
}

@test "an unknown outcome is asked for by the worker too, when its time has come" {
	export SHOPCTL_NOW=2031-03-01T12:00:00Z
	order sandbox:timeout
	must worker --drain -q
	[ "$(ops)" = "authorize unknown" ]
	SHOPCTL_NOW=2031-03-01T12:10:00Z must worker --drain -q
	[ "$(ops)" = "authorize succeeded" ]
	[ "$(calls authorize)" = "1 1" ]
	sound
}

@test "an answer that comes twice counts once" {
	order sandbox:twice
	must payment authorize ord-1000 --now -q
	must payment capture pay-1000 --now -q
	is '[.authorized.minor, .captured.minor]' '[10150,10150]' payment show pay-1000
	is 'map(select(.type == "payment.captured")) | length' 1 event list --subject pay-1000
	sound
}

@test "the same key gives the same answer, and calls nobody again" {
	order sandbox:approve
	must payment authorize ord-1000 --now -q
	first=$(must payment capture pay-1000 10 --now --idempotency-key k1 -o json)
	again=$(must payment capture pay-1000 10 --now --idempotency-key k1 -o json)
	[ "$first" = "$again" ]
	[ "$(jq -r '.operations[1].status' <<<"$again")" = succeeded ]
	[ "$(calls capture)" = "1 1" ]
}

@test "a key remembers that the outcome was a refusal" {
	order sandbox:decline
	run "$shopctl" payment authorize ord-1000 --now --idempotency-key k1
	[ "$status" -eq 7 ]
	run "$shopctl" payment authorize ord-1000 --now --idempotency-key k1
	[ "$status" -eq 7 ]
	[ "$(calls authorize)" = "1 1" ]
}

@test "no more is captured than authorized, and no more refunded than captured" {
	order sandbox:approve
	refused 6 payment capture pay-1000 10 --now
	must payment authorize ord-1000 --now -q
	refused 6 payment capture pay-1000 101.51
	says "101.50 EUR can be captured"
	must payment capture pay-1000 100 -q
	refused 6 payment capture pay-1000 1.51
	must worker --drain -q
	must payment refund pay-1000 60 --yes -q
	refused 6 payment refund ord-1000 40.01 --yes
	must payment refund ord-1000 40 --yes --now -q
	must worker --drain -q
	is '[.captured.minor, .refunded.minor]' '[10000,10000]' payment show pay-1000
	refused 2 payment refund pay-1000 1,50 --yes
	sound
}

@test "a refund asks: y/N with an amount, the id without" {
	order sandbox:approve
	must payment authorize ord-1000 --now -q
	must payment capture pay-1000 --now -q
	refused 11 payment refund pay-1000 5
	refused 11 payment refund pay-1000 --yes
	says "--confirm pay-1000"
	must payment refund pay-1000 --confirm pay-1000 --now -q
	is .refunded.minor 10150 payment show pay-1000
	sound
}

@test "a void gives back what is left: the payment is done, or canceled" {
	order sandbox:approve
	must payment authorize ord-1000 --now -q
	must payment capture pay-1000 40 --now -q
	must payment void pay-1000 --yes --now -q
	is '[.status, .voided.minor]' '["succeeded",6150]' payment show pay-1000
	refused 6 payment void pay-1000 --yes
	sound
}

@test "cash and transfers: the operator says when money came, in parts if need be" {
	order manual
	is .status '"confirmed"' order show ord-1000
	shop payment capture pay-1000 50 --ref "statement 11/24 line 7"
	[ "$status" -eq 0 ]
	is '[.status, .captured.minor, .operations[1].ref]' \
		'["requires_payment_method",5000,"statement 11/24 line 7"]' payment show pay-1000
	refused 6 payment capture pay-1000 51.51
	must payment capture pay-1000 -q
	is '[.status, .captured.minor]' '["succeeded",10150]' payment show pay-1000
	must payment refund pay-1000 1.50 --yes -q
	is .refunded.minor 150 payment show pay-1000
	[ ! -e calls ]
	sound
}

@test "a card that was declined can be left for a bank transfer" {
	order sandbox:decline
	must worker --drain -q
	must payment authorize ord-1000 --method manual -q
	is .status '"confirmed"' order show ord-1000
	must payment capture pay-1000 -q
	is '[.driver, .captured.minor]' '["manual",10150]' payment show pay-1000
	sound
}

@test "an order is paid by two means" {
	order sandbox:approve
	must payment authorize ord-1000 50 --now -q
	is .status '"pending"' order show ord-1000
	must payment authorize ord-1000 --method sandbox:approve --now -q
	is 'map(.authorized.minor)' '[5000,5150]' payment list --order ord-1000
	is .status '"confirmed"' order show ord-1000
	refused 6 payment authorize ord-1000 --method sandbox:approve
	sound
}

@test "an order that is canceled gives back what was promised or taken" {
	order sandbox:approve
	must worker --drain -q
	must order cancel ord-1000 --reason customer --yes -q
	must worker --drain -q
	is '[.status, .voided.minor]' '["canceled",10150]' payment show pay-1000
	sound
}

@test "a failed capture can be tried again, under a new key" {
	order sandbox:decline.capture
	must payment authorize ord-1000 --now -q
	run "$shopctl" payment capture pay-1000 --now
	[ "$status" -eq 7 ]
	run "$shopctl" payment capture pay-1000 --now
	[ "$status" -eq 7 ]
	[ "$(calls capture)" = "2 2" ]
	is '[.status, .captured.minor]' '["requires_capture",0]' payment show pay-1000
	sound
}

@test "a dry run tells of the operation and calls nobody" {
	order sandbox:approve
	before=$(events)
	shop payment authorize ord-1000 --now --dry-run
	[ "$status" -eq 0 ]
	says "authorization_requested"
	[ "$(events)" = "$before" ]
	[ ! -e calls ]
}

@test "the journal never holds a key" {
	order sandbox:approve
	must payment authorize ord-1000 --now -q
	key=$("$shopctl" payment show pay-1000 -o json | jq -r '.operations[0].key')
	[ "${#key}" -eq 40 ]
	[ "$("$shopctl" event list -o jsonl | grep -c "$key")" -eq 0 ]
}

@test "a method nobody knows is exit 2, a payment nobody knows exit 3" {
	order sandbox:approve
	refused 2 payment authorize ord-1000 --method stripe:tok
	refused 3 payment capture pay-77
	refused 3 payment refund ord-77 5 --yes
	refused 2 payment capture ord-1000
}

@test "each parcel captures what it is worth, and the captures sum to the order" {
	must product create CUP-01 --title Cup --price 12.50 --backorder allow -q
	must stock receive CUP-01 3 -q
	must order create CUP-01:5 POT-01:1 --pay sandbox:approve -q
	must worker --drain -q
	must shipment dispatch shp-1000 --carrier sandbox -q
	must worker --drain -q
	is '[.status, .captured.minor]' '["requires_capture",7650]' payment show pay-1000
	must stock receive CUP-01 2 -q
	must worker --drain -q
	must shipment dispatch shp-1001 --carrier sandbox -q
	must worker --drain -q
	is '[.status, .captured.minor]' '["succeeded",10150]' payment show pay-1000
	[ "$(calls capture)" = "2 2" ]
	sound
}

@test "what is not sent after all is released when the last parcel has gone" {
	must product create CUP-01 --title Cup --price 12.50 --backorder allow -q
	must stock receive CUP-01 3 -q
	must order create CUP-01:5 POT-01:1 --pay sandbox:approve -q
	must worker --drain -q
	must shipment dispatch shp-1000 --carrier sandbox -q
	must worker --drain -q
	must order line cancel ord-1000 CUP-01:2 --yes -q
	must worker --drain -q
	is '[.status, .captured.minor, .voided.minor]' '["succeeded",7650,2500]' payment show pay-1000
	is .status '"completed"' order show ord-1000
	sound
}

@test "money that came in cash and is owed back waits until the operator has paid it out" {
	order manual
	must payment capture pay-1000 -q
	must order cancel ord-1000 --reason customer --refund --yes -q
	must worker --drain -q
	is '[.refunded.minor, .operations[2].status]' '[0,"pending"]' payment show pay-1000
	must payment resolve --all-unknown -q
	is .refunded.minor 0 payment show pay-1000
	must payment resolve pay-1000 -q
	is .refunded.minor 10150 payment show pay-1000
	sound
}

@test "many payments are released at once, each in its own transaction" {
	order sandbox:approve
	must order create MUG-01:1 --pay sandbox:approve -q
	must worker --drain -q
	"$shopctl" payment list -o id | "$shopctl" payment void - --now --yes -q
	is 'map(.status)' '["canceled","canceled"]' payment list
	[ "$(calls void)" = "2 2" ]
	sound
}
