#!/usr/bin/env bats
# Shipments: from allocated units to a parcel that has arrived.

load shop

# Four mugs and two pots lie in the default location.
setup() {
	shop_setup
	must product create MUG-01 --title "Blue mug" --price 12.50 --backorder allow -q
	must product create POT-01 --title "Tea pot" --price 39.00 -q
	must stock receive MUG-01 4 -q
	must stock receive POT-01 2 -q
}

# order LINE…: an order paid later, with a shipment of what is ready.
order() {
	must order create --pay manual "$@" -q
	must shipment create ord-1000 -q
}

# story ID: the types of what happened to it, in order.
story() {
	sqlite3 "$SHOPCTL_STORE" "SELECT group_concat(type, ' ') FROM (SELECT type FROM journal WHERE subject = '$1' ORDER BY seq)"
}

# sum ORDER_LINE: the stock movements of line 1 as received … shipped, added up.
movements() {
	sqlite3 "$SHOPCTL_STORE" "SELECT COALESCE(sum(CASE kind WHEN 'allocated' THEN qty ELSE -abs(qty) END), 0)
		FROM movement WHERE order_id = 1000 AND line = $1 AND kind IN ('allocated', 'released', 'shipped')"
}

@test "a shipment is made of all that is allocated, and there is nothing left for a second" {
	order MUG-01:3 POT-01:1
	is '[.order, .location, .status, .label, .tracking_status, (.lines | map([.line, .sku, .qty]))]' \
		'["ord-1000","loc-1000","open","none","unknown",[[1,"MUG-01",3],[2,"POT-01",1]]]' shipment show shp-1000
	refused 6 shipment create ord-1000
	says "nothing ready to ship"
	says "E_SHIPMENT_LINES"
	is length 1 shipment list --order ord-1000
	must check -q
}

@test "an order is sent in two parcels, by product and by number" {
	must order create --pay manual MUG-01:3 POT-01:1 -q
	must shipment create ord-1000 MUG-01:2 -q
	refused 6 shipment create ord-1000 MUG-01:2
	says "1 of MUG-01 are ready to ship, not 2"
	must shipment create ord-1000 MUG-01 POT-01 -q
	is 'map(.lines | map([.sku, .qty]))' '[[["MUG-01",2]],[["MUG-01",1],["POT-01",1]]]' shipment list
	must shipment dispatch shp-1000 -q
	is '[.fulfillment, (.lines | map([.allocated, .shipped]))]' '["partially_fulfilled",[[1,2],[1,0]]]' order show ord-1000
	must shipment dispatch shp-1001 -q
	is .fulfillment '"fulfilled"' order show ord-1000
	[ "$(movements 1)" -eq 0 ]
	[ "$(movements 2)" -eq 0 ]
	must check -q
}

@test "a line that is not the order's, has a price or is nothing is refused" {
	must order create --pay manual MUG-01:3 -q
	refused 6 shipment create ord-1000 POT-01:1
	says "no line of POT-01"
	refused 2 shipment create ord-1000 MUG-01:1@3.00
	refused 5 shipment create ord-1000 MUG-01:0
	refused 3 shipment create ord-1077
}

@test "stock in two places goes in one parcel from each" {
	must location create --name "Shop window" -q
	must stock receive POT-01 5 --location loc-1001 -q
	must order create --pay manual POT-01:7 -q
	must shipment create ord-1000 -q
	is 'map([.location, .lines[0].qty])' '[["loc-1000",2],["loc-1001",5]]' shipment list
	is 'map(.id)' '["shp-1001"]' shipment list --location loc-1001
	must shipment dispatch shp-1000 shp-1001 -q
	is '[.on_hand, .allocated]' '[0,0]' stock show POT-01
	must check -q
}

@test "a parcel is picked, put back, packed and sent, each step once" {
	order MUG-01:3
	must shipment pick shp-1000 -q
	refused 6 shipment pick shp-1000
	says "shipment shp-1000 is picking and cannot be picked"
	must shipment unpick shp-1000 -q
	must shipment pick shp-1000 -q
	must shipment pack shp-1000 -q
	refused 6 shipment unpick shp-1000
	says "shopctl shipment dispatch shp-1000"
	must shipment dispatch shp-1000 -q
	refused 6 shipment dispatch shp-1000
	[ "$(story shp-1000)" = "shipment.created shipment.picked shipment.unpicked shipment.picked shipment.packed shipment.shipped" ]
}

@test "the ids of a list are packed, passing picking" {
	order MUG-01:3 POT-01:1
	"$shopctl" shipment list --order ord-1000 -o id | "$shopctl" shipment pack - -q
	is .status '"packed"' shipment show shp-1000
	[ "$(story shp-1000)" = "shipment.created shipment.picked shipment.packed" ]
}

@test "a dispatch takes the units off the shelf and records that there is no label" {
	order MUG-01:3 POT-01:1
	must shipment dispatch shp-1000 --service Express --tracking 4711 -q
	is '[.status, .carrier, .service, .tracking, .label, .tracking_status]' \
		'["shipped","manual","Express","4711","no_label","unknown"]' shipment show shp-1000
	is '[.on_hand, .allocated, .available]' '[1,0,1]' stock show MUG-01
	[ "$(story shp-1000)" = "shipment.created shipment.picked shipment.packed shipment.shipped" ]
	[ "$(sqlite3 "$SHOPCTL_STORE" "SELECT (payload ->> '$.lines[0].sku') || ' ' || (payload ->> '$.order_id') FROM journal WHERE type = 'shipment.shipped'")" = "MUG-01 ord-1000" ]
	must check -q
}

@test "a shipment of an order on hold waits for its release" {
	order MUG-01:3
	must order hold ord-1000 --reason fraud -q
	refused 6 shipment pack shp-1000
	refused 6 shipment dispatch shp-1000
	says "E_ORDER_HELD"
	says "shopctl order release ord-1000"
	refused 6 shipment create ord-1000
	must order release ord-1000 -q
	must shipment dispatch shp-1000 -q
}

@test "nothing is opened for an order whose payment is not authorized" {
	must order create --pay sandbox:approve MUG-01:3 -q
	refused 6 shipment create ord-1000
	says "E_ORDER_UNPAID"
	says "shopctl payment authorize ord-1000"
}

@test "a dispatch is refused while the money is not certain any more, and goes when it is" {
	must order create --pay sandbox:approve MUG-01:3 -q
	must worker --drain -q
	is 'map(.status)' '["open"]' shipment list
	must payment void pay-1000 --yes -q
	must worker --drain -q
	refused 6 shipment dispatch shp-1000
	says "E_ORDER_UNPAID"
	says "shopctl payment authorize ord-1000"
	must payment authorize ord-1000 --method sandbox:approve -q
	must worker --drain -q
	must shipment dispatch shp-1000 -q
	must worker --drain -q
	is .payment '"paid"' order show ord-1000
	must check -q
}

@test "what was short goes in a second parcel, and each parcel is captured for itself" {
	must order create --pay sandbox:approve MUG-01:6 -q
	must worker --drain -q
	is 'map(.lines[0].qty)' '[4]' shipment list
	must shipment dispatch shp-1000 --carrier sandbox -q
	must worker --drain -q
	is '[.payment, .fulfillment]' '["partially_paid","partially_fulfilled"]' order show ord-1000
	must stock receive MUG-01 2 -q
	must worker --drain -q
	is 'map([.status, .lines[0].qty])' '[["shipped",4],["open",2]]' shipment list
	must shipment dispatch shp-1001 --carrier sandbox -q
	must worker --drain -q
	is '[.status, .payment, .fulfillment]' '["completed","paid","fulfilled"]' order show ord-1000
	is 'map(.status)' '["closed"]' backorder list --status all
	is 'map(.tracking != null)' '[true,true]' shipment list
	[ "$(movements 1)" -eq 0 ]
	must check -q
}

@test "what is canceled is allocated still, and goes into a new shipment" {
	order MUG-01:3 POT-01:1
	refused 11 shipment cancel shp-1000
	must shipment cancel shp-1000 --yes -q
	is .allocated 3 stock show MUG-01
	refused 6 shipment cancel shp-1000 --yes
	says "shopctl shipment create ord-1000"
	must shipment create ord-1000 MUG-01:3 -q
	must shipment create ord-1000 -q
	must shipment dispatch shp-1001 shp-1002 -q
	is 'map(.status)' '["canceled","shipped","shipped"]' shipment list
	refused 6 shipment cancel shp-1001 --yes
	[ "$(movements 1)" -eq 0 ]
	must check -q
}

@test "a canceled order leaves no open shipment and no unit behind" {
	order MUG-01:3 POT-01:1
	must shipment pick shp-1000 -q
	must order cancel ord-1000 --yes -q
	is .status '"canceled"' shipment show shp-1000
	is '[.on_hand, .allocated]' '[4,0]' stock show MUG-01
	[ "$(movements 1)" -eq 0 ]
	must check -q
}

@test "units are split off into a parcel of their own" {
	order MUG-01:3 POT-01:1
	refused 6 shipment split shp-1000 MUG-01:4
	refused 6 shipment split shp-1000 MUG-01:3 POT-01:1
	says "nothing would be left"
	must shipment split shp-1000 MUG-01:1 POT-01:1 -q
	is 'map(.lines | map([.sku, .qty]))' '[[["MUG-01",2]],[["MUG-01",1],["POT-01",1]]]' shipment list
	must check -q
	must shipment pack shp-1000 -q
	refused 6 shipment split shp-1000 MUG-01:1
	must shipment dispatch shp-1000 shp-1001 -q
	is .fulfillment '"fulfilled"' order show ord-1000
	must check -q
}

@test "what has arrived is delivered, once, and only after it left" {
	order MUG-01:3
	refused 6 shipment deliver shp-1000
	says "shopctl shipment dispatch shp-1000"
	must shipment dispatch shp-1000 -q
	must shipment deliver shp-1000 -q
	is '[.status, .delivered_at != null]' '["delivered",true]' shipment show shp-1000
	is '[.fulfillment, .lines[0].delivered]' '["delivered",3]' order show ord-1000
	refused 6 shipment deliver shp-1000
	must check -q
}

@test "a parcel by a carrier nobody can ask is not tracked" {
	order MUG-01:3
	refused 6 shipment track shp-1000
	must shipment dispatch shp-1000 --tracking 4711 -q
	refused 6 shipment track shp-1000
	says "shopctl shipment deliver shp-1000"
}

@test "an unknown carrier is exit 2 and the known ones are named" {
	order MUG-01:3
	refused 2 shipment dispatch shp-1000 --carrier pigeon
	says "E_CARRIER"
	says "manual and sandbox"
}

@test "the worker tells the carrier of the parcel and gets its number" {
	order MUG-01:3
	must shipment dispatch shp-1000 --carrier sandbox -q
	is .tracking null shipment show shp-1000
	refused 6 shipment track shp-1000
	says "shopctl worker --drain"
	must worker --drain -q
	is '[(.tracking | startswith("SBXT")), .tracking_status]' '[true,"pre_transit"]' shipment show shp-1000
	before=$(events)
	must worker --drain -q
	[ "$(events)" -eq "$before" ]
	must shipment track shp-1000 --dry-run -q
	is .tracking_status '"pre_transit"' shipment show shp-1000
	must shipment track shp-1000 -q
	is '[.status, .tracking_status]' '["shipped","in_transit"]' shipment show shp-1000
	must shipment track shp-1000 -q
	[ "$(story shp-1000)" = "shipment.created shipment.picked shipment.packed shipment.shipped shipment.tracking_updated shipment.tracking_updated" ]
}

@test "the carrier's word moves the shipment only when it says delivered" {
	must order create --pay manual MUG-01:3 -q
	must shipment create ord-1000 MUG-01:1 -q
	must shipment create ord-1000 MUG-01:2 -q
	must shipment dispatch shp-1000 --carrier sandbox --service failure -q
	must shipment dispatch shp-1001 --carrier sandbox --service delivered -q
	must worker --drain -q
	must shipment track shp-1000 shp-1001 -q
	is 'map([.status, .tracking_status])' '[["shipped","failure"],["delivered","delivered"]]' shipment list
	is .lines[0].delivered 2 order show ord-1000
	must check -q
}

@test "a carrier that does not answer is asked again, one that refuses is for a person" {
	must order create --pay manual MUG-01:3 -q
	must shipment create ord-1000 MUG-01:1 -q
	must shipment create ord-1000 MUG-01:2 -q
	must shipment dispatch shp-1000 --carrier sandbox --service down -q
	must shipment dispatch shp-1001 --carrier sandbox --service refuse -q
	run "$shopctl" worker --drain -q
	[ "$status" -eq 9 ]
	[ "$(sqlite3 "$SHOPCTL_STORE" "SELECT group_concat(state) FROM (SELECT state FROM job WHERE kind = 'carrier.announce' ORDER BY target_id)")" = "retry,dead" ]
	is 'map([.status, .tracking])' '[["shipped",null],["shipped",null]]' shipment list
}

@test "a dry run of a dispatch shows the plan and changes nothing" {
	order MUG-01:3
	before=$(events)
	run "$shopctl" shipment dispatch shp-1000 --dry-run
	[ "$status" -eq 0 ]
	says "plan sha256:"
	[ "$(events)" -eq "$before" ]
	is .status '"open"' shipment show shp-1000
}

@test "lists select by status and end where told" {
	must order create --pay manual MUG-01:3 -q
	for n in 1 2 3; do must shipment create ord-1000 MUG-01:1 -q; done
	must shipment pack shp-1001 -q
	is 'map(.id)' '["shp-1000","shp-1002"]' shipment list --status open
	is 'map(.id)' '["shp-1000","shp-1001"]' shipment list --limit 2
	refused 2 shipment list --status nonsense
}

@test "an order is shipped by one command: what is ready gets parcels, and all of them leave" {
	must order create --pay manual MUG-01:6 POT-01:1 -q
	must shipment create ord-1000 MUG-01:1 -q
	shop order ship ord-1000 --tracking T1
	[ "$status" -eq 2 ]
	says "2 parcels cannot have one number"
	is 'map(.status)' '["open"]' shipment list
	shop order ship ord-1000 --carrier manual
	[ "$status" -eq 0 ]
	says "ord-1000 shipped (shp-1000, manual)"
	says "ord-1000 shipped (shp-1001, manual)"
	is '[.fulfillment, [.lines[].shipped]]' '["partially_fulfilled",[4,1]]' order show ord-1000
	# Two mugs wait for stock: nothing is ready, and `why` says so too.
	refused 6 order ship ord-1000
	says E_SHIPMENT_LINES
	must stock receive MUG-01 2 -q
	must backorder allocate --all -q
	must order ship ord-1000 --tracking T2 -q
	is .fulfillment '"fulfilled"' order show ord-1000
	must check -q
}
