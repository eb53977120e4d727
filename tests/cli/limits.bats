#!/usr/bin/env bats
# What is too much is refused with exit 2 or 5 and changes nothing; what is just allowed goes through.

load shop

setup() {
	shop_setup
	{ echo sku,title,price; for i in $(seq 2001); do echo "S-$i,Thing,1"; done; } >products.csv
	{ echo sku,qty; for i in $(seq 2001); do echo "S-$i,5"; done; } >receipts.csv
}

# many N: N lines of an order, each of another product.
many() {
	seq "$1" | sed 's/.*/S-&:1/'
}

# text N: that many characters of two bytes each.
text() {
	printf 'é%.0s' $(seq "$1")
}

@test "an order, a cart and an imported order have 2,000 lines, not one more" {
	must import product products.csv -q
	must import stock receipts.csv -q
	refused 5 order create $(many 2001) --pay manual
	says E_ORDER_TOO_LONG
	must order create $(many 2000) --pay manual -q
	cart=$(must cart create -o id)
	refused 5 cart add "$cart" $(many 2001)
	must cart add "$cart" $(many 2000) -q
	refused 5 cart add "$cart" S-2001:1
	{ echo reference,pay,sku,qty; many 2001 | sed 's/\(.*\):/W-1,manual,\1,/'; } >orders.csv
	refused 5 import order orders.csv
	says "2000 lines"
	sed -i '$d' orders.csv
	must import order orders.csv -q
	is '.lines | length' 2000 order show ord-1001
}

@test "quantities end at a million and prices at ten to the twelfth, typed or imported" {
	must product create MUG-01 --title Mug --price 10000000000.00 -q
	for price in 10000000000.01 -1 1e3 0x10 99999999999999999999 1,5 ''; do
		run "$shopctl" product create BAD-1 --title Bad --price "$price"
		[[ $status =~ ^[25]$ ]] || { echo "price $price: exit $status"; return 1; }
	done
	must stock receive MUG-01 1000000 -q
	for qty in 0 -1 1000001 1.5 99999999999999999999 1e3 ' 1' ''; do
		before=$(events)
		run "$shopctl" stock receive MUG-01 "$qty"
		[[ $status =~ ^[25]$ ]] || { echo "stock $qty: exit $status"; return 1; }
		run "$shopctl" order create "MUG-01:$qty" --pay manual
		[[ $status =~ ^[25]$ ]] || { echo "order $qty: exit $status"; return 1; }
		printf 'sku,qty\nMUG-01,"%s"\n' "$qty" >r.csv
		run "$shopctl" import stock r.csv
		[[ $status =~ ^[25]$ ]] || { echo "import $qty: exit $status"; return 1; }
		[ "$(events)" = "$before" ]
	done
	printf 'sku,title,price\nBAD-1,Bad,10000000000.01\n' >p.csv
	refused 5 import product p.csv
	refused 5 order create MUG-01:1000000 --pay manual
	is .on_hand 1000000 stock show MUG-01
}

@test "titles, names, reasons, notes and e-mails have their lengths in characters, not bytes" {
	must product create MUG-01 --title "$(text 200)" --price 1 -q
	refused 5 product create POT-01 --title "$(text 201)" --price 1
	printf 'sku,title,price\nPOT-01,%s,1\n' "$(text 201)" >p.csv
	refused 5 import product p.csv
	must product update MUG-01 --category A --reason "$(text 200)" -q
	refused 5 product update MUG-01 --category B --reason "$(text 201)"
	refused 2 product create "$(printf 'S%065d' 1)" --title Long --price 1
	must stock receive MUG-01 5 -q
	must order create MUG-01:1 --pay manual -q
	must order note ord-1000 "$(text 2000)" -q
	refused 5 order note ord-1000 "$(text 2001)"
	must order hold ord-1000 --note "$(text 2000)" -q
	refused 5 order hold ord-1000 --note "$(text 2001)"
	refused 5 customer create --name "$(text 201)" --email a@example.org
	refused 5 customer create --name Ana --email "$(printf '%0250d' 1)@example.org"
	refused 2 order note ord-1000 x --idempotency-key "$(printf '%0256d' 1)"
}

@test "an import takes a million rows, 64 columns, and lists its limits' breaches before it writes" {
	{ echo sku,qty; yes S-1,1 | head -n 1000001; } >r.csv
	refused 5 import stock r.csv
	says "1000000"
	{ printf 'sku,title'; printf ',c%d' $(seq 64); echo; } >p.csv
	refused 5 import product p.csv
}
