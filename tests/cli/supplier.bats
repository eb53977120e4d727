#!/usr/bin/env bats
# Suppliers and their terms.

load shop

setup() {
	shop_setup
	must supplier create --name "Kiln & Co" --email sales@kiln.example -q
}

@test "a supplier takes the store's currency, a week and the policy's allowance unless told otherwise" {
	is '[.id, .name, .currency, .lead_days, .over_percent, .status]' \
		'["sup-1000","Kiln & Co","EUR",7,null,"active"]' supplier show sup-1000
	must supplier create --name "Leaf Ltd" --country in --currency usd --lead-days 21 --over-receipt 5 -q
	is '[.country, .currency, .lead_days, .over_percent]' '["IN","USD",21,5]' supplier show sup-1001
}

@test "a taken name is exit 4 and names the supplier that has it" {
	refused 4 supplier create --name "Kiln & Co"
	says "sup-1000"
	says "E_DUPLICATE"
}

@test "terms outside their limits are exit 5, a number below zero is none (exit 2)" {
	refused 5 supplier create --name X --over-receipt 101
	refused 2 supplier create --name X --lead-days -1
	refused 5 supplier create --name X --currency XYZ
	refused 5 supplier create --name ""
}

@test "an update changes what it names, and nothing is told when nothing differs" {
	must supplier update sup-1000 --lead-days 14 -q
	is '[.name, .email, .lead_days, .version]' '["Kiln & Co","sales@kiln.example",14,2]' supplier show sup-1000
	before=$(events)
	must supplier update sup-1000 --lead-days 14 -q
	[ "$(events)" -eq "$before" ]
	must supplier update sup-1000 --email none -q
	is .email null supplier show sup-1000
}

@test "an archived supplier is kept, and out of the list" {
	must supplier delete sup-1000 -q
	is length 0 supplier list
	is 'map(.id)' '["sup-1000"]' supplier list --status archived
}
