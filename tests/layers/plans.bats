#!/usr/bin/env bats
# How the store is asked: no command walks through what grows with the shop, or sorts it.

load ../cli/shop

setup() {
	here=$BATS_TEST_DIRNAME
	shared=$here/../../${BUILD:-build}/shopctl-shared
	[ -x "$shared" ] || skip "no shared build here"
	SHOPCTL=$shared
	shop_setup
	cc -D_GNU_SOURCE -std=c11 -O1 -shared -fPIC -o log.so "$here/sql_log.c" -ldl
	export SQL_LOG=$PWD/log
}

# ask: run each line of stdin as a command; what it answers does not matter, what it asks the store does.
ask() {
	local line
	while read -r line; do
		LD_PRELOAD=$PWD/log.so eval "\"\$shopctl\" $line" >said 2>&1 </dev/null || true
		! grep -qE "E_USAGE|E_INTERNAL" said || { echo "$line"; head -1 said; return 1; }
	done
}

@test "lists, shows, claims and allocations find what they want by an index, in its order" {
	ask <<-'END'
	supplier create --name Kiln -q
	location create --name Berlin -q
	customer create --name Ana --email ana@example.org -q
	customer address add cus-1000 --name Ana --street "Weg 1" --city Berlin --country DE -q
	product create MUG-01 --title Mug --price 12.50 --supplier sup-1000 --backorder allow -q
	product create POT-01 --title Pot --price 39 -q
	product price set POT-01 --to 38 -q
	product update POT-01 --category Pots -q
	stock receive MUG-01 5 --cost 3 -q
	stock receive POT-01 5 -q
	stock adjust POT-01 --by +1 --reason found -q
	stock move POT-01 1 --from loc-1000 --to loc-1001 -q
	stock safety MUG-01 1 -q
	cart create --customer cus-1000 -q
	cart add cart-1000 MUG-01:2 POT-01:1 -q
	cart set cart-1000 MUG-01 3 -q
	cart quote cart-1000
	cart checkout cart-1000 --pay sandbox:approve -q
	order create MUG-01:9 --customer cus-1000 --pay sandbox:approve --reference R-1 -q
	order create POT-01:1 --pay manual -q
	worker --drain
	backorder list
	backorder list --sku MUG-01
	backorder list --order ord-1001
	backorder list --status waiting
	backorder promise bo-1000 2027-01-01
	purchase create MUG-01:20 --supplier sup-1000 -q
	purchase submit po-1000 -q
	purchase receive po-1000 MUG-01:10 -q
	backorder allocate --all
	worker --drain
	order list
	order list --status confirmed
	order list --payment authorized
	order list --fulfillment unfulfilled
	order list --customer cus-1000
	order list --sku MUG-01
	order list --since 3d
	order list --late
	order list --search ana --status confirmed
	product list --search mug
	search ana
	order list --status confirmed --customer cus-1000 --limit 5
	order show ord-1000 ord-1001
	order log ord-1000
	order note ord-1000 hello
	order hold ord-1002 --reason fraud
	order release ord-1002
	order expire
	shipment list
	shipment list --order ord-1000
	shipment list --status open
	shipment list --location loc-1000
	shipment show shp-1000
	shipment pick shp-1000
	shipment pack shp-1000
	shipment dispatch shp-1000 --carrier sandbox --tracking DELIVER-1
	worker --drain
	shipment deliver shp-1000
	payment list
	payment list --order ord-1000
	payment list --status authorized
	payment show pay-1000
	payment capture pay-1001
	payment resolve --all-unknown
	payment refund pay-1000 1.00 --yes
	worker --drain
	order cancel ord-1001 --yes --reason customer
	worker --drain
	cart list
	cart list --status active
	cart list --customer cus-1000
	cart list --before 1h
	cart show cart-1000
	cart expire
	customer list
	customer list --email ana@example.org
	customer list --status active
	customer show cus-1000
	customer address list cus-1000
	customer update cus-1000 --phone "+49 30 123456"
	product list
	product list --status active
	product list --supplier sup-1000
	product list --category Pots
	product show MUG-01
	product price history POT-01
	stock list
	stock list --low
	stock list --location loc-1000
	stock show MUG-01
	stock history MUG-01
	stock history MUG-01 --location loc-1000
	stock reorder
	supplier list
	supplier show sup-1000
	location list
	location show loc-1000
	purchase list
	purchase list --supplier sup-1000
	purchase list --status submitted
	purchase show po-1000
	purchase close po-1000 --short
	job list
	job list --state dead
	job list --queue payments
	job list --state done
	job show job-1000
	job retry --dead
	event list
	event list --subject ord-1000
	event list --newest --limit 5
	event list --since 2
	event list --type order.placed
	event show evt-1
	event tail --after 2
	worker --status
	product update POT-01 --category A --idempotency-key k1
	product update POT-01 --category A --idempotency-key k1
	history --limit 5
	history --actor ana
	undo --last
	next
	__complete -- order show ord-1
	__complete -- order show ana
	__complete -- order cancel ''
	__complete -- customer show cus-
	__complete -- customer show an
	__complete -- product show M
	__complete -- product show blue
	__complete -- payment capture ''
	__complete -- shipment pack ''
	__complete -- cart add ''
	__complete -- backorder promise ''
	__complete -- purchase receive ''
	__complete -- supplier show k
	__complete -- location show ''
	__complete -- job retry ''
	__complete -- event show evt-1
	__complete -- undo ''
	__complete -- order line cancel ord-1000 ''
	END
	python3 "$here/plans.py" t.db log "$here/plans.allowed"
}
