#!/usr/bin/env bats
# What is installed beside the program: services, timers, and the crontab's lines run as cron runs them.

load shop

# installed once, in a place of its own; a shop with a night's work before it.
setup_file() {
	# What is installed names one place for the store.
	export BATS_NO_PARALLELIZE_WITHIN_FILE=true
	export PLACE=$BATS_FILE_TMPDIR/place UNITS=$BATS_FILE_TMPDIR/place/usr/lib/systemd/system
	export EXAMPLES=$PLACE/usr/share/doc/shopctl/examples STATE=$PLACE/var/lib/shopctl
	cd "$BATS_TEST_DIRNAME/../.." || return 1
	unset MAKEFLAGS MAKELEVEL
	make -s -o all install BUILD="${BUILD:-build}" prefix="$PLACE/usr" localstatedir="$PLACE/var"
	mkdir -p "$STATE/lists" "$STATE/backup" "$PLACE/var/log/shopctl"
}

setup() {
	shop_setup
	export SHOPCTL_STORE=$STATE/store.db
	rm -rf "$STATE"/store.db* "$STATE"/run "$STATE"/lists/* "$STATE"/backup/*
	must store init --currency EUR --test -q
}

# cron FILTER: what jq's FILTER finds in the list of all runs of the installed crontab.
cron() {
	"$BATS_TEST_DIRNAME/as-cron" "$EXAMPLES/shopctl.crontab" >runs
	jq -sc "$1" runs
}

@test "systemd takes every unit as it is installed, and each is well shut in" {
	run systemd-analyze verify --man=no "$UNITS"/shopctl-*.service "$UNITS"/shopctl-*.timer
	[ "$status" -eq 0 ] && [ -z "$output" ] || { echo "$output"; return 1; }
	run systemd-analyze security --offline=yes --threshold=15 "$UNITS"/shopctl-*.service
	[ "$status" -eq 0 ] || { grep Overall <<<"$output"; return 1; }
	systemd-sysusers --dry-run "$PLACE/usr/lib/sysusers.d/shopctl.conf" 2>&1 | grep -q "shopctl"
	for timer in "$UNITS"/*.timer; do
		[ -e "${timer%.timer}.service" ]
	done
	run grep -rnE '@[a-z]+@' "$UNITS" "$EXAMPLES" "$PLACE/usr/libexec"
	[ "$status" -eq 1 ]
}


@test "a service's store is in the first of its state directories" {
	mkdir one two
	unset SHOPCTL_STORE
	STATE_DIRECTORY=$PWD/one:$PWD/two must store init -q
	[ -e one/store.db ]
}

@test "timers and crontab run the same commands" {
	for service in "$UNITS"/*.timer; do
		sed -nE "s/^ExecStart=//; T; s,^/bin/sh -c 'exec (.*)'\$,\1,; s/\\$\\$/$/g; s/%%/%/g; s,%S,$PLACE/var/lib,g; p" \
			"${service%.timer}.service"
	done | sed -E 's/ --(name|exclusive) [a-z]+//g' | sort >units
	grep -vE '^(#|[A-Z]+|$)' "$EXAMPLES/shopctl.crontab" | grep '^[0-9*]' |
		sed -E 's/^([^ ]+ +){5}//; s/\\%/%/g; s/ --(name|exclusive) [a-z]+//g; s/ && /\n/; s/(backup) 30$/\1/' |
		grep -v 'status --exit-code' | sort >lines
	diff units lines
	[ "$(wc -l <units)" -eq 9 ]
}

@test "a shop at rest hears nothing from its crontab, whatever runs at once" {
	[ "$(cron 'map(select(.exit != 0 or .output != ""))')" = '[]' ] || { cat runs; return 1; }
	[ "$(jq -s length runs)" -eq 18 ]
	[ "$(jq -sr 'map(select(.schedule | startswith("0 6 "))) | length' runs)" -eq 2 ]
}

# a_night: what the crontab has to do, two days old where it is about time.
a_night() {
	export SHOPCTL_NOW
	SHOPCTL_NOW=$(date -u -d '2 days ago' +%FT%TZ)
	must batch - -q <<-'EOF'
		product create MUG-01 --title "Blue mug" --price 12.50 --backorder allow
		product create POT-01 --title "Tea pot" --price 39.00 --reorder-point 5 --reorder-qty 10
		supplier create --name "Kiln & Co"
		customer create --name "Ana Lima" --email ana@example.org --country DE
		stock receive POT-01 4
		cart create --customer cus-1000
		cart add cart-1000 POT-01:1
		order create MUG-01:2 --customer cus-1000 --pay sandbox:approve
		order create POT-01:1 --customer cus-1000 --pay sandbox:decline
		order create POT-01:2 --customer cus-1000 --pay sandbox:approve
	EOF
	must worker --drain -q
	unset SHOPCTL_NOW
	must stock receive MUG-01 2 -q
}

@test "a night's lines do a night's work once, each beside itself" {
	a_night
	touch -d '40 days ago' "$STATE/backup/shop-2020-01-01.db"
	[ "$(cron 'map(select(.exit != 0 or (.output != "" and (.command | test("next") | not))))')" = '[]' ] ||
		{ cat runs; return 1; }
	# The morning's line says what wants a person.
	[ "$(jq -sr '.[-1].output' runs | grep -c 'shopctl shipment')" -ge 1 ]

	is .status '"abandoned"' cart show cart-1000
	is .status '"canceled"' order show ord-1001
	is 'map(.status)' '["allocated"]' backorder list
	is 'map([.status, .order])' '[["open","ord-1002"],["open","ord-1000"]]' shipment list
	is '[.[].lines[] | select(.sku == "POT-01")] | length' 1 purchase list --fields +lines
	is length 1 event list --type order.canceled
	grep -q '^shp-1000,ord-1002,loc-1000,POT-01,Tea pot,2$' "$STATE/lists/pick-$(date +%F).csv"
	[ "$(ls "$STATE/backup")" = "shop-$(date +%F).db" ]
	is .events "$(events)" -S "$STATE/backup/shop-$(date +%F).db" store info
}

@test "lines are loud when all is not well" {
	a_night
	jobs() { sqlite3 "$SHOPCTL_STORE" "$1"; }
	must shipment dispatch shp-1000 --carrier sandbox -q
	jobs "UPDATE job SET crashes = 3, not_before_us = 0 WHERE state = 'ready'"
	run "$shopctl" -q worker --drain
	[ "$status" -eq 9 ]
	says "shopctl job list --state dead"

	rm -rf "$STATE"/store.db* "$STATE"/backup/*
	[ "$(cron 'map(select(.exit == 0 or .output == ""))')" = '[]' ] || { cat runs; return 1; }
	grep -q E_STORE_MISSING runs
	[ -z "$(ls "$STATE/backup")" ]
}

@test "a log is turned over while its worker writes on" {
	log=$PLACE/var/log/shopctl/worker.log
	sed "s/su shopctl shopctl/su $(id -un) $(id -gn)/" "$EXAMPLES/shopctl.logrotate" >rotate
	exec 8>>"$log"
	echo before >&8
	chmod 700 "$PLACE/var/log/shopctl"
	logrotate -f -s "$PWD/state" rotate
	echo after >&8
	exec 8>&-
	[ "$(cat "$log")" = after ]
	[ "$(cat "$log.1")" = before ]
}
