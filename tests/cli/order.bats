#!/usr/bin/env bats
# Orders: placing, holding, canceling, expiring and finding them.

load shop

setup() {
	shop_setup
	must product create MUG-01 --title "Blue mug" --price 12.50 --backorder allow -q
	must product create POT-01 --title "Tea pot" --price 39.00 -q
	must product create TEA-01 --title "Green tea" --price 10.00 --unit kg --scale 3 --no-track-stock -q
	must stock receive MUG-01 3 --cost 5.10 -q
	must stock receive POT-01 2 -q
}

# stands ORDER STATUS PAYMENT FULFILLMENT: where an order stands.
stands() {
	is '[.status, .payment, .fulfillment]' "[\"$2\",\"$3\",\"$4\"]" order show "$1"
}

# free SKU: units of a product that no order has.
free() {
	"$shopctl" stock show "$1" -o json | jq .available
}

@test "an order takes its stock, its prices and what is short as a backorder" {
	must order create MUG-01:5 POT-01:1 -q
	is '[.total.amount, .due.amount, .paid.amount, .backordered]' '["101.50","101.50","0.00",true]' order show ord-1000
	is '.lines | map([.sku, .qty, .allocated, .backordered, .total.amount])' \
		'[["MUG-01",5,3,2,"62.50"],["POT-01",1,1,0,"39.00"]]' order show ord-1000
	is '.backorders | map([.sku, .open])' '[["MUG-01",2]]' order show ord-1000
}

@test "a method that pays later confirms the order at once, another waits for its authorization" {
	must order create POT-01 -q
	stands ord-1000 confirmed not_paid unfulfilled
	must order create POT-01 --pay sandbox:approve -q
	stands ord-1001 pending not_paid unfulfilled
}

@test "an order of nothing to pay is confirmed and paid" {
	must product create GIFT --title Gift --price 0 --no-track-stock -q
	must order create GIFT --pay sandbox:approve -q
	stands ord-1000 confirmed paid unfulfilled
	is '.payments' '[]' order show ord-1000
}

@test "what is not there and takes no backorders is refused, and no number is spent" {
	refused 6 order create MUG-01 POT-01:9
	says "E_STOCK_SHORT"
	says "9 wanted, 2 are available"
	says "shopctl stock receive POT-01 7"
	must order create POT-01:2 -q
	refused 6 order create POT-01:1
	is '.[].id' '"ord-1000"' order list
}

@test "a product may stand on several lines, and they share what is there" {
	must order create POT-01 MUG-01 POT-01 -q
	is '.lines | map(.allocated)' '[1,1,1]' order show ord-1000
	refused 6 order create POT-01 POT-01
	says "2 wanted, 0 are available"
}

@test "quantities have the product's decimals and sums are exact" {
	must order create TEA-01:0.333 TEA-01:0.333kg -q
	is '[.total.amount, .lines[0].qty, .lines[0].total.amount]' '["6.66",0.333,"3.33"]' order show ord-1000
	refused 2 order create TEA-01:0.0001
	refused 5 order create TEA-01:0
}

@test "an agreed price stands in the order, in the product's currency only" {
	must order create POT-01@35.00 -q
	is '[.total.amount, .lines[0].unit_price.amount]' '["35.00","35.00"]' order show ord-1000
	refused 6 order create POT-01@35.00USD
	says "E_CURRENCY"
}

@test "what was ordered keeps its price and title when the product changes" {
	must order create POT-01 -q
	must product price set POT-01 --to 50.00 -q
	must product update POT-01 --title "Big pot" -q
	is '[.total.amount, .lines[0].title]' '["39.00","Tea pot"]' order show ord-1000
}

@test "drafts, unknown products, customers and methods, and a taken reference are refused" {
	must product create NEW-01 --title New --price 1 --draft -q
	refused 6 order create NEW-01
	says "shopctl product publish NEW-01"
	refused 3 order create NOPE
	refused 3 order create POT-01 --customer cus-1000
	refused 2 order create POT-01 --pay gold
	must order create POT-01 --reference W-1 -q
	refused 4 order create POT-01 --reference W-1
	says "shopctl order show ord-1000"
}

@test "an order that is not there is exit 3" {
	refused 3 order show ord-77
	refused 3 order cancel ord-77 --yes
	refused 3 order note ord-77 hello
}

@test "canceling frees the stock, ends the backorders and keeps the total" {
	must order create MUG-01:5 POT-01:1 -q
	refused 11 order cancel ord-1000
	must order cancel ord-1000 --reason customer --yes -q
	stands ord-1000 canceled not_paid canceled
	is '[.total.amount, .due.amount, .cancel_reason, .backordered]' '["101.50","0.00","customer",false]' order show ord-1000
	is '.lines | map([.allocated, .backordered, .canceled])' '[[0,0,5],[0,0,1]]' order show ord-1000
	[ "$(free MUG-01)" = 3 ]
	[ "$(free POT-01)" = 2 ]
	is '.backorders | map([.status, .open])' '[["canceled",0]]' order show ord-1000
	must check --deep -q
}

@test "a canceled order stays canceled" {
	must order create POT-01 -q
	must order cancel ord-1000 --yes -q
	for verb in cancel hold release confirm; do
		refused 6 order "$verb" ord-1000 --yes
		says "canceled"
	done
	refused 6 order line cancel ord-1000 POT-01 --yes
}

@test "a canceled line leaves what is due by its exact share, waiting units first" {
	must product create SET-01 --title Set --price 10.00 --backorder allow -q
	must stock receive SET-01 1 -q
	must order create SET-01:3 POT-01 -q
	must order line cancel ord-1000 SET-01:2 --yes -q
	is '[.due.amount, .total.amount]' '["49.00","69.00"]' order show ord-1000
	is '.lines[0] | [.qty, .allocated, .backordered, .canceled]' '[3,1,0,2]' order show ord-1000
	refused 6 order line cancel ord-1000 SET-01:2 --yes
	says "1 of SET-01 left"
	refused 3 order line cancel ord-1000 MUG-01 --yes
	must check --deep -q
}

@test "with its last unit an order is canceled" {
	must order create MUG-01:4 POT-01 -q
	must order line cancel ord-1000 MUG-01:4 POT-01 --yes -q
	stands ord-1000 canceled not_paid canceled
	[ "$(free MUG-01)" = 3 ]
	must check --deep -q
}

@test "each hold is released by itself, and the order goes on with the last" {
	must order create POT-01 -q
	must order hold ord-1000 --reason fraud --note "odd address" -q
	must order hold ord-1000 --reason address -q
	refused 6 order hold ord-1000 --reason fraud
	is '[.status, .held]' '["on_hold",2]' order show ord-1000
	refused 6 order confirm ord-1000
	must order release ord-1000 --reason fraud -q
	is '[.status, .held]' '["on_hold",1]' order show ord-1000
	must order release ord-1000 -q
	is '[.status, .held]' '["confirmed",0]' order show ord-1000
	refused 6 order release ord-1000
	refused 2 order hold ord-1000 --reason boredom
	is '.holds | map([.reason, .note, .released_at != null])' '[["fraud","odd address",true],["address",null,true]]' order show ord-1000
}

@test "a held order that was pending goes back to pending, and canceling it ends its holds" {
	must order create POT-01 --pay sandbox:approve -q
	must order hold ord-1000 -q
	must order release ord-1000 -q
	stands ord-1000 pending not_paid unfulfilled
	must order hold ord-1000 -q
	must order cancel ord-1000 --yes -q
	is '[.status, .held]' '["canceled",0]' order show ord-1000
	must check --deep -q
}

@test "an order that nobody pays expires after its time, and one that is paid later does not" {
	export SHOPCTL_NOW=2027-02-04T10:00:00Z
	must order create POT-01 --pay sandbox:approve -q
	must order create POT-01 -q
	SHOPCTL_NOW=2027-02-05T09:59:00Z must order expire -q
	stands ord-1000 pending not_paid unfulfilled
	SHOPCTL_NOW=2027-02-05T10:01:00Z must order expire -q
	stands ord-1000 expired not_paid canceled
	stands ord-1001 confirmed not_paid unfulfilled
	[ "$(free POT-01)" = 1 ]
	must check --deep -q
}

@test "orders older than a given time expire on demand" {
	SHOPCTL_NOW=2027-02-04T10:00:00Z must order create POT-01 --pay sandbox:approve -q
	SHOPCTL_NOW=2027-02-04T11:00:00Z must order expire --older-than 2h -q
	stands ord-1000 pending not_paid unfulfilled
	SHOPCTL_NOW=2027-02-04T13:00:00Z must order expire --older-than 2h -q
	stands ord-1000 expired not_paid canceled
}

@test "a note is kept, and one with a card number is not" {
	must order create POT-01 -q
	must order note ord-1000 "rings before delivery" -q
	refused 5 order note ord-1000 "pays with 4111 1111 1111 1111"
	refused 5 order note ord-1000 ""
}

@test "orders are found by what they wait for, newest first" {
	export SHOPCTL_NOW=2027-01-30T10:00:00Z
	must order create POT-01 -q
	must order create MUG-01 --pay sandbox:approve -q
	SHOPCTL_NOW=2027-02-04T10:00:00Z must order create MUG-01 -q
	is 'map(.id)' '["ord-1002","ord-1001","ord-1000"]' order list
	is 'map(.id)' '["ord-1001"]' order list --status pending
	is 'map(.id)' '["ord-1002","ord-1001"]' order list --sku mug-01
	is 'map(.id)' '["ord-1002"]' order list --since 2027-02-01
	is 'map(.id)' '["ord-1002","ord-1001","ord-1000"]' order list --since 2027-01-30
	is length 0 order list --since 2027-02-05
	is 'map(.id)' '["ord-1001"]' order list --status pending --payment not_paid --since 2027-01-30
	is 'map(.id)' '["ord-1002","ord-1000"]' order list --status confirmed --payment not_paid
	is 'map(.id)' '["ord-1002"]' order list --limit 1
	is 'length' 3 order list --payment not_paid --fulfillment unfulfilled
	SHOPCTL_NOW=2027-02-04T10:00:00Z is 'map(.id)' '["ord-1000"]' order list --late
	shop order list --limit 1 -o nonsense
	[ "$status" -eq 2 ]
	says "jsonl"
}

@test "a dry run of an order changes nothing, and its digest admits exactly that order" {
	before=$(events)
	plan=$(must order create MUG-01 -n | grep -o 'sha256:[0-9a-f]*' | head -1)
	[ "$(events)" = "$before" ]
	must order create MUG-01 --expect "$plan" -q
	refused 4 order create MUG-01:2 --expect "$plan"
}

@test "an order made twice with one key is one order" {
	is .id '"ord-1000"' order create POT-01 --idempotency-key k1
	is .id '"ord-1000"' order create POT-01 --idempotency-key k1
	is length 1 order list
}

@test "an order whose goods left and whose money came is completed, and cannot be canceled any more" {
	must order create POT-01 --pay sandbox:approve -q
	must worker --drain -q
	stands ord-1000 confirmed authorized unfulfilled
	must shipment dispatch shp-1000 --carrier sandbox -q
	stands ord-1000 confirmed authorized fulfilled
	must worker --drain -q
	stands ord-1000 completed paid fulfilled
	refused 6 order cancel ord-1000
	says "E_ORDER_SHIPPED"
	says "shopctl payment refund ord-1000"
	must check --deep -q
}

@test "canceling an authorized order frees its stock at once and releases the money" {
	must order create POT-01:2 --pay sandbox:approve -q
	must worker --drain -q
	must order cancel ord-1000 --yes -q
	[ "$(free POT-01)" = 2 ]
	is '.shipments | map(.status)' '["canceled"]' order show ord-1000
	must worker --drain -q
	stands ord-1000 canceled voided canceled
	must check --deep -q
}

@test "canceling a paid order needs --refund, and a refund on its way is not too much paid" {
	must order create POT-01 -q
	must payment capture pay-1000 -q
	stands ord-1000 confirmed paid unfulfilled
	refused 6 order cancel ord-1000
	says "shopctl order cancel ord-1000 --refund"
	must order cancel ord-1000 --refund --yes -q
	stands ord-1000 canceled paid canceled
	must check --deep -q
}

@test "an order that was declined keeps its stock until its time is over, then it is canceled as declined" {
	export SHOPCTL_NOW=2027-02-04T10:00:00Z
	must order create POT-01 --pay sandbox:decline -q
	must worker --drain -q
	stands ord-1000 pending not_paid unfulfilled
	[ "$(free POT-01)" = 1 ]
	SHOPCTL_NOW=2027-02-05T10:01:00Z must order expire -q
	stands ord-1000 canceled not_paid canceled
	is .cancel_reason '"declined"' order show ord-1000
	[ "$(free POT-01)" = 2 ]
	must worker --drain -q
	must check --deep -q
}

@test "units in a shipment are canceled after the shipment is" {
	must order create POT-01:2 --pay sandbox:approve -q
	must worker --drain -q
	refused 6 order line cancel ord-1000 POT-01 --yes
	says "shopctl shipment cancel shp-1000"
	must shipment cancel shp-1000 --yes -q
	must order line cancel ord-1000 POT-01 --yes -q
	is '[.due.amount, .lines[0].canceled]' '["39.00",1]' order show ord-1000
	must worker --drain -q
	must check --deep -q
}

@test "an order whose axes were edited is found" {
	must order create POT-01 -q
	sqlite3 t.db "UPDATE orders SET payment_status = 'paid', due_minor = 1"
	run "$shopctl" check ORD03 -o csv
	[ "$status" -eq 10 ]
	says "its rows say not_paid"
}

@test "a list gives each order whole, as show does, and only what is asked for" {
	must product create MUG-91 --title Mug --price 5 --backorder allow >/dev/null
	must stock receive MUG-91 1 >/dev/null
	must order create MUG-91:3 --pay sandbox:approve >/dev/null
	must order hold ord-1000 --reason fraud >/dev/null
	must order create MUG-91:1 >/dev/null

	[ "$(must order list -o json | jq -c 'map(.id)')" = '["ord-1001","ord-1000"]' ]
	for id in ord-1000 ord-1001; do
		[ "$(must order list -o json | jq -c ".[] | select(.id == \"$id\")")" = "$(must order show $id -o json)" ]
	done
	[ "$(must order list -o jsonl | jq -c '[.lines[].sku, .backorders[].id, .holds[].reason]')" = \
		$'["MUG-91","bko-1001"]\n["MUG-91","bko-1000","fraud"]' ]
	[ "$(must order list --fields 'id,lines[].qty' -o csv)" = $'id,lines[].qty\nord-1001,1\nord-1000,3' ]
	is ".[1].lines | length" 1 order list --fields lines
}

@test "a count below nothing is refused, not taken for all" {
	refused 2 order list --limit -1
	says 'out of range'
	refused 2 product list --limit=-5
}

@test "an order's story and plan tell money as money, in words" {
	must product create MUG-93 --title Mug --price 12.50 >/dev/null
	must stock receive MUG-93 5 >/dev/null
	must cart create >/dev/null
	must cart add cart-1000 MUG-93:2 >/dev/null

	must cart log cart-1000 | grep -q 'total 25.00 EUR'
	! must cart log cart-1000 | grep -q '_minor'
	must cart checkout cart-1000 >/dev/null
	shop order cancel "$(must order list --limit 1 -o id)" --reason customer --dry-run
	says 'canceled: '
	[[ $output != *'{'* ]] || { echo "$output"; return 1; }
}
