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

@test "a refund or a void that is refused is not asked for again by itself" {
	order sandbox:decline.refund
	must payment authorize ord-1000 --now -q
	must payment capture pay-1000 --now -q
	must order cancel ord-1000 --refund --yes -q
	timeout 5 "$shopctl" worker --drain -q
	[ "$(ops)" = "authorize succeeded, capture succeeded, refund failed" ]
	run "$shopctl" check
	[ "$status" -eq 10 ]
	says "captured 10150 of 0 due"
	run "$shopctl" payment refund pay-1000 50 --yes --now
	[ "$status" -eq 7 ]
	must worker --drain -q
	is '.operations | length' 4 payment show pay-1000

	must order create MUG-01:1 --pay sandbox:decline.void -q
	must payment authorize ord-1001 --now -q
	must order cancel ord-1001 --yes -q
	timeout 5 "$shopctl" worker --drain -q
	is '[.status, (.operations | map(.status))]' '["requires_capture",["succeeded","failed"]]' payment show pay-1001
	run "$shopctl" payment void pay-1001 --yes --now
	[ "$status" -eq 7 ]
	must worker --drain -q
	is '.operations | length' 3 payment show pay-1001
}

@test "what a line's cancellation makes too much is given back when the capture under way has ended" {
	order sandbox:approve
	must payment authorize ord-1000 --now -q
	must payment capture pay-1000 -q
	must order line cancel ord-1000 POT-01:1 --yes -q
	must worker --drain -q
	is '[.captured.minor, .refunded.minor]' '[10150,3900]' payment show pay-1000
	[ "$(calls refund)" = "1 1" ]
	sound
}

@test "what a line's cancellation leaves may be covered by what was promised already" {
	order sandbox:approve
	must payment authorize ord-1000 62.50 --now -q
	run "$shopctl" payment authorize ord-1000 --method sandbox:decline --now
	[ "$status" -eq 7 ]
	must order line cancel ord-1000 POT-01:1 --yes -q
	is 'map(.status)' '["requires_capture","canceled"]' payment list --order ord-1000
	is '[.status, .payment]' '["confirmed","authorized"]' order show ord-1000
	sound
}

@test "an intent asks for no more than the order costs when its decline comes after a cancellation" {
	order sandbox:late
	run "$shopctl" payment authorize ord-1000 --now
	[ "$status" -eq 8 ]
	must order line cancel ord-1000 POT-01:1 --yes -q
	must payment resolve pay-1000 -q
	is '[.status, .payment]' '["confirmed","authorized"]' order show ord-1000

	must order create MUG-01:5 POT-01:1 --pay sandbox:decline -q
	must payment authorize ord-1001 -q
	must order line cancel ord-1001 POT-01:1 --yes -q
	must worker --drain -q
	is '[.status, .amount.minor]' '["requires_payment_method",6250]' payment show pay-1001
	must payment authorize ord-1001 --method manual -q
	must payment capture pay-1001 -q
	is '[.status, .captured.minor]' '["succeeded",6250]' payment show pay-1001
	sound
}

@test "units canceled after others of their line have shipped move no cent" {
	must product create TEA-01 --title Tea --price 12.38 --unit kg --scale 3 -q
	must stock receive TEA-01 1 -q
	must order create TEA-01:0.5 --pay sandbox:approve -q
	must worker --drain -q
	must shipment cancel shp-1000 --yes -q
	must shipment create ord-1000 TEA-01:0.25 -q
	must shipment dispatch shp-1001 --carrier sandbox -q
	must worker --drain -q
	shipped=$(must payment show pay-1000 -o json | jq .captured.minor)
	must order line cancel ord-1000 TEA-01:0.25 --yes -q
	must worker --drain -q
	is '[.captured.minor, .refunded.minor]' "[$shipped,0]" payment show pay-1000
	is '[.status, .due.minor]' "[\"completed\",$shipped]" order show ord-1000
	sound
}

@test "an order whose promise is being released does not leave" {
	order sandbox:approve
	must worker --drain -q
	must payment void pay-1000 --yes -q
	refused 6 shipment dispatch shp-1000 --carrier sandbox
	says "shopctl payment authorize ord-1000"
	must worker --drain -q
	refused 6 shipment dispatch shp-1000 --carrier sandbox
	must payment authorize ord-1000 --method sandbox:approve --now -q
	must shipment dispatch shp-1000 --carrier sandbox -q
	must worker --drain -q
	is .status '"completed"' order show ord-1000
	sound
}

@test "a pending order whose promise was given back ends like one that was never paid" {
	export SHOPCTL_NOW=2031-01-01T12:00:00Z
	order sandbox:approve
	must payment authorize ord-1000 50 --now -q
	SHOPCTL_NOW=2031-03-01T12:00:00Z must worker --drain -q
	is .status '"pending"' order show ord-1000
	must payment void pay-1000 --yes --now -q
	SHOPCTL_NOW=2031-03-01T12:00:00Z must worker --drain -q
	is .status '"canceled"' order show ord-1000
	sound
}

@test "an authorization that waits for the worker is not something to resolve" {
	order sandbox:approve
	must payment authorize ord-1000 -q
	refused 6 payment authorize ord-1000 --now
	says "shopctl worker --drain"
}

@test "a key whose command died before the provider was asked answers that the outcome is not known" {
	order sandbox:approve
	must payment authorize ord-1000 --now -q
	# The log of calls cannot be opened twice at once: the command stops there, after its commit.
	rm -f calls && mkfifo calls
	"$shopctl" payment capture pay-1000 10 --now --idempotency-key k1 -q &
	local pid=$!
	for i in $(seq 100); do
		[ "$(ops)" = "authorize succeeded, capture sent" ] && break
		sleep 0.02
	done
	kill -KILL $pid
	wait $pid || true
	rm calls
	run "$shopctl" payment capture pay-1000 10 --now --idempotency-key k1
	[ "$status" -eq 13 ]
	[ "$(ops)" = "authorize succeeded, capture sent" ]
	[ ! -e calls ]
}

@test "a manual refund says what went back" {
	must product create MUG-93 --title Mug --price 10 >/dev/null
	must stock receive MUG-93 5 >/dev/null
	must order create MUG-93:2 >/dev/null
	payment=$(must payment list -o json | jq -r 'map(.id) | max_by(ltrimstr("pay-") | tonumber)')
	must payment capture "$payment" >/dev/null

	[ "$(must payment refund "$payment" 2.50 --yes)" = "$payment is succeeded: 20.00 EUR captured, 2.50 EUR of it refunded" ]
}

@test "what was paid back for the first parcel does not keep the promised rest from leaving" {
	must product create CUP-01 --title Cup --price 12.50 --backorder allow -q
	must stock receive CUP-01 3 -q
	must order create CUP-01:5 --pay sandbox:approve -q
	must worker --drain -q
	must shipment dispatch shp-1000 --carrier sandbox -q
	must worker --drain -q
	must payment refund pay-1000 37.50 --yes --now -q
	is .payment '"partially_refunded"' order show ord-1000
	must stock receive CUP-01 2 -q
	must worker --drain -q
	must shipment dispatch shp-1001 --carrier sandbox -q
	must worker --drain -q
	is '[.status, .payment]' '["completed","partially_refunded"]' order show ord-1000
	is '[.captured.minor, .refunded.minor]' '[6250,3750]' payment show pay-1000
	sound
}

@test "a parcel whose order was paid back is cleared by canceling what did not leave" {
	must order create MUG-01:4 --pay sandbox:approve -q
	must worker --drain -q
	must shipment split shp-1000 MUG-01:1 -q
	must payment capture pay-1000 --now -q
	must shipment dispatch shp-1000 --carrier sandbox -q
	must payment refund pay-1000 50 --yes --now -q
	refused 6 shipment dispatch shp-1001 --carrier sandbox
	says "shopctl order line cancel ord-1000 SKU:QTY"
	must shipment cancel shp-1001 --yes -q
	must order line cancel ord-1000 MUG-01:1 --yes -q
	must worker --drain -q
	is .status '"completed"' order show ord-1000
	sound
}

@test "a promise that comes for an order canceled meanwhile is released, and never counts as its money" {
	order sandbox:late.authorize
	must worker --drain -q
	must order cancel ord-1000 --reason customer --yes -q
	must payment resolve pay-1000 -q
	[ "$(ops)" = "authorize succeeded, void created" ]
	is .payment '"not_paid"' order show ord-1000
	sound
	must worker --drain -q
	is .payment '"voided"' order show ord-1000
	sound
}
