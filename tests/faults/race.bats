#!/usr/bin/env bats
# Many processes at once: nothing is sold twice, no effect happens twice, nobody sees a busy store.

load ../cli/shop

setup() {
	shop_setup
	printf 'payments: {gateways: {sandbox: {log: %s/calls}}}\n' "$PWD" >config.yaml
	export SHOPCTL_CONFIG=$PWD/config.yaml
	must product create MUG-01 --title "Blue mug" --price 12.50 -q
}

# buy N: one buyer's orders of one mug until it is told there are none.
buy() {
	local code=0
	while [ $code -eq 0 ]; do
		"$shopctl" order create MUG-01:1 --pay manual -o id >>"bought.$1" 2>>"refused.$1" || code=$?
	done
	echo $code >"code.$1"
}

@test "eight buyers of the last fifty units get exactly fifty" {
	must stock receive MUG-01 50 -q
	for n in 1 2 3 4 5 6 7 8; do buy $n & done
	wait
	[ "$(cat code.* | sort -u)" = 6 ]
	[ "$(cat bought.* | sort -u | wc -l)" -eq 50 ]
	[ "$(grep -h -c "\[E_STOCK_SHORT\]" refused.* | awk "{n += \$1} END {print n}")" -eq 8 ]
	is '[.on_hand, .allocated, .available]' '[50,50,0]' stock show MUG-01
	must check -q
}

@test "two workers at once do every effect once" {
	must stock receive MUG-01 100 -q
	for i in $(seq 30); do must order create MUG-01:1 --pay sandbox:approve -q; done
	"$shopctl" worker --drain -q &
	"$shopctl" worker --drain -q &
	"$shopctl" worker --drain -q &
	wait
	must worker --drain -q
	[ "$(sort calls | uniq -d | wc -l)" -eq 0 ]
	[ "$(wc -l <calls)" -eq 30 ]
	[ "$("$shopctl" order list --payment authorized -o count)" -eq 30 ]
	[ "$("$shopctl" shipment list -o count)" -eq 30 ]
	must check -q
	must event verify -q
}

@test "one cart checked out by eight processes is one order" {
	must stock receive MUG-01 10 -q
	cart=$(must cart create -o id)
	must cart add "$cart" MUG-01:1 -q
	for n in 1 2 3 4 5 6 7 8; do "$shopctl" cart checkout "$cart" --pay manual -o id >"order.$n" & done
	wait
	[ "$(cat order.* | sort -u)" = ord-1000 ]
	[ "$("$shopctl" order list -o count)" = 1 ]
	is .allocated 1 stock show MUG-01
}
