#!/usr/bin/env bats
# Stock: what comes in, what is corrected and moved, and what that leaves to promise.

load shop

setup() {
	shop_setup
	must product create MUG-01 --title "Blue mug" --price 12.50 -q
}

# numbers FILTER VALUE: of MUG-01's stock.
numbers() {
	is "$1" "$2" stock show MUG-01
}

# clean: every invariant of the shop holds.
clean() {
	must check >/dev/null
}

@test "goods come in at the default location with their cost and reference" {
	must stock receive MUG-01 3 --cost 5.10 --from "note 4711" -q
	must stock receive mug-01 2 -q
	numbers '[.on_hand, .allocated, .held, .available, .incoming, .backordered]' '[5,0,0,5,0,0]'
	numbers '.locations | map([.location, .on_hand])' '[["loc-1000",5]]'
	is '.[1] | [.kind, .qty, .on_hand, .cost.minor, .ref, .actor]' \
		'["received",3,3,510,"note 4711","ana"]' stock history MUG-01
	clean
}

@test "quantities follow the product's scale and unit" {
	must product create TEA-01 --title Tea --price 39 --unit kg --scale 3 -q
	must stock receive TEA-01 1.250kg -q
	must stock adjust TEA-01 --by -0.05 --reason spilled -q
	is '.on_hand == 1.2' true stock show TEA-01
	refused 2 stock receive TEA-01 1.0005
	refused 2 stock receive TEA-01 1g
	refused 2 stock receive MUG-01 1.5
	refused 5 stock receive MUG-01 0
}

@test "what is not there cannot be received or shown" {
	refused 3 stock receive CUP-01 1
	refused 3 stock show CUP-01
	refused 3 stock history CUP-01
	refused 3 stock receive MUG-01 1 --location loc-1077
	says loc-1077
}

@test "a product whose stock is not counted has none, and promises without end" {
	must product create EBOOK --title "A book" --price 5 --no-track-stock -q
	refused 6 stock receive EBOOK 1
	says E_STOCK_UNTRACKED
	says "shopctl product update EBOOK --track-stock"
	is '[.available, .track_stock]' '[null,false]' stock show EBOOK
	is 'map(.sku)' '["MUG-01"]' stock list
}

@test "an adjustment needs a reason and exactly one of by and set" {
	must stock receive MUG-01 5 -q
	refused 2 stock adjust MUG-01 --by -1
	says E_REASON_REQUIRED
	refused 2 stock adjust MUG-01 --reason x
	refused 2 stock adjust MUG-01 --by 1 --set 2 --reason x
	refused 5 stock adjust MUG-01 --by 0 --reason x
	refused 5 stock adjust MUG-01 --set -1 --reason x
}

@test "a count is booked as the difference, and as nothing when the books are right" {
	must stock receive MUG-01 5 -q
	must stock adjust MUG-01 --set 3 --reason count -q
	is '.[0] | [.kind, .qty, .on_hand, .reason]' '["adjusted",-2,3,"count"]' stock history MUG-01
	before=$(events)
	must stock adjust MUG-01 --set 3 --reason count -q
	[ "$(events)" -eq "$before" ]
	must stock adjust MUG-01 --by +4 --reason found -q
	numbers .on_hand 7
	clean
}

@test "less than nothing is refused, with the numbers, dry or not" {
	must stock receive MUG-01 2 -q
	refused 6 stock adjust MUG-01 --by -5 --reason count --dry-run
	says E_STOCK_SHORT
	says "MUG-01 has 2 on hand at loc-1000"
	refused 6 stock adjust MUG-01 --by -5 --reason count
	says "shopctl stock show MUG-01"
	numbers .on_hand 2
}

@test "a dry run tells the adjustment and changes nothing" {
	must stock receive MUG-01 2 -q
	before=$(events)
	must stock adjust MUG-01 --by -1 --reason count --dry-run
	[ "$(events)" -eq "$before" ]
	numbers .on_hand 2
}

@test "what moves is free, goes to another location, and the total stays" {
	must location create --name Shop -q
	must stock receive MUG-01 5 -q
	must stock move MUG-01 2 --from loc-1000 --to loc-1001 -q
	numbers .on_hand 5
	numbers '.locations | map(.on_hand)' '[3,2]'
	is 'map([.kind, .qty, .location]) | .[0:2]' \
		'[["moved_in",2,"loc-1001"],["moved_out",-2,"loc-1000"]]' stock history MUG-01
	refused 6 stock move MUG-01 4 --from loc-1000 --to loc-1001
	says E_STOCK_SHORT
	refused 5 stock move MUG-01 1 --from loc-1000 --to loc-1000
	refused 2 stock move MUG-01 1 --from loc-1000
	clean
}

@test "safety stock is kept from sale at its location only" {
	must location create --name Shop -q
	must stock receive MUG-01 5 -q
	must stock receive MUG-01 2 --location loc-1001 -q
	must stock safety MUG-01 4 -q
	must stock safety MUG-01 3 --location loc-1001 -q
	numbers '[.on_hand, .available, .safety_stock]' '[7,1,7]'
	before=$(events)
	must stock safety MUG-01 4 -q
	[ "$(events)" -eq "$before" ]
	must stock safety MUG-01 0 -q
	numbers .available 5
	refused 2 stock safety MUG-01 1.5
}

@test "a list is in SKU order, of one location or of what is low" {
	must product create CUP-01 --title Cup --price 3 --reorder-point 2 -q
	must location create --name Shop -q
	must stock receive MUG-01 5 -q
	must stock receive CUP-01 3 -q
	must stock receive CUP-01 1 --location loc-1001 -q
	is 'map([.sku, .on_hand])' '[["CUP-01",4],["MUG-01",5]]' stock list
	is 'map([.sku, .on_hand])' '[["CUP-01",1]]' stock list --location loc-1001
	is 'map(.sku)' '["MUG-01"]' stock list --low
	must stock adjust CUP-01 --by -2 --reason broken -q
	is 'map(.sku)' '["CUP-01","MUG-01"]' stock list --low
	is 'map(.sku)' '["CUP-01"]' stock list --limit 1
	is .products_low 2 status
	[ "$("$shopctl" stock list --low -o id)" = "CUP-01
MUG-01" ]
}

@test "the ledger is read from its end, of one location when asked" {
	must location create --name Shop -q
	must stock receive MUG-01 1 -q
	must stock receive MUG-01 2 --location loc-1001 -q
	must stock receive MUG-01 3 -q
	is 'map(.qty)' '[3,2,1]' stock history MUG-01
	is 'map(.qty)' '[3]' stock history MUG-01 --limit 1
	is 'map(.qty)' '[2]' stock history MUG-01 --location loc-1001
}

@test "eight processes take fifty units one by one, and exactly fifty times" {
	must stock receive MUG-01 50 -q
	for _ in 1 2 3 4 5 6 7 8; do
		(
			taken=0
			while "$shopctl" stock adjust MUG-01 --by -1 --reason x -q 2>>refusals; do taken=$((taken + 1)); done
			echo "$taken" >>taken
		) &
	done
	wait
	[ "$(awk '{ sum += $1 } END { print sum }' taken)" -eq 50 ]
	[ "$(grep -c "E_STOCK_SHORT\]" refusals)" -eq 8 ]
	numbers .on_hand 0
	clean
}

@test "a list gives each product's locations, as show does; with --location that one" {
	must product create MUG-91 --title Mug --price 5 >/dev/null
	must location create --name Cellar >/dev/null
	must stock receive MUG-91 3 >/dev/null
	must stock receive MUG-91 4 --location loc-1001 >/dev/null

	[ "$(must stock list -o json | jq -c '.[] | select(.sku == "MUG-91")')" = "$(must stock show MUG-91 -o json)" ]
	is '.[0].locations | map([.location, .on_hand])' '[["loc-1001",4]]' stock list --location loc-1001
	[ "$(must stock list --fields 'sku,locations[].on_hand' -o tsv --no-headers | grep MUG-91)" = $'MUG-91\t3, 4' ]
}
