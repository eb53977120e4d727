#!/usr/bin/env bats
# Purchases: drafted, sent, received line by line, and ended.

load shop

setup() {
	shop_setup
	export SHOPCTL_NOW=2026-11-24T10:00:00Z
	must supplier create --name "Kiln & Co" --over-receipt 10 -q
	must product create MUG-01 --title "Blue mug" --price 12.50 --backorder allow -q
	must product create POT-01 --title "Tea pot" --price 39 -q
}

per_line='.lines | map([.sku, .ordered, .received, .closed, .outstanding])'

# last TYPE FILTER VALUE: jq's FILTER of the payload of the last event of this type.
last() {
	local got
	got=$(sqlite3 "$SHOPCTL_STORE" "SELECT payload FROM journal WHERE type = '$1' ORDER BY seq DESC LIMIT 1" | jq -c "$2")
	[ "$got" = "$3" ] || { echo "$1 $2: expected $3, got $got"; return 1; }
}

@test "a draft is in the supplier's currency, for the default location, and may name a product twice" {
	must purchase create --supplier sup-1000 MUG-01:10@5.10 POT-01:6 MUG-01:4 -q
	is "$per_line" '[["MUG-01",10,0,0,10],["POT-01",6,0,0,6],["MUG-01",4,0,0,4]]' purchase show pur-1000
	is '[.id, .supplier, .location, .status, .currency, .eta]' \
		'["pur-1000","sup-1000","loc-1000","draft","EUR",null]' purchase show pur-1000
	is '.lines | map(.cost.minor)' '[510,null,null]' purchase show pur-1000
}

@test "a cost in another currency than the supplier's is refused" {
	refused 6 purchase create --supplier sup-1000 MUG-01:10@5.10USD
	says "E_CURRENCY"
}

@test "an unknown product or supplier, an archived supplier, no units: each is told, and no id is spent" {
	refused 3 purchase create --supplier sup-1000 CUP-01:1
	refused 3 purchase create --supplier sup-1077 MUG-01:1
	refused 5 purchase create --supplier sup-1000 MUG-01:0
	must supplier create --name Old -q
	must supplier delete sup-1001 -q
	refused 6 purchase create --supplier sup-1001 MUG-01:1
	must purchase create --supplier sup-1000 MUG-01:1 -q
	is 'map(.id)' '["pur-1000"]' purchase list
}

@test "only a draft's lines change, and one without lines cannot be sent" {
	must purchase create --supplier sup-1000 MUG-01:10 -q
	must purchase line add pur-1000 POT-01:2 -q
	must purchase line remove pur-1000 1 -q
	is "$per_line" '[["POT-01",2,0,0,2]]' purchase show pur-1000
	refused 6 purchase line remove pur-1000 1
	must purchase line remove pur-1000 2 -q
	refused 6 purchase submit pur-1000
	says "shopctl purchase line add pur-1000"
	must purchase line add pur-1000 POT-01:2 -q
	must purchase submit pur-1000 -q
	refused 6 purchase line add pur-1000 MUG-01:1
}

@test "a sent purchase is expected after the supplier's lead time, until the supplier says otherwise" {
	must purchase create --supplier sup-1000 MUG-01:10 -q
	must purchase submit pur-1000 -q
	is '[.status, .eta, .submitted_at]' \
		'["submitted","2026-12-01T10:00:00.000Z","2026-11-24T10:00:00.000Z"]' purchase show pur-1000
	refused 5 purchase acknowledge pur-1000 --eta 2026-11-01
	must purchase acknowledge pur-1000 --eta 2026-12-08T00:00:00Z -q
	is '[.status, .eta]' '["acknowledged","2026-12-08T00:00:00.000Z"]' purchase show pur-1000
	must purchase acknowledge pur-1000 --eta 2026-12-09T00:00:00Z -q
	refused 6 purchase submit pur-1000
}

@test "a draft is not received: it points to submit" {
	must purchase create --supplier sup-1000 MUG-01:10 -q
	refused 6 purchase receive pur-1000
	says "shopctl purchase submit pur-1000"
}

@test "all that is outstanding is received, at the cost it was ordered for" {
	must purchase create --supplier sup-1000 MUG-01:10@5.10 POT-01:6 -q
	must purchase submit pur-1000 -q
	must purchase receive pur-1000 -q
	is '[.status, (.lines | map(.received))]' '["received",[10,6]]' purchase show pur-1000
	last purchase_order.received '.lines | map([.sku, .qty, .unit_cost.minor])' '[["MUG-01",10,510],["POT-01",6,null]]'
	last inventory.received '[.sku, .qty, .purchase_id]' '["POT-01",6,"pur-1000"]'
	refused 6 purchase receive pur-1000
	must purchase close pur-1000 -q
	is .status '"closed"' purchase show pur-1000
}

@test "partial receipts fill a product's lines in their order, and the last cost is the next draft's" {
	must purchase create --supplier sup-1000 MUG-01:10 POT-01:6 MUG-01:4 -q
	must purchase submit pur-1000 -q
	must purchase receive pur-1000 MUG-01:12@4.90 -q
	is "$per_line" '[["MUG-01",10,10,0,0],["POT-01",6,0,0,6],["MUG-01",4,2,0,2]]' purchase show pur-1000
	is .status '"partially_received"' purchase show pur-1000
	must purchase receive pur-1000 --cost 20.00 -q
	is .status '"received"' purchase show pur-1000
	must purchase create --supplier sup-1000 MUG-01:1 POT-01:1 -q
	is '.lines | map(.cost.minor)' '[2000,2000]' purchase show pur-1001
}

@test "too much is refused past the supplier's allowance, and never makes up for another line" {
	must purchase create --supplier sup-1000 MUG-01:10 POT-01:6 -q
	must purchase submit pur-1000 -q
	refused 6 purchase receive pur-1000 MUG-01:12
	says "E_PURCHASE_OVER"
	says "shopctl purchase receive pur-1000 MUG-01:11"
	must purchase receive pur-1000 MUG-01:11 -q
	is .status '"partially_received"' purchase show pur-1000
	is "$per_line" '[["MUG-01",10,11,0,0],["POT-01",6,0,0,6]]' purchase show pur-1000
	refused 6 purchase receive pur-1000 MUG-01:1
	must purchase receive pur-1000 -q
	is .status '"received"' purchase show pur-1000
}

@test "what is not on the purchase is not received on it" {
	must purchase create --supplier sup-1000 MUG-01:10 -q
	must purchase submit pur-1000 -q
	refused 6 purchase receive pur-1000 POT-01:1
	says "E_PURCHASE_LINES"
}

@test "a purchase with units to come is closed only short, and then nothing is on order" {
	must purchase create --supplier sup-1000 MUG-01:10 -q
	must purchase submit pur-1000 -q
	must purchase receive pur-1000 MUG-01:4 -q
	refused 6 purchase close pur-1000
	says "shopctl purchase close pur-1000 --short"
	refused 6 purchase cancel pur-1000 --yes
	must purchase close pur-1000 --short -q
	is "$per_line" '[["MUG-01",10,4,6,0]]' purchase show pur-1000
	is .status '"short_closed"' purchase show pur-1000
	refused 6 purchase receive pur-1000 MUG-01:1
}

@test "a purchase of which nothing came is canceled, after a yes" {
	must purchase create --supplier sup-1000 MUG-01:10 -q
	refused 6 supplier delete sup-1000
	says "E_SUPPLIER_IN_USE"
	refused 11 purchase cancel pur-1000
	must purchase cancel pur-1000 --yes -q
	is .status '"canceled"' purchase show pur-1000
	refused 6 purchase submit pur-1000
	must supplier delete sup-1000 -q
}

@test "lists select by supplier and status" {
	must supplier create --name Leaf -q
	must purchase create --supplier sup-1000 MUG-01:1 -q
	must purchase create --supplier sup-1001 MUG-01:1 -q
	must purchase submit pur-1001 -q
	is 'map(.id)' '["pur-1000"]' purchase list --status draft
	is 'map(.id)' '["pur-1001"]' purchase list --supplier sup-1001
	is 'map(.id)' '["pur-1000"]' purchase list --limit 1
}
