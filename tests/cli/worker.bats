#!/usr/bin/env bats
# The worker from the command line: modes, names, signals.

load shop

setup() {
	shop_setup
}

# until_true COMMAND…: wait for it, at most five seconds.
until_true() {
	local i
	for i in $(seq 100); do
		"$@" && return
		sleep 0.05
	done
	return 1
}

alive() {
	[ "$("$shopctl" worker --status -o json | jq .workers)" = "$1" ]
}

@test "a shop at rest has nothing to do" {
	must worker --drain -q
	is '[.jobs, .retried, .dead, .parked]' '[0,0,0,0]' worker --drain
	is '[.jobs, .dead]' '[0,0]' worker --once
	is '[.ready, .leased, .retry, .dead, .workers]' '[0,0,0,0,0]' worker --status
}

@test "the modes exclude each other, and so do strange values" {
	refused 2 worker --once --drain
	refused 2 worker --skip-if-running
	refused 2 worker --max 0
	refused 2 worker --queue nonsense
	says nonsense
	refused 2 worker --name ../x
	refused 2 worker --dry-run
}

@test "a follower works until TERM and ends well" {
	"$shopctl" worker --follow -q &
	local pid=$!
	until_true alive 1
	kill -TERM $pid
	wait $pid
	alive 0
	[ -z "$(ls run)" ]
}

@test "HUP begins again in the same process" {
	"$shopctl" worker --follow -q &
	local pid=$! before
	until_true alive 1
	before=$(ls run)
	kill -HUP $pid
	changed() { alive 1 && [ "$(ls run)" != "$before" ]; }
	until_true changed
	kill -INT $pid || true
	kill -TERM $pid
	wait $pid || [ $? -eq 143 ]
}

@test "one worker at a time under an exclusive name" {
	"$shopctl" worker --follow --exclusive nightly -q &
	local pid=$!
	until_true alive 1
	refused 75 worker --drain --exclusive nightly
	says E_WORKER_EXCLUSIVE
	must worker --drain --exclusive nightly --skip-if-running
	must worker --drain --exclusive other -q
	kill -KILL $pid
	wait $pid || true
	must worker --drain --exclusive nightly -q
	alive 0
}

@test "time and number of things may be limited" {
	must worker --follow --max-time 50ms -q
	must worker --drain --max 3 -q
}
