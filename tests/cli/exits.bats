#!/usr/bin/env bats
# Exit codes that commands declare and that their own tests do not come to; tests/docs/walk.bats looks for each.

load shop

setup() { shop_setup; }

@test "a cart that became an order takes no change and is not given up or taken up again" {
	must batch - -q <<-'B'
		product create MUG-01 --title 'Blue mug' --price 12.50
		stock receive MUG-01 9
		cart create
		cart add cart-1000 MUG-01:2
		cart checkout cart-1000 --pay manual
	B
	refused 6 cart set cart-1000 MUG-01 1
	refused 6 cart remove cart-1000 MUG-01
	refused 6 cart quote cart-1000
	refused 6 cart abandon cart-1000
	refused 6 cart recover cart-1000
}

@test "what has ended takes no promise, what was not sent cannot be acknowledged, what is done cannot be tried again" {
	must batch - -q <<-'B'
		product create MUG-01 --title 'Blue mug' --price 12.50 --backorder allow
		product create POT-01 --title Teapot --price 39.00
		stock receive POT-01 2
		order create MUG-01:2 --pay manual
		order create POT-01 --pay sandbox:approve
		backorder cancel bko-1000 --yes
		supplier create --name Kiln
		supplier create --name Oven
		purchase create --supplier sup-1000 MUG-01:2
	B
	must worker --drain -q
	refused 6 backorder promise bko-1000 2099-12-08
	refused 6 purchase acknowledge pur-1000 --eta 2099-12-08
	refused 4 supplier update sup-1001 --name Kiln
	refused 6 job retry job-1000
	refused 6 job cancel job-1000 --yes --reason test
}

@test "a provider that never comes to an answer is exit 8 while it says later, 13 while it says nothing" {
	must batch - -q <<-'B'
		product create MUG-01 --title 'Blue mug' --price 12.50
		stock receive MUG-01 20
		order create MUG-01 --pay sandbox:slow.capture
		order create MUG-01 --pay sandbox:slow.void
		order create MUG-01 --pay sandbox:slow.refund
		order create MUG-01 --pay sandbox:silent.capture
		order create MUG-01 --pay sandbox:silent.void
		order create MUG-01 --pay sandbox:silent.refund
	B
	must worker --drain -q
	shop payment capture pay-1000 --now
	[ "$status" -eq 8 ]
	shop payment void pay-1001 --now --yes
	[ "$status" -eq 8 ]
	must payment capture pay-1002 --now -q
	shop payment refund pay-1002 12.50 --now --yes --reason test
	[ "$status" -eq 8 ]
	shop payment resolve pay-1002
	[ "$status" -eq 8 ]
	shop payment capture pay-1003 --now
	[ "$status" -eq 13 ]
	shop payment void pay-1004 --now --yes
	[ "$status" -eq 13 ]
	must payment capture pay-1005 --now -q
	shop payment refund pay-1005 12.50 --now --yes --reason test
	[ "$status" -eq 13 ]
	shop payment resolve pay-1005
	[ "$status" -eq 13 ]
	must check -q
}

@test "a carrier that knows no such number is exit 7, one that is not reached 75" {
	must batch - -q <<-'B'
		product create MUG-01 --title 'Blue mug' --price 12.50
		stock receive MUG-01 20
		order create MUG-01 --pay sandbox:approve
		order create MUG-01 --pay sandbox:approve
	B
	must worker --drain -q
	must shipment dispatch shp-1000 --carrier sandbox --tracking 4711 -q
	must shipment dispatch shp-1001 --carrier sandbox --service unreachable -q
	must worker --drain -q
	refused 7 shipment track shp-1000
	refused 75 shipment track shp-1001
}

@test "a copy that cannot be written, a backup that is damaged or none, a store of a later version" {
	must product create MUG-01 --title 'Blue mug' --price 12.50 -q
	refused 74 store backup /proc/none.db
	must store backup good.db -q
	head -c 20000 good.db >half.db
	shop -S new.db store restore half.db
	[ "$status" -eq 74 ]
	echo 'not a database' >text.db
	shop -S new.db store restore text.db
	[ "$status" -eq 78 ]
	[ ! -e new.db ]
	cp good.db later.db
	sqlite3 later.db 'PRAGMA user_version=999'
	shop -S later.db store migrate
	[ "$status" -eq 78 ]
}

@test "status asks for attention by exit 10; a file that asks for what a rule refuses is not applied" {
	must batch - -q <<-'B'
		product create MUG-01 --title 'Blue mug' --price 12.50
		stock receive MUG-01 3
		order create MUG-01:3 --pay sandbox:decline
	B
	must worker --drain -q
	shop status --exit-code -q
	[ "$status" -eq 10 ]
	must export stock -o csv >stock.csv
	sed -i 's/,3,/,1,/; s/,3$/,1/' stock.csv
	refused 6 apply -f stock.csv --reason count --yes
}

@test "the shell is exit 9 after lines that failed, and 69 where typing has no library" {
	printf 'order show ord-9999\nproduct list -q\nproduct show NONE-01\n' >lines
	shop shell -f lines --keep-going
	[ "$status" -eq 9 ]
	mkdir empty && : >empty/libreadline.so.8
	export LD_LIBRARY_PATH=$PWD/empty
	run script -qec "'$shopctl' shell" /dev/null
	[ "$status" -eq 69 ]
	says libreadline8
}
