#!/usr/bin/env bats
# Carts: their lines and holds, the quote, checkout, and their end.

load shop

setup() {
	shop_setup
	export SHOPCTL_NOW=2026-11-24T10:00:00Z
	must product create MUG-01 --title "Blue mug" --price 12.50 --backorder allow -q
	must product create POT-01 --title "Tea pot" --price 39.00 -q
	must stock receive MUG-01 3 -q
	must stock receive POT-01 2 -q
	must customer create --name "Ana Lima" --email ana@example.org -q
	must cart create --customer cus-1000 -q
}

# at TIME WORDS…: a command at this time of the shop's day.
at() {
	local now=$1
	shift
	SHOPCTL_NOW=$now "$@"
}

@test "a cart takes more than there is and holds what there is" {
	must cart add cart-1000 MUG-01:5 POT-01:1 -q
	is '[.customer, .status, .total.amount, .held_until, .version]' \
		'["cus-1000","active","101.50","2026-11-24T10:30:00.000Z",2]' cart show cart-1000
	is '[.lines[] | [.line, .sku, .qty, .unit_price.minor, .total.minor, .held]]' \
		'[[1,"MUG-01",5,1250,6250,3],[2,"POT-01",1,3900,3900,1]]' cart show cart-1000
	is '[.held, .available]' '[3,0]' stock show MUG-01
}

@test "the quote says that 3 of 5 mugs can ship now, and checkout is open" {
	must cart add cart-1000 MUG-01:5 POT-01:1 -q
	is '[.ready, .total.minor, .problems, (.lines[] | [.sku, .qty, .ship_now, .backordered, .short])]' \
		'[true,10150,[],["MUG-01",5,3,2,0],["POT-01",1,1,0,0]]' cart quote cart-1000
	run "$shopctl" cart quote cart-1000
	says "3 of 5 can ship now, 2 would wait"
	before=$(events)
	must cart quote cart-1000 -q
	[ "$(events)" -eq "$before" ]
}

@test "checkout makes the order, ends the cart and drops its holds" {
	must cart add cart-1000 MUG-01:5 POT-01:1 -q
	[ "$(must cart checkout cart-1000 --pay sandbox:approve -o id)" = ord-1000 ]
	is '[.status, .order, .held_until]' '["completed","ord-1000",null]' cart show cart-1000
	is '[.held, .allocated, .available]' '[0,3,0]' stock show MUG-01
	must check -q
}

@test "checking out again gives the same order and doubles nothing" {
	must cart add cart-1000 POT-01:1 -q
	must cart checkout cart-1000 -q
	before=$(events)
	[ "$(must cart checkout cart-1000 -o id)" = ord-1000 ]
	[ "$(must cart checkout cart-1000 --pay sandbox:decline --expected-total 1 -o id)" = ord-1000 ]
	[ "$(events)" -eq "$before" ]
}

@test "several processes checking out one cart at once get one order" {
	must cart add cart-1000 POT-01:2 MUG-01:3 -q
	for i in 1 2 3 4 5 6; do
		"$shopctl" cart checkout cart-1000 -o id >"out$i" &
	done
	wait
	[ "$(cat out? | sort | uniq -c | tr -s ' ')" = " 6 ord-1000" ]
	is '[.allocated, .held]' '[2,0]' stock show POT-01
	must check -q
}

@test "a short checkout is exit 6, says how many are available, and changes nothing" {
	must cart create -q
	must cart add cart-1001 POT-01:9 -q
	is '[.ready, (.problems[] | [.code, .sku, .fix])]' \
		'[false,["E_STOCK_SHORT","POT-01","shopctl cart set cart-1001 POT-01 2"]]' cart quote cart-1001
	refused 6 cart checkout cart-1001 --pay manual
	says "E_STOCK_SHORT"
	says "9 wanted, 2 are available"
	says "shopctl cart set cart-1001 POT-01 2"
	is '[.status, .lines[0].held]' '["active",2]' cart show cart-1001
	must cart set cart-1001 POT-01 2 -q
	[ "$(must cart checkout cart-1001 -o id)" = ord-1000 ]
}

@test "of two carts that want the last units the first one to come holds them" {
	must cart create -q
	must cart add cart-1000 POT-01:2 -q
	must cart add cart-1001 POT-01:1 -q
	is '.lines[0].held' 0 cart show cart-1001
	is '[.lines[0].ship_now, .lines[0].short]' '[0,1]' cart quote cart-1001
	refused 6 cart checkout cart-1001
	says "0 are available"
	must cart checkout cart-1000 -q
}

@test "what a cart holds does not count against itself" {
	must cart add cart-1000 POT-01:2 -q
	is '.lines[0].ship_now' 2 cart quote cart-1000
	must cart add cart-1000 MUG-01:1 -q
	must cart set cart-1000 POT-01 1 -q
	must cart set cart-1000 POT-01 2 -q
	is '.lines[0].held' 2 cart show cart-1000
	must cart checkout cart-1000 -q
}

@test "a hold ends by the clock alone, and whoever comes then is served" {
	must cart create -q
	must cart add cart-1000 POT-01:2 -q
	export SHOPCTL_NOW=2026-11-24T10:30:00Z
	is '[.lines[0].held, .lines[0].held_until, .lines[0].ship_now]' '[0,null,2]' cart quote cart-1000
	must cart add cart-1001 POT-01:1 -q
	is '.lines[0].held' 1 cart show cart-1001
	is '[.lines[0].ship_now, .lines[0].short]' '[1,1]' cart quote cart-1000
	must cart checkout cart-1001 -q
	refused 6 cart checkout cart-1000
	says "1 is available"
}

@test "any write extends the holds, and takes up what came meanwhile" {
	must cart add cart-1000 POT-01:5 -q
	must stock receive POT-01 1 -q
	export SHOPCTL_NOW=2026-11-24T10:20:00Z
	must cart add cart-1000 MUG-01:1 -q
	is '[.lines[] | [.held, .held_until]]' \
		'[[3,"2026-11-24T10:50:00.000Z"],[1,"2026-11-24T10:50:00.000Z"]]' cart show cart-1000
}

@test "adding to a line adds, a typed price stays until another is typed" {
	must cart add cart-1000 MUG-01:1 MUG-01:2@9.50 -q
	is '.lines[0] | [.qty, .unit_price.minor, .agreed]' '[3,950,true]' cart show cart-1000
	must product price set MUG-01 --to 20 -q
	must cart add cart-1000 mug-01 -q
	is '.lines[0] | [.qty, .unit_price.minor]' '[4,950]' cart show cart-1000
	is .total.minor 3800 cart checkout cart-1000
}

@test "a line follows the price in force until checkout, and the expected total guards it" {
	must cart add cart-1000 POT-01:2 -q
	must product price set POT-01 --to 40 -q
	is .total.minor 8000 cart show cart-1000
	refused 4 cart checkout cart-1000 --expected-total 78.00
	says "cart-1000 costs 80.00 EUR, not 78.00 EUR"
	must cart checkout cart-1000 --expected-total 80 -q
}

@test "setting 0 removes a line and its hold, and so does remove" {
	must cart add cart-1000 MUG-01:3 POT-01:2 -q
	must cart set cart-1000 MUG-01 0 -q
	is '[.lines[].sku]' '["POT-01"]' cart show cart-1000
	is .held 0 stock show MUG-01
	must cart remove cart-1000 POT-01 -q
	is '[.lines, .held_until]' '[[],null]' cart show cart-1000
	refused 3 cart remove cart-1000 POT-01
	says "cart-1000 has no POT-01"
	refused 6 cart checkout cart-1000
	says "E_CART_EMPTY"
}

@test "only what is on sale and priced can be added" {
	must product create NEW-01 --title New --draft -q
	refused 6 cart add cart-1000 NEW-01
	says "E_PRODUCT_INACTIVE"
	says "shopctl product publish NEW-01"
	must product create SALE-01 --title Sale --price 5 --draft -q
	refused 6 cart add cart-1000 SALE-01
	refused 3 cart add cart-1000 NONE-1
	refused 5 cart add cart-1000 MUG-01:0
	refused 5 cart add cart-1000 MUG-01:-2
	refused 2 cart add cart-1000 MUG-01:1.5
	refused 5 cart add cart-1000 POT-01:999999 POT-01:2
}

@test "a product taken off sale is a problem of the quote and stops checkout" {
	must cart add cart-1000 MUG-01:1 POT-01:1 -q
	must product unpublish POT-01 -q
	is '[.problems[] | [.code, .sku]]' '[["E_PRODUCT_INACTIVE","POT-01"]]' cart quote cart-1000
	refused 6 cart checkout cart-1000
	says "product POT-01 is not on sale"
}

@test "the quote asks the backorder limit as checkout does" {
	must product update MUG-01 --backorder limit:4 -q
	must cart add cart-1000 MUG-01:8 -q
	is '[.lines[0] | .ship_now, .backordered, .short]' '[3,4,1]' cart quote cart-1000
	is '[.problems[].code]' '["E_BACKORDER_LIMIT"]' cart quote cart-1000
	refused 6 cart checkout cart-1000
	says "E_BACKORDER_LIMIT"
	must cart set cart-1000 MUG-01 7 -q
	must cart checkout cart-1000 -q
}

@test "one cart has one currency: that of its first line" {
	must product create USA-01 --title Import --price "7.00 USD" -q
	must cart add cart-1000 POT-01 -q
	refused 6 cart add cart-1000 USA-01
	says "E_CURRENCY"
	refused 6 cart add cart-1000 MUG-01:1@9.00USD
	must cart create -q
	must cart add cart-1001 USA-01:2 -q
	is '[.currency, .total.amount]' '["USD","14.00"]' cart show cart-1001
	must product price set USA-01 --to "6.00 EUR" -q
	is '[.ready, .problems[0].code]' '[false,"E_CURRENCY"]' cart quote cart-1001
	refused 6 cart checkout cart-1001
}

@test "quantities follow the product's unit" {
	must product create TEA-01 --title "Green tea" --price 39.00 --unit kg --scale 3 -q
	must stock receive TEA-01 2kg -q
	must cart add cart-1000 TEA-01:1.250kg -q
	is '.lines[0] | [.qty, .total.minor, .held]' '[1.25,4875,1.25]' cart show cart-1000
	refused 2 cart add cart-1000 TEA-01:1l
}

@test "a cart goes to a typed address or to one of its customer's" {
	printf 'name: Ana Lima\nstreet: "Hauptstr. 5"\ncity: Berlin\npostcode: "01115"\ncountry: de\n' >a.yaml
	must cart address cart-1000 --ship @a.yaml -q
	is '.ship_to | [.name, .postcode, .country, .region]' '["Ana Lima","01115","DE",null]' cart show cart-1000
	must cart address cart-1000 --ship '{"name":"Bo","street":"Weg 1","city":"Bonn","country":"DE","phone":null}' -q
	is '.ship_to | [.name, .phone]' '["Bo",null]' cart show cart-1000
	must customer address add cus-1000 --name Ana --street Weg --city Ulm --country DE -q
	must cart address cart-1000 --customer-address 1 -q
	is .ship_to.city '"Ulm"' cart show cart-1000
	must cart add cart-1000 POT-01 -q
	is .ship_to.city '"Ulm"' cart checkout cart-1000
}

@test "the journal does not know where a cart goes" {
	plan=$("$shopctl" cart address cart-1000 --ship '{"name":"Bo","street":"Weg 1","city":"Bonn","country":"DE"}' \
		--dry-run -o json)
	[ "$(jq -c '[.events[].payload.changed]' <<<"$plan")" = '[["ship_to"]]' ]
	[[ $plan != *Bonn* && $plan != *Bo\"* ]]
}

@test "a bad address is refused with its line or field" {
	refused 5 cart address cart-1000 --ship $'name: Ana\nstreat: Weg 1'
	says "ship:2"
	refused 5 cart address cart-1000 --ship '{"name":"Ana","name":"Bo"}'
	refused 5 cart address cart-1000 --ship '{"name":"Ana","street":"Weg 1","country":"DE"}'
	says "city"
	refused 5 cart address cart-1000 --ship '&a {name: *a}'
	refused 2 cart address cart-1000
	refused 3 cart address cart-1000 --customer-address 4
	must cart create -q
	refused 6 cart address cart-1001 --customer-address 1
}

@test "an abandoned cart frees its units, and any write revives it" {
	must cart add cart-1000 POT-01:2 -q
	must cart abandon cart-1000 -q
	is '[.status, .lines[0].held]' '["abandoned",0]' cart show cart-1000
	is .held 0 stock show POT-01
	before=$(events)
	must cart abandon cart-1000 -q
	[ "$(events)" -eq "$before" ]
	must cart recover cart-1000 -q
	is '[.status, .lines[0].held]' '["active",2]' cart show cart-1000
	must cart abandon cart-1000 -q
	must cart set cart-1000 POT-01 1 -q
	is '[.status, .lines[0].held]' '["active",1]' cart show cart-1000
	must cart abandon cart-1000 -q
	must cart checkout cart-1000 -q
	is .status '"completed"' cart show cart-1000
}

@test "a closed cart refuses every change and names the way on" {
	must cart add cart-1000 POT-01 -q
	must cart checkout cart-1000 -q
	for words in "add cart-1000 MUG-01" "set cart-1000 POT-01 0" "remove cart-1000 POT-01" "abandon cart-1000" \
		"recover cart-1000" "quote cart-1000"; do
		refused 6 cart $words
		says "E_CART_CLOSED"
		says "it became ord-1000"
		says "shopctl cart create --customer cus-1000"
	done
	must cart create -q
	must cart expire --older-than 0s -q
	refused 6 cart checkout cart-1001
	says "cart-1001 is expired"
}

@test "carts that nobody touches are abandoned after a day and expire by tiers" {
	must cart create -q
	must cart create -q
	must cart add cart-1000 MUG-01 -q
	must cart add cart-1001 POT-01 -q
	SHOPCTL_NOW=2026-11-25T09:59:00Z is . '[]' cart expire
	SHOPCTL_NOW=2026-11-25T10:00:00Z is 'map([.id, .status])' \
		'[["cart-1000","abandoned"],["cart-1001","abandoned"],["cart-1002","abandoned"]]' cart expire
	SHOPCTL_NOW=2026-11-25T16:00:00Z is 'map([.id, .status])' '[["cart-1002","expired"]]' cart expire
	SHOPCTL_NOW=2026-12-25T10:00:00Z is 'map([.id, .status])' '[["cart-1001","expired"]]' cart expire
	SHOPCTL_NOW=2027-02-23T10:00:00Z is 'map([.id, .status])' '[["cart-1000","expired"]]' cart expire
}

@test "with --older-than every open cart that rested so long expires, and its holds are free" {
	must cart add cart-1000 POT-01:2 -q
	SHOPCTL_NOW=2026-11-24T10:10:00Z is . '[]' cart expire --older-than 15min
	SHOPCTL_NOW=2026-11-24T10:15:00Z is 'map([.id, .status])' '[["cart-1000","expired"]]' cart expire --older-than 15min
	is .held 0 stock show POT-01
}

@test "carts are listed newest first, by status and customer, and go on behind an id" {
	must cart create -q
	must cart create --customer cus-1000 -q
	must cart abandon cart-1001 -q
	is 'map(.id)' '["cart-1002","cart-1001","cart-1000"]' cart list
	is 'map(.id)' '["cart-1002","cart-1000"]' cart list --customer cus-1000
	is 'map(.id)' '["cart-1001"]' cart list --status abandoned
	is 'map(.id)' '["cart-1001"]' cart list --before cart-1002 --limit 1
}

@test "a cart is made for a customer who is there" {
	refused 3 cart create --customer cus-1007
	must customer delete cus-1000 -q
	refused 6 cart create --customer cus-1000
	says "shopctl customer update cus-1000 --status active"
}

@test "the journal tells what went in and out, with before and after" {
	plan=$("$shopctl" cart add cart-1000 MUG-01:5 --dry-run -o json)
	[ "$(jq -c '[.events[].type]' <<<"$plan")" = '["inventory.reserved","cart.updated"]' ]
	[ "$(jq -c '.events[1].payload | [.changed, .lines, .total_minor]' <<<"$plan")" = \
		'[["lines"],[{"sku":"MUG-01","qty_before":0,"qty":5,"unit_minor":1250}],6250]' ]
}

@test "the worker ends carts by the same tiers" {
	must cart add cart-1000 POT-01:2 -q
	SHOPCTL_NOW=2026-11-25T10:00:00Z must worker --drain -q
	is .status '"abandoned"' cart show cart-1000
	is .held 0 stock show POT-01
}

@test "what a cart holds is its own, whoever came to wait since" {
	must cart add cart-1000 MUG-01:3 -q
	must order create MUG-01:4 --pay manual -q
	must cart add cart-1000 POT-01:1 -q
	is '[.lines[] | .held]' '[3,1]' cart show cart-1000
	is '.lines[0] | [.ship_now, .backordered]' '[3,0]' cart quote cart-1000
	must cart checkout cart-1000 -q
	is '[.lines[0] | .allocated, .backordered]' '[3,0]' order show ord-1001
	is '[.held, .available, .backordered]' '[0,0,4]' stock show MUG-01
	must check --deep -q
}
