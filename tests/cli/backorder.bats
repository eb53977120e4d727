#!/usr/bin/env bats
# Backorders: opened when an order is placed, brought by purchases, filled first come first served.

load shop

setup() {
	shop_setup
	export SHOPCTL_NOW=2026-11-24T10:00:00Z
	must supplier create --name "Kiln & Co" -q
	must product create MUG-01 --title "Blue mug" --price 12.50 --backorder allow -q
	must product create POT-01 --title "Tea pot" --price 39 --backorder limit:2 -q
}

# buy LINE…: an order, paid later.
buy() {
	must order create "$@" --pay manual -o id
}

@test "what is short waits on a backorder, and the order says so" {
	must stock receive MUG-01 3 -q
	buy MUG-01:5
	is 'map([.id, .order, .line, .sku, .qty, .open, .status, .promised_at, .purchase])' \
		'[["bko-1000","ord-1000",1,"MUG-01",2,2,"open",null,null]]' backorder list
	is .backordered true order show ord-1000
	is .backordered 2 stock show MUG-01
}

@test "a limit counts all that wait for the product" {
	buy POT-01:2
	run buy POT-01:1
	[ "$status" -eq 6 ]
	says "E_BACKORDER_LIMIT"
	is length 1 backorder list --sku POT-01
}

@test "free stock goes to who waits longest, and the rest waits on" {
	buy MUG-01:3
	buy MUG-01:2
	buy MUG-01:1
	must stock receive MUG-01 4 -q
	is 'map([.id, .allocated, .open, .status])' \
		'[["bko-1000",3,0,"allocated"],["bko-1001",1,1,"partially_allocated"]]' backorder allocate MUG-01
	is 'map([.id, .open])' '[["bko-1000",0],["bko-1001",1],["bko-1002",1]]' backorder list
	is '[.allocated, .backordered, .available]' '[4,2,0]' stock show MUG-01
	must check -q
}

@test "allocate takes products or --all, and a dry run changes nothing" {
	buy MUG-01:1
	must stock receive MUG-01 4 -q
	refused 2 backorder allocate
	refused 2 backorder allocate MUG-01 --all
	refused 3 backorder allocate CUP-01
	must backorder allocate --all --dry-run -q
	is 'map(.open)' '[1]' backorder list
	must backorder allocate --all -q
	is 'map(.status)' '["allocated"]' backorder list
}

@test "a promise that moves later is a delay" {
	buy MUG-01:1
	refused 5 backorder promise bko-1000 2026-11-01
	must backorder promise bko-1000 2026-12-08T00:00:00Z -q
	is .promised_at '"2026-12-08T00:00:00.000Z"' backorder show bko-1000
	before=$(events)
	must backorder promise bko-1000 2026-12-08T00:00:00Z -q
	[ "$(events)" -eq "$before" ]
	must backorder promise bko-1000 2026-12-10T00:00:00Z -q
	[ "$(sqlite3 t.db "SELECT group_concat(type) FROM journal WHERE subject = 'bko-1000'")" = \
		backorder.created,backorder.promised,backorder.delayed ]
	is 'map(.id)' '["bko-1000"]' backorder list --due 2026-12-11
	is length 0 backorder list --due 2026-12-09
}

@test "a backorder is sourced from a purchase that brings the product, and has its date" {
	buy MUG-01:1
	must purchase create --supplier sup-1000 POT-01:5 -q
	refused 6 backorder source bko-1000 --purchase pur-1000
	says "E_PURCHASE_LINES"
	refused 3 backorder source bko-1000 --purchase pur-1077
	must purchase line add pur-1000 MUG-01:5 -q
	must purchase submit pur-1000 -q
	must backorder source bko-1000 --purchase pur-1000 -q
	is '[.status, .purchase, .promised_at]' '["sourced","pur-1000","2026-12-01T10:00:00.000Z"]' \
		backorder show bko-1000
	must purchase close pur-1000 --short -q
	is '[.status, .purchase, .promised_at]' '["open",null,null]' backorder show bko-1000
}

@test "what still waits is given up after a yes: the order costs less, and nothing waits any more" {
	must stock receive MUG-01 3 -q
	buy MUG-01:5
	refused 11 backorder cancel bko-1000
	must backorder cancel bko-1000 --yes -q
	is '[.status, .canceled, .open]' '["canceled",2,0]' backorder show bko-1000
	is '[.due.minor, .backordered]' '[3750,false]' order show ord-1000
	is .backordered 0 stock show MUG-01
	refused 6 backorder cancel bko-1000 --yes
	says "E_BACKORDER_STATE"
	is length 0 backorder list
	is length 1 backorder list --status all
	must check -q
}

@test "an order whose every unit is given up is canceled" {
	buy MUG-01:2
	must backorder cancel bko-1000 --yes -q
	is .status '"canceled"' order show ord-1000
	must check -q
}

@test "a reorder drafts for waiting orders and for reorder points, once" {
	must product update POT-01 --reorder-point 5 --reorder-qty 12 -q
	buy MUG-01:2
	must stock reorder --dry-run -q
	is length 0 purchase list
	is 'map([.sku, .projected, .drafted, .purchase, .blocked])' \
		'[["MUG-01",-2,2,"pur-1000",null],["POT-01",0,12,"pur-1000",null]]' stock reorder
	is length 0 stock reorder
	is '.lines | map([.sku, .ordered])' '[["MUG-01",2],["POT-01",12]]' purchase show pur-1000
	is '[.status, .purchase]' '["sourced","pur-1000"]' backorder show bko-1000
}

@test "without a supplier to choose, a reorder is blocked, and a supplier clears it" {
	must supplier create --name Leaf -q
	buy MUG-01:2
	is 'map([.sku, .drafted, .blocked])' '[["MUG-01",0,"no_supplier"]]' stock reorder
	is 'map([.sku, .backordered, .reason])' '[["MUG-01",2,"no_supplier"]]' purchase blocked
	must product update MUG-01 --supplier sup-1001 -q
	is length 0 purchase blocked
	must stock reorder -q
	is 'map([.id, .supplier])' '[["pur-1000","sup-1001"]]' purchase list
}

@test "what the draft brings is received for who waits" {
	must stock receive MUG-01 3 -q
	buy MUG-01:5
	must stock reorder -q
	must purchase submit pur-1000 -q
	must purchase receive pur-1000 -q
	is .available 0 stock show MUG-01
	must backorder allocate --all -q
	is '[.status, .allocated]' '["allocated",2]' backorder show bko-1000
	is '.lines | map([.allocated, .backordered])' '[[5,0]]' order show ord-1000
	must check -q
}

@test "the worker drafts what is short, and gives what is received to who waits, oldest first" {
	must stock receive MUG-01 3 --cost 5.10 -q
	buy MUG-01:4
	buy MUG-01:2
	must worker --drain -q
	is 'map([.id, .status, (.lines | map([.sku, .ordered, .cost.minor]))])' \
		'[["pur-1000","draft",[["MUG-01",3,510]]]]' purchase list
	is 'map([.id, .status, .purchase])' \
		'[["bko-1000","sourced","pur-1000"],["bko-1001","sourced","pur-1000"]]' backorder list
	must purchase submit pur-1000 -q
	must purchase receive pur-1000 MUG-01:2 -q
	must worker --drain -q
	is 'map([.id, .allocated, .open])' '[["bko-1000",1,0],["bko-1001",1,1]]' backorder list
	must purchase receive pur-1000 -q
	must worker --drain -q
	is 'map([.id, .allocated, .open])' '[["bko-1000",1,0],["bko-1001",2,0]]' backorder list
	is length 1 purchase list
	must check -q
	must event verify -q
}

@test "whatever frees units, who waits gets them" {
	must location create --name Attic -q
	must stock receive MUG-01 4 -q
	must cart create -q
	must cart add cart-1000 MUG-01:4 -q
	buy MUG-01:6
	must worker --drain -q
	is .open 6 backorder show bko-1000
	must cart set cart-1000 MUG-01 3 -q
	must worker --drain -q
	is .open 5 backorder show bko-1000
	must cart abandon cart-1000 -q
	must worker --drain -q
	is .open 2 backorder show bko-1000
	must stock safety MUG-01 2 -q
	must stock receive MUG-01 2 -q
	must worker --drain -q
	is .open 2 backorder show bko-1000
	must stock move MUG-01 1 --from loc-1000 --to loc-1001 -q
	must worker --drain -q
	is .open 1 backorder show bko-1000
	must stock safety MUG-01 0 -q
	must worker --drain -q
	is .open 0 backorder show bko-1000
	must check --deep -q
}

@test "a backorder ends with its rest given up when what it got has shipped" {
	must stock receive MUG-01 1 -q
	buy MUG-01:3
	must stock receive MUG-01 1 -q
	must worker --drain -q
	must shipment list -o id | while read -r id; do must shipment dispatch "$id" -q; done
	is '.status' '"partially_allocated"' backorder show bko-1000
	must backorder cancel bko-1000 --yes -q
	is '.status' '"closed"' backorder show bko-1000
	is . '[]' backorder list
	buy POT-01:2
	must stock receive POT-01 1 -q
	must worker --drain -q
	must shipment dispatch "$(must shipment list --status open -o id)" -q
	must order line cancel ord-1001 POT-01:1 --yes -q
	is '.status' '"closed"' backorder show bko-1001
	must check --deep -q
}
