#!/usr/bin/env bats
# Programs of one's own as commands, and profiles.

load shop

setup() {
	shop_setup
	mkdir bin
	PATH=$PWD/bin:$PATH
	cat >bin/shopctl-hello <<-'EOF'
		#!/bin/sh
		echo "$# $*"
		echo "$SHOPCTL_STORE $SHOPCTL_OUTPUT $SHOPCTL_ACTOR $SHOPCTL_IDEMPOTENCY_KEY"
		"$SHOPCTL" store info -o json | jq -r .currency
		exit 6
	EOF
	chmod +x bin/shopctl-hello
}

@test "a program shopctl-hello is the command hello; its words and exit code are its own" {
	shop -o json --actor bea --idempotency-key k1 hello --fast world
	[ "$status" -eq 6 ]
	[ "${lines[0]}" = "2 --fast world" ]
	[ "${lines[1]}" = "$SHOPCTL_STORE json bea k1" ]
	[ "${lines[2]}" = EUR ]
}

@test "what is built in stays, what is no name is no program, and what is not there is unknown" {
	cp bin/shopctl-hello bin/shopctl-order
	shop order list -o count
	[ "$output" = 0 ]
	refused 2 ../bin/shopctl-hello
	refused 2 helo
	says "unknown command helo"
	chmod -x bin/shopctl-hello
	refused 2 hello
}

@test "the store that an option or a profile names is the extension's too" {
	"$shopctl" -S two.db store init --currency USD -q
	run "$shopctl" -S two.db hello
	[ "${lines[2]}" = USD ]
	printf 'profiles: {second: {store: {path: %s/two.db}}}\n' "$PWD" >config.yaml
	unset SHOPCTL_STORE
	run "$shopctl" --config config.yaml --profile second hello
	[ "${lines[2]}" = USD ]
	is .currency '"USD"' --config config.yaml --profile second store info
	SHOPCTL_CONFIG=config.yaml SHOPCTL_PROFILE=second is .currency '"USD"' store info
}

@test "a line of a batch is never a program" {
	echo hello >day
	refused 2 batch day
}
