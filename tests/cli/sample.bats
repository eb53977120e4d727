#!/usr/bin/env bats
# The sample shop: its files are what their program makes, and they come in whole.

load shop

setup() {
	shop_setup
	root=$BATS_TEST_DIRNAME/../..
}

@test "the sample's files are what their program makes" {
	"$root/tests/data/make-sample" made
	for file in suppliers.csv locations.csv products.csv stock.csv customers.csv orders.jsonl; do
		cmp "made/$file" "$root/sample-data/$file"
	done
}

@test "the sample shop comes in whole, and again without a change" {
	is '[.created, .unchanged]' '[3,0]' import supplier "$root/sample-data/suppliers.csv"
	is '[.created, .unchanged]' '[1,1]' import location "$root/sample-data/locations.csv"
	is .created 200 import product "$root/sample-data/products.csv"
	is .created 287 import stock "$root/sample-data/stock.csv"
	is .created 50 import customer "$root/sample-data/customers.csv"
	is .created 300 import order "$root/sample-data/orders.jsonl"
	is .unchanged 200 import product "$root/sample-data/products.csv"
	is .unchanged 50 import customer "$root/sample-data/customers.csv"
	is .unchanged 300 import order "$root/sample-data/orders.jsonl"
	must check -q
}
