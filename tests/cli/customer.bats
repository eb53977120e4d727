#!/usr/bin/env bats
# Customers and their addresses.

load shop

setup() {
	shop_setup
	must customer create --name "Ana Lima" --email Ana@example.org --country de -q
}

# add_home: an address for cus-1000.
add_home() {
	must customer address add cus-1000 --name "Ana Lima" --street "Hauptstr. 5" --city Berlin --postcode 10115 \
		--country DE --label home "$@"
}

@test "a customer is made and shown with what is known" {
	is '[.id, .name, .email, .phone, .country, .status, .version]' \
		'["cus-1000","Ana Lima","Ana@example.org",null,"DE","active",1]' customer show cus-1000
	[ "$(must customer create --name "Bo Ek" -o id)" = cus-1001 ]
}

@test "an e-mail belongs to one customer, whatever its letters' case" {
	refused 4 customer create --name Other --email ana@EXAMPLE.org
	says "customer cus-1000"
	says "E_DUPLICATE"
	says "shopctl customer show cus-1000"
	must customer create --name Bo --email bo@example.org -q
	refused 4 customer update cus-1001 --email ana@example.org
	must customer update cus-1000 --email ana@example.org -q
}

@test "a name is needed, and bad values are exit 5 naming the field" {
	refused 2 customer create --email x@example.org
	refused 5 customer create --name ""
	says "name"
	refused 5 customer create --name X --email not-an-address
	says "email"
	refused 5 customer create --name X --country Germany
	says "country"
	refused 5 customer create --name $'Eve\e[31m'
	says "E_TEXT"
	refused 5 customer create --name "4111 1111 1111 1111"
	says "E_CARD_NUMBER"
}

@test "an update changes what is named, none clears, and nothing is told when nothing differs" {
	must customer update cus-1000 --phone "+49 30 1" --company "Lima GmbH" -q
	is '[.phone, .company, .name]' '["+49 30 1","Lima GmbH","Ana Lima"]' customer show cus-1000
	must customer update cus-1000 --phone none -q
	is '[.phone, .version]' '[null,3]' customer show cus-1000
	before=$(events)
	must customer update cus-1000 --company "Lima GmbH" -q
	[ "$(events)" -eq "$before" ]
}

@test "the journal tells of customers without personal data" {
	run "$shopctl" customer update cus-1000 --name "Ana Souza" --phone 123 --dry-run -o json
	[ "$(jq -c '[.events[].payload]' <<<"$output")" = '[{"customer_id":"cus-1000","changed":["name","phone"]}]' ]
	run "$shopctl" customer create --name "Bo Ek" --email bo@example.org --dry-run -o json
	[[ $output != *"bo@example.org"* && $output != *"Ek"* ]]
	run "$shopctl" customer address add cus-1000 --name Ana --street Weg --city Bonn --country DE --dry-run -o json
	[ "$(jq -c '[.events[].payload.changed]' <<<"$output")" = '[["addresses"]]' ]
}

@test "an archived customer is kept, out of the list, and can come back" {
	must customer delete cus-1000 -q
	is . '[]' customer list
	is 'map(.id)' '["cus-1000"]' customer list --status archived
	must customer update cus-1000 --status active -q
	is length 1 customer list
}

@test "lists filter by e-mail and country, and go on behind an id" {
	must customer create --name Bo --email bo@example.org --country SE -q
	must customer create --name Cy --country DE -q
	is 'map(.name)' '["Ana Lima"]' customer list --email ANA@example.org
	is 'map(.name)' '["Ana Lima","Cy"]' customer list --country de
	is 'map(.name)' '["Bo"]' customer list --after cus-1000 --limit 1
}

@test "a customer has numbered addresses" {
	add_home -q
	must customer address add cus-1000 --name "Ana Lima" --street "Av. Rio 1" --city Porto --country pt -q
	is 'map([.n, .label, .city, .country])' '[[1,"home","Berlin","DE"],[2,null,"Porto","PT"]]' \
		customer address list cus-1000
	is .version 3 customer show cus-1000
	must customer address remove cus-1000 1 -q
	is 'map(.n)' '[2]' customer address list cus-1000
}

@test "an address needs a name, street, city and country of one who exists" {
	refused 2 customer address add cus-1000 --name Ana --street Weg --city Bonn
	refused 5 customer address add cus-1000 --name Ana --street "" --city Bonn --country DE
	says "street"
	refused 5 customer address add cus-1000 --name Ana --street Weg --city Bonn --country ""
	says "country"
	refused 3 customer address add cus-1007 --name Ana --street Weg --city Bonn --country DE
	refused 3 customer address remove cus-1000 1
	says "cus-1000 has no address 1"
	refused 3 customer address list cus-1007
}
