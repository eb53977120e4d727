#!/usr/bin/env bats
# The store's file: made, copied, restored, and refused where it cannot be trusted.

load shop

setup() {
	shop_setup
	must product create MUG-01 --title "Blue mug" --price 12.50 -q
}

@test "a new store holds its default location and says what it is" {
	is '[.currency, .schema, .test]' '["EUR",1,true]' store info
	[ "$(events)" -eq 2 ]
}

@test "a store is never made over another" {
	refused 4 store init --currency USD
	says "E_STORE_EXISTS"
	is .currency '"EUR"' store info
}

@test "a currency nobody knows is exit 2" {
	run "$shopctl" -S x.db store init --currency XXQ
	[ "$status" -eq 2 ]
	[ ! -e x.db ]
}

@test "a backup is a shop of its own and a restore brings it back with a new epoch" {
	must store backup b.db -q
	must product create POT-01 --title "Tea pot" --price 39 -q
	must -S r.db store restore b.db -q
	[ "$("$shopctl" -S r.db product list -o count)" = 1 ]
	is .epoch 2 -S r.db store info
	refused 4 store backup b.db
	refused 4 store restore b.db
}

@test "no store at the path is exit 3 and says how to make one" {
	run "$shopctl" -S none.db product list
	[ "$status" -eq 3 ]
	says "store init"
}

@test "a store newer than the program is exit 78 and stays untouched" {
	cp t.db new.db
	sqlite3 new.db 'PRAGMA user_version = 99'
	before=$(md5sum <new.db)
	run "$shopctl" -S new.db product update MUG-01 --category A
	[ "$status" -eq 78 ]
	says "E_STORE_VERSION"
	[ "$(md5sum <new.db)" = "$before" ]
}

@test "a damaged file is exit 74 and points to check and restore" {
	must store backup b.db -q
	dd if=/dev/urandom of=b.db bs=4096 seek=1 count=20 conv=notrunc status=none
	run "$shopctl" -S b.db product list
	[ "$status" -eq 74 ]
	says "E_STORE_DAMAGED"
}

@test "a file that is no store is exit 78" {
	echo hello >text.db
	run "$shopctl" -S text.db product list
	[ "$status" -eq 78 ]
}

@test "a symbolic link is not followed" {
	ln -s t.db link.db
	run "$shopctl" -S link.db product list
	[ "$status" -eq 77 ]
}

@test "a full disk is exit 74 and nothing changed" {
	before=$(events)
	run bash -c 'ulimit -f 600; for i in $(seq 200); do "$0" product create "P-$i" --title "$(printf %0150d $i)" --price 1 -q || exit $?; done' "$shopctl"
	[ "$status" -eq 74 ]
	says "E_STORE_FULL"
	must product create POT-01 --title "Tea pot" --price 39 -q
	is .sku '"POT-01"' product show POT-01
}

@test "a migrated store says so, and one that is up to date too" {
	run "$shopctl" store migrate
	[ "$status" -eq 0 ]
	says "already"
}
