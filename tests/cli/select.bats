#!/usr/bin/env bats
# Selecting rows: what every list can do beside its own options.

load shop

setup() {
	shop_setup
	export SHOPCTL_NOW=2026-11-23T12:00:00Z
	must customer create --name 'Ana Lima' --email ana@example.com >/dev/null
	must customer create --name 'Bo Ötzi' >/dev/null
	must product create MUG-01 --title 'Blue Mug' --price 10.00 >/dev/null
	must product create POT-01 --title 'Cafetière' --price 39.00 --category Pots >/dev/null
	must stock receive MUG-01 100 >/dev/null
	must stock receive POT-01 100 >/dev/null
	must order create --customer cus-1000 MUG-01:1 >/dev/null             # ord-1000: 10
	must order create --customer cus-1001 MUG-01:6 --reference web-7 >/dev/null # ord-1001: 60
	must order create --customer cus-1000 POT-01:2 >/dev/null             # ord-1002: 78
	must order create MUG-01:6 >/dev/null                                 # ord-1003: 60
}

@test "a filter compares money, ids, words, times and counts by the field's type" {
	is 'map(.id)' '["ord-1003","ord-1002","ord-1001"]' order list -F 'total>=50'
	is 'map(.id)' '["ord-1002"]' order list -F 'total > 60.00EUR'
	is 'map(.id)' '["ord-1002","ord-1000"]' order list --filter customer=CUS-1000
	is 'map(.id)' '["ord-1002"]' order list -F customer=cus-1000 -F 'total!=10'
	is length 4 order list -F status:CONFIRMED,completed
	is length 4 order list -F placed_at=2026-11-23 -F 'placed_at>=2h'
	is length 0 order list -F 'placed_at<2026-11'
	is 'map(.sku)' '["POT-01"]' stock list -F 'allocated<3'
	is 'map(.sku)' '["MUG-01"]' stock list -F 'allocated>2.5'
	is length 2 product list -F track_stock=true
	is 'map(.id)' '["ord-1001"]' order list -F 'reference^=WEB'
}

@test "a text is found without its accents and case, and a field by whether it is set" {
	is 'map(.sku)' '["POT-01"]' product list -F 'title~CAFETIERE'
	is 'map(.id)' '["ord-1001"]' order list -F customer.name~otzi
	is 'map(.id)' '["ord-1003"]' order list -F '!customer?'
	is 'map(.id)' '["ord-1001"]' order list -F 'reference?'
	is 'map(.sku)' '["POT-01"]' product list -F 'category?'
	is length 1 payment list -F order=ord-1002
}

@test "a filter looks into the inner lists of the rows, shown or not" {
	must cart create >/dev/null
	must cart add cart-1000 MUG-01 >/dev/null
	is 'map(.id)' '["cart-1000"]' cart list -F 'lines[].sku=mug-01'
	is length 0 cart list -F 'lines[].sku=POT-01'
	[ "$(must order list -F 'lines[].sku=pot-01' -o id)" = ord-1002 ]
	[ "$(must order list -F 'payments.captured>0' --count)" = 0 ]
}

@test "a filter that cannot be meant is refused with what is near" {
	refused 2 order list -F 'totl>5'
	says 'has no field totl, did you mean total'
	refused 2 order list -F total
	says 'is not FIELD OP VALUE'
	refused 2 order list -F 'total>5,00'
	refused 2 order list -F 'total~5'
	refused 2 order list -F customer=pay-1000
	says 'is a payment'
	refused 2 order list -F 'held=many'
	refused 2 order list -F '!total=5'
	refused 2 order list -F 'total>5USD'
	says 'currency=USD'
	is length 0 order list -F currency=usd -F 'total>5USD'
}

@test "rows are sorted by fields of any type, and by id where those are equal" {
	is 'map(.id)' '["ord-1002","ord-1001","ord-1003","ord-1000"]' order list --sort -total
	is 'map(.id)' '["ord-1003","ord-1000","ord-1002","ord-1001"]' order list --sort customer.name,total
	is 'map(.id)' '["ord-1002"]' order list --sort -total --limit 1
	# By the list's own key, by one the store has an index of, by texts, by what only we can compare.
	is 'map(.id)' '["ord-1000","ord-1001"]' order list --sort id --limit 2
	is 'map(.id)' '["ord-1002","ord-1003"]' order list --sort id --after ord-1001
	is 'map(.id)' '["ord-1001","ord-1000"]' order list --sort -id --after ord-1002
	is 'map(.id)' '["ord-1000","ord-1001","ord-1002","ord-1003"]' order list --sort placed_at
	is 'map(.id)' '["ord-1001","ord-1002","ord-1003","ord-1000"]' order list --sort -reference,-total
	is 'map(.sku)' '["POT-01","MUG-01"]' stock list --sort allocated,sku
	is 'map(.id)' '["ord-1003","ord-1002"]' order list --sort -id --limit 2 -F 'total>10'
	refused 2 order list --sort totl
	says 'did you mean total'
	refused 2 order list --sort lines
	says 'has no order'
}

@test "the script's list: filters, sort, and a field of another object" {
	[ "$(must order list -F 'total>=50' -F status:confirmed,completed --sort -total --fields id,total,customer.name -o csv)" = \
		$'id,total,total_currency,customer.name\nord-1002,78.00,EUR,Ana Lima\nord-1001,60.00,EUR,Bo Ötzi\nord-1003,60.00,EUR,' ]
	must order show ord-1000 -o json | jq -e 'has("customer.name") | not'
}

# after LAST WORDS…: the next page's ids behind the cursor that the last page named.
page() {
	"$shopctl" "$@" -o id 2>err | xargs
}

@test "a limit names the cursor of the next page, which new rows do not shift" {
	[ "$(page order list --limit 2)" = 'ord-1003 ord-1002' ]
	grep -q '^next: --after [A-Za-z0-9_-]*$' err
	cursor=$(sed 's/next: --after //' err)
	must order create MUG-01:1 >/dev/null
	[ "$(page order list --limit 2 --after "$cursor")" = 'ord-1001 ord-1000' ]
	[ ! -s err ]
	[ "$(page order list --limit 2 --sort total)" = 'ord-1000 ord-1004' ]
	cursor=$(sed 's/next: --after //' err)
	[ "$(page order list --limit 2 --sort total --after "$cursor")" = 'ord-1001 ord-1003' ]
	cursor=$(sed 's/next: --after //' err)
	[ "$(page order list --sort total --after "$cursor")" = 'ord-1002' ]
	[ "$(page order list --after ord-1001)" = 'ord-1000' ]
	[ "$(page product list --limit 1)" = 'MUG-01' ]
	[ "$(page product list --after "$(sed 's/next: --after //' err)")" = 'POT-01' ]
}

@test "rows are counted without being listed, filtered or not" {
	[ "$(must order list -o count)" = 4 ]
	[ "$(must order list --status confirmed --count)" = 4 ]
	[ "$(must order list --payment paid -o count)" = 0 ]
	[ "$(must order list -F 'total>=60' -o count)" = 3 ]
	[ "$(must order list --sku POT-01 -o count)" = 1 ]
	[ "$(must order list --limit 3 -o count)" = 3 ]
	[ "$(must product list -o count)" = 2 ]
	refused 3 order list --status canceled --fail-empty -o count
}

@test "a cursor of another list or order, or of no list, is refused" {
	page order list --limit 2 --sort total >/dev/null
	cursor=$(sed 's/next: --after //' err)
	refused 2 order list --after "$cursor"
	refused 2 product list --sort title --after "$cursor"
	refused 2 order list --after nonsense
	refused 2 order list --after "$(printf '%05000d' 1)"
	refused 2 order log ord-1000 --after "$cursor"
}

@test "page-info puts the next cursor beside the rows" {
	is '[(.items | length), (.next | type)]' '[2,"string"]' order list --limit 2 --page-info
	is '[(.items | length), .next]' '[4,null]' order list --page-info
	is '[(.items | length), .next]' '[0,null]' order list -F 'total>1000' --page-info
	refused 2 order list --page-info -o csv
}

@test "a terminal's table ends after 100 rows and says so" {
	on_screen
	for i in $(seq 120); do echo "SKU-$i,Thing $i,1.00"; done | sed '1isku,title,price' >p.csv
	must import product p.csv >/dev/null
	SHOPCTL_FORCE_TTY=80 run "$shopctl" product list
	says '100 of 122 — --all for everything'
	says 'next: --after '
	SHOPCTL_FORCE_TTY=80 run "$shopctl" product list --all
	[[ $output != *' of '* ]]
	[ "$(must product list -o id | wc -l)" -eq 122 ]
}

@test "rows are counted, grouped and added up" {
	[ "$(must order list --count -F 'total>50')" = 3 ]
	is . '{"count":3}' order list --count -F 'total>50'
	is . '{"count":4,"sum_total":{"amount":"208.00","currency":"EUR","minor":20800}}' order list --sum total
	is 'map([.customer, .count, .sum_total.minor])' '[[null,1,6000],["cus-1000",2,8800],["cus-1001",1,6000]]' \
		order list --by customer --sum total
	is 'map(.customer)' '["cus-1000"]' order list --by customer --sum total --sort -sum_total --limit 1
	is 'map([.total.amount, .count])' '[["10.00",1],["60.00",2],["78.00",1]]' order list --by total
	[ "$(must stock list --by unit --sum on_hand --fields count,sum_on_hand -o csv)" = $'count,sum_on_hand\n2,200' ]
	is . '{"count":0,"sum_total":null}' order list -F 'total>1000' --sum total
	refused 2 order list --sum status
	refused 2 order list --by lines
	refused 2 order list --sum totl
	says 'did you mean total'
}

@test "an empty list is success, unless asked otherwise" {
	must order list -F 'total>1000' >/dev/null
	refused 3 order list -F 'total>1000' --fail-empty
	must order list --fail-empty >/dev/null
}

@test "options that contradict each other are refused" {
	refused 2 order list --all --limit 3
	refused 2 order list --limit -1
	refused 2 order list --count --page-info -o json
	refused 2 order list --by status --after ord-1000
	refused 2 order show ord-1000 --limit 3
	says 'unknown option --limit'
}
