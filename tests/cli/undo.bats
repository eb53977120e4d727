#!/usr/bin/env bats
# What was done, transaction by transaction, and taking it back.

load shop

setup() {
	shop_setup
	must product create MUG-01 --title "Blue mug" --price 12.50 -q
	must stock receive MUG-01 10 -q
}

# last: the number of the last transaction.
last() {
	"$shopctl" history --limit 1 -o id
}

@test "a price is taken back, and the journal says what was undone and why" {
	must product price set MUG-01 --adjust +5% -q
	txn=$(last)
	shop undo --last
	[ "$status" -eq 0 ]
	says "$txn undone: price.changed MUG-01"
	is .price.minor 1250 product show MUG-01
	is '.[-1] | [.type, .reason, .causation]' "[\"price.changed\",\"undo of $txn\",\"evt-4\"]" event list
}

@test "what was undone is undone again" {
	must product update MUG-01 --title "Red mug" --category Cups --weight 300g -q
	must product update MUG-01 --weight 350g -q
	must undo --last -q
	is .weight_g 300 product show MUG-01
	must undo --last -q
	is .weight_g 350 product show MUG-01
}

@test "an undo is tried, keyed and reasoned like any change" {
	must product price set MUG-01 --to 13 -q
	refused 0 undo --last --dry-run
	says "old 13.00 EUR, new 12.50 EUR"
	must undo --last --idempotency-key u1 --reason "wrong list" -q
	must undo --last --idempotency-key u1 -q
	is .price.minor 1250 product show MUG-01
	is '.[-1].reason' '"wrong list"' event list
}

@test "fields, status, suppliers, locations" {
	must product update MUG-01 --category Cups --backorder limit:5 -q
	must undo --last -q
	is '[.category, .backorder]' '[null,"deny"]' product show MUG-01
	must product unpublish MUG-01 -q
	must undo --last -q
	must product delete MUG-01 -q
	must undo --last -q
	is .status '"active"' product show MUG-01
	must supplier create --name Kiln -q
	must supplier update sup-1000 --lead-days 20 -q
	must undo --last -q
	is '.[0].lead_days' 7 supplier list
	must location create --name Attic -q
	must location update loc-1001 --name Cellar --default -q
	must undo --last -q
	is '[.[] | [.name, .default]]' '[["Main",true],["Attic",false]]' location list
}

@test "stock goes back by counter-movements" {
	must location create --name Attic -q
	must stock adjust MUG-01 --by -3 --reason broken -q
	must undo --last -q
	is .on_hand 10 stock show MUG-01
	must stock move MUG-01 4 --from loc-1000 --to loc-1001 -q
	must undo --last -q
	is '.locations | map(.on_hand)' '[10,0]' stock show MUG-01
	must stock safety MUG-01 2 -q
	must undo --last -q
	is .safety_stock 0 stock show MUG-01
	must check -q
}

@test "holds of orders and lines of carts" {
	must order create MUG-01:1 -q
	must order hold ord-1000 --reason fraud -q
	must undo --last -q
	is .status '"confirmed"' order show ord-1000
	must undo --last -q
	is '[.status, .holds[-1].reason]' '["on_hold","fraud"]' order show ord-1000
	must cart create -q
	must cart add cart-1000 MUG-01:2 -q
	must cart set cart-1000 MUG-01 5 -q
	must undo --last -q
	is '.lines[0].qty' 2 cart show cart-1000
	must cart remove cart-1000 MUG-01 -q
	must undo --last -q
	is '.lines[0].qty' 2 cart show cart-1000
}

@test "a promised date goes back to the date before" {
	must product update MUG-01 --backorder allow -q
	must order create MUG-01:12 -q
	must backorder promise bko-1000 2099-01-01 -q
	refused 6 undo --last
	says "a promised date can be moved, not taken back"
	must backorder promise bko-1000 2099-02-01 -q
	must undo --last -q
	[[ $("$shopctl" backorder show bko-1000 -o json | jq -r .promised_at) < 2099-01-02 ]]
}

@test "several objects changed in one transaction go back together" {
	must product create POT-01 --title Pot --price 39 -q
	must product price set MUG-01 POT-01 --adjust +10% --atomic -q
	must undo --last -q
	is 'map(.price.minor)' '[1250,3900]' product list
}

@test "what was touched since is not taken back, and what touched it is listed" {
	must product price set MUG-01 --to 13 -q
	txn=$(last)
	must product price set MUG-01 --to 14 -q
	refused 4 undo "$txn"
	says "E_UNDO_TOUCHED"
	says "MUG-01 price.changed by $(last)"
	must stock adjust MUG-01 --by 1 --reason found -q
	txn=$(last)
	must stock receive MUG-01 1 -q
	refused 4 undo "$txn"
	says "MUG-01 inventory.received by"
}

@test "a title changed since does not keep a price from going back" {
	must product price set MUG-01 --to 13 -q
	txn=$(last)
	must product update MUG-01 --title Mug -q
	must undo "$txn" -q
	is '[.title, .price.minor]' '["Mug",1250]' product show MUG-01
}

@test "what cannot be taken back names the commands that make it good" {
	must order create MUG-01:1 --pay sandbox:approve -q
	refused 6 undo --last
	says "E_UNDO_FINAL"
	says "try      shopctl order cancel ord-1000 --reason staff"
	must worker --drain -q
	txn=$("$shopctl" event list --type payment.authorized -o json | jq -r '.[0].txn')
	refused 6 undo "$txn"
	says "shopctl payment void pay-1000"
	must stock receive MUG-01 3 -q
	refused 6 undo --last
	says "try      shopctl stock adjust MUG-01 --by -3 --reason returned"
	must customer create --name "Ana Lima" --email ana@example.org -q
	must customer update cus-1000 --name "Ana L" -q
	refused 6 undo --last
	says "shopctl customer update cus-1000"
}

@test "an undo of a refund is refused" {
	must order create MUG-01:1 --pay sandbox:approve -q
	must worker --drain -q
	must shipment dispatch shp-1000 --carrier manual --tracking T1 -q
	must worker --drain -q
	must payment refund ord-1000 5.00 --reason damaged --yes -q
	must worker --drain -q
	txn=$("$shopctl" event list --type payment.refunded -o json | jq -r '.[0].txn')
	refused 6 undo "$txn"
	says "payment.refunded of pay-1000 stays"
	says "no command makes it good"
	says "shopctl explain payment.refunded"
}

@test "undo wants one transaction that is there" {
	refused 2 undo
	refused 2 undo txn-1001 --last
	refused 3 undo txn-9999
	refused 3 undo --last --actor nobody
	refused 2 undo ord-1000
}

@test "history lists transactions, the latest first, and whose they are" {
	must product price set MUG-01 --to 13 --actor bea --reason list -q
	must order create MUG-01:1 -q
	is '[.[0] | .events > 1, .reversible]' '[true,false]' history --limit 1
	is '.[1] | [.actor, .what, .reversible, .reason]' '["bea","price.changed MUG-01",true,"list"]' history
	is 'map(.actor) | unique' '["bea"]' history --actor bea
	is length 2 history --limit 2
	is length "$("$shopctl" event list -o json | jq '[.[].txn] | unique | length')" history
}

@test "each line of a batch is undone by itself" {
	must product create POT-01 --title Pot --price 39 -q
	printf 'product price set MUG-01 --to 20\nproduct price set POT-01 --to 50\n' >day
	must batch day -q
	must undo --last -q
	is 'map(.price.minor)' '[2000,3900]' product list
}
