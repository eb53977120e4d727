#!/usr/bin/env bats
# why: the answer is the refusal that the command meets, with its event and the way out.

load shop

setup() {
	shop_setup
	must supplier create --name "Kiln & Co" -q
	must product create MUG-01 --title "Blue mug" --price 12.50 --backorder allow -q
	must stock receive MUG-01 20 -q
}

# agrees ID VERB COMMAND…: why says what the command is refused for, word by word, with an event.
agrees() {
	local id=$1 verb=$2 code message command
	shift 2
	refused 6 "$@" --yes --error-format json
	code=$(jq -r .error.code <<<"$output")
	message=$(jq -r .error.message <<<"$output")
	fix=$(jq -r '.error.fix | join(" ")' <<<"$output")
	"$shopctl" why "$id" --for "$verb" -o json >answer
	[ "$(jq -r '.blockers | length' answer)" -eq 1 ] || { cat answer; return 1; }
	[ "$(jq -r '.blockers[0].code' answer)" = "$code" ] || { echo "$code"; cat answer; return 1; }
	# The command says what it was doing in front of it.
	[[ $message == *"$(jq -r '.blockers[0].message' answer)" ]] || { echo "$message"; cat answer; return 1; }
	[ "$(jq -r '.blockers[0].command' answer)" = "$fix" ] || { echo "$fix"; cat answer; return 1; }
	[ "$(jq -r '.blockers[0].event' answer)" != null ] || { cat answer; return 1; }
}

# behind TYPE: the event of the last answer is of this type, and is in the journal.
behind() {
	[ "$(jq -r '.blockers[0].event_type' answer)" = "$1" ] || { cat answer; return 1; }
	is .type "\"$1\"" event show "$(jq -r '.blockers[0].event' answer)"
}

@test "nothing blocks a fresh order; it waits for its parcel to leave" {
	must order create MUG-01:2 --pay manual -q
	must worker --drain -q
	is '[.blocked, .for, .waits[0].object, .waits[0].command]' \
		'[false,"ship","shp-1000","shopctl shipment dispatch shp-1000"]' why ord-1000
	shop why ord-1000
	says "nothing blocks ord-1000; it waits for shp-1000, which is open, not dispatched"
	is '[.blocked, (.waits | length)]' '[false,0]' why shp-1000
}

@test "an order that is done, and one with nothing in its way" {
	must order create MUG-01:2 --pay manual -q
	is .blocked false why ord-1000 --for cancel
	must order cancel ord-1000 --reason customer --yes -q
	is '[.blocked, .for, .answer]' \
		'[false,null,"nothing blocks ord-1000: it is canceled, and nothing is left to do"]' why ord-1000
}

@test "an order on hold: since which event, by whom, and its release" {
	must order create MUG-01:2 --pay manual -q
	must worker --drain -q
	SHOPCTL_ACTOR=bea must order hold ord-1000 --reason address -q
	agrees ord-1000 ship shipment dispatch shp-1000
	behind order.held
	[ "$(jq -r '.blockers[0].actor' answer)" = bea ]
	agrees ord-1000 confirm order confirm ord-1000
	agrees shp-1000 pack shipment pack shp-1000
	command=$(jq -r '.blockers[0].command' answer)
	# shellcheck disable=SC2086
	must ${command#shopctl } -q
	is .blocked false why ord-1000 --for ship
	agrees ord-1000 release order release ord-1000
}

@test "an order that is not paid for, because its payment was declined" {
	must order create MUG-01:2 --pay sandbox:decline -q
	must worker --drain -q
	agrees ord-1000 confirm order confirm ord-1000
	behind payment.failed
	agrees ord-1000 ship shipment create ord-1000
	is '[.for, .blockers[0].code]' '["confirm","E_ORDER_UNPAID"]' why ord-1000
	is .blocked false why ord-1000 --for authorize
	agrees pay-1000 capture payment capture pay-1000
	agrees pay-1000 refund payment refund pay-1000 1.00
}

@test "an order that has shipped or is paid cannot be canceled" {
	must order create MUG-01:2 --pay manual -q
	must order create MUG-01:2 --pay manual -q
	must worker --drain -q
	must payment capture pay-1001 -q
	agrees ord-1001 cancel order cancel ord-1001 --reason customer
	behind payment.captured
	agrees ord-1001 authorize payment authorize ord-1001 --method sandbox:approve
	must shipment dispatch shp-1000 -q
	agrees ord-1000 cancel order cancel ord-1000 --reason customer
	behind shipment.shipped
	agrees ord-1000 ship shipment create ord-1000
	agrees shp-1000 pick shipment pick shp-1000
	agrees shp-1000 unpick shipment unpick shp-1000
	agrees shp-1000 pack shipment pack shp-1000
	agrees shp-1000 dispatch shipment dispatch shp-1000
	agrees shp-1000 cancel shipment cancel shp-1000
	agrees shp-1000 track shipment track shp-1000
	agrees pay-1001 void payment void pay-1001
	agrees pay-1001 authorize payment authorize ord-1001
	is '[.for, .blocked]' '["deliver",false]' why shp-1000
	agrees shp-1001 deliver shipment deliver shp-1001
}

@test "what has ended says which event ended it" {
	must order create MUG-01:2 --pay manual -q
	must worker --drain -q
	must order cancel ord-1000 --reason customer --yes -q
	for verb in confirm hold cancel; do
		agrees ord-1000 $verb order $verb ord-1000
		behind order.canceled
	done
	agrees ord-1000 authorize payment authorize ord-1000
	agrees ord-1000 refund payment refund ord-1000 1.00
	agrees ord-1000 capture payment capture pay-1000
}

@test "a backorder waits for its purchase; what is allocated waits no more" {
	must order create MUG-01:25 --pay manual -q
	is '[.blocked, .waits[0].what, .waits[0].command]' '[false,"is on no purchase","shopctl stock reorder"]' why bko-1000
	must stock reorder -q
	is '[.waits[0].object, .waits[0].command]' '["pur-1000","shopctl purchase submit pur-1000"]' why bko-1000
	agrees pur-1000 receive purchase receive pur-1000
	behind purchase_order.created
	agrees pur-1000 acknowledge purchase acknowledge pur-1000
	agrees pur-1000 close purchase close pur-1000
	must purchase submit pur-1000 -q
	agrees pur-1000 submit purchase submit pur-1000
	behind purchase_order.submitted
	is '.waits[0].command' '"shopctl purchase receive pur-1000"' why bko-1000
	must purchase receive pur-1000 -q
	must worker --drain -q
	agrees bko-1000 cancel backorder cancel bko-1000
	behind backorder.allocated
	agrees bko-1000 promise backorder promise bko-1000 +3d
	agrees pur-1000 cancel purchase cancel pur-1000
	is '[.for, .blocked]' '[null,false]' why bko-1000
}

@test "a cart says what its checkout would, before it is tried" {
	must product create POT-01 --title "Tea pot" --price 39 -q
	must stock receive POT-01 2 -q
	must cart create -q
	agrees cart-1000 checkout cart checkout cart-1000
	behind cart.created
	must cart add cart-1000 MUG-01:3 POT-01:1 -q
	is '[.for, .blocked]' '["checkout",false]' why cart-1000
	must stock adjust POT-01 --by -2 --reason broken -q
	agrees cart-1000 checkout cart checkout cart-1000
	must stock receive POT-01 5 -q
	must product unpublish POT-01 -q
	agrees cart-1000 checkout cart checkout cart-1000
	behind product.updated
	must product publish POT-01 -q
	must cart checkout cart-1000 --pay manual -q
	agrees cart-1000 add cart add cart-1000 MUG-01
	behind cart.completed
	is '[.for, .blocked]' '[null,false]' why cart-1000
}

@test "a product that cannot be sold: no price, not published, none left" {
	must product create CUP-01 --title Cup --draft -q
	agrees CUP-01 sell order create CUP-01 --pay manual
	behind product.created
	agrees CUP-01 publish product publish CUP-01
	must product price set CUP-01 --to 5 -q
	must product publish CUP-01 -q
	is '[.for, .blockers[0].code]' '["sell","E_STOCK_SHORT"]' why CUP-01
	must stock receive CUP-01 1 -q
	is .blocked false why cup-01
}

@test "suppliers and locations that are in use, and jobs" {
	must purchase create --supplier sup-1000 MUG-01:5 -q
	agrees sup-1000 delete supplier delete sup-1000
	agrees loc-1000 delete location delete loc-1000
	must order create MUG-01:2 --pay sandbox:approve -q
	must worker --drain -q
	job=$(sqlite3 "$SHOPCTL_STORE" "SELECT 'job-' || id FROM job WHERE state = 'done' LIMIT 1")
	for verb in retry cancel; do
		refused 6 job $verb "$job" --yes --reason x
		is '.blockers[0].code' '"E_JOB_STATE"' why "$job" --for $verb
	done
}

@test "answers that were lost are waited for, and asked for" {
	must order create MUG-01:2 --pay sandbox:timeout -q
	must worker --drain -q
	is '[.waits[0].object, .waits[0].what, .waits[0].command]' \
		'["pay-1000","authorize is unknown","shopctl payment resolve pay-1000"]' why ord-1000
	is '.waits[0].command' '"shopctl payment resolve pay-1000"' why pay-1000
}

@test "several objects, none, and verbs that are not done with them" {
	must order create MUG-01:2 --pay manual -q
	is 'map(.object)' '["ord-1000","pay-1000"]' why ord-1000 pay-1000
	refused 3 why ord-1077
	refused 3 why NO-SKU
	refused 2 why ord-1000 --for fly
	says "ship, confirm, cancel, hold"
	refused 2 why evt-1000
	must customer create --name Ana -q
	refused 2 why cus-1000 --for ship
	is '[.for, .blocked]' '[null,false]' why cus-1000
	refused 2 why
}
