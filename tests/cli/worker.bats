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
	refused 2 worker --lease 1ms
	refused 2 worker --type nonsense
	refused 2 worker --concurrency 2
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

# told COUNT LINE: the service manager heard it at least so often.
told() {
	[ "$(grep -c "^$2" heard)" -ge "$1" ]
}

@test "a service manager hears that it is ready, how it stands, that it turns, and that it ends" {
	local name=@shopctl-$$-$BATS_TEST_NUMBER ear pid
	"$BATS_TEST_DIRNAME/notify-listen" "$name" STOPPING=1 >heard &
	ear=$!
	until_true told 1 listening
	# It stays although nobody said --follow.
	NOTIFY_SOCKET=$name WATCHDOG_USEC=100000 "$shopctl" worker -q --name shop 2>log &
	pid=$!
	until_true told 1 READY=1
	until_true told 4 WATCHDOG=1
	grep -qx 'STATUS=0 done, 0 due, 0 dead' heard
	kill -USR1 $pid
	until_true grep -qE '^shopctl: worker shop \(process [0-9]+\), up .*: 0 reactions, 0 jobs done' log
	grep -qE '^shopctl: worker shop: at (rest|work) for ' log
	kill -HUP $pid
	until_true told 2 READY=1
	grep -qE '^MONOTONIC_USEC=[0-9]{6,}$' heard
	kill -TERM $pid
	wait $pid
	wait $ear
	[ "$(grep -A2 -x STOPPING=1 heard | tail -1)" = EXTEND_TIMEOUT_USEC=30000000 ]

	# A path is as good as a name; a time that is another process's is not ours.
	"$BATS_TEST_DIRNAME/notify-listen" "$PWD/socket" READY=1 >heard &
	ear=$!
	until_true told 1 listening
	NOTIFY_SOCKET=$PWD/socket WATCHDOG_USEC=100 WATCHDOG_PID=1 must worker --max-time 10ms -q
	wait $ear
	told 1 READY=1
	run grep WATCHDOG heard
	[ "$status" -eq 1 ]
	NOTIFY_SOCKET=nonsense must worker --max-time 10ms -q
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

# buy NUMBER PAY LINES: place an order through the domain's own function.
buy() {
	printf '{"reference":"%s","customer":"cus-1000","pay":"%s","lines":%s}\n' "$1" "$2" "$3" >"$1.jsonl"
	must import order "$1.jsonl" -q
}

stock_up() {
	must product create MUG-01 --title "Blue mug" --price 12.50 --backorder allow -q
	must product create POT-01 --title "Tea pot" --price 39.00 -q
	must supplier create --name "Kiln & Co" -q
	must customer create --name "Ana Lima" --email ana@example.org --country DE -q
	must stock receive MUG-01 3 --cost 5.10 -q
	must stock receive POT-01 2 -q
}

# types_of SUBJECT: the events about it, in order, as one line.
types_of() {
	"$shopctl" event list --subject "$1" -o json | jq -r 'map(.type) | join(" ")'
}

@test "from an order follow payment, shipment, a purchase of what is short, and a message" {
	stock_up
	buy R1 sandbox:approve '[{"sku":"MUG-01","qty":5},{"sku":"POT-01","qty":1}]'
	is '[.jobs, .dead, .parked]' '[1,0,0]' worker --drain
	[ "$(types_of pay-1000)" = "payment.authorization_requested payment.authorized" ]
	[ "$(types_of ord-1000)" = "order.placed notification.queued order.status_changed order.confirmed" ]
	[ "$(types_of shp-1000)" = "shipment.created" ]
	is '[.supplier, .status]' '["sup-1000","draft"]' purchase show pur-1000

	must purchase submit pur-1000 -q
	must purchase receive pur-1000 -q
	must worker --drain -q
	[ "$(types_of shp-1001)" = "shipment.created" ]
	must check -q
	must event verify -q
}

@test "a dry run lists what a worker would begin with, and does none of it" {
	stock_up
	must worker --drain -q
	buy R1 sandbox:approve '[{"sku":"POT-01","qty":1}]'
	before=$(events)
	is 'map([.what, .queue, .type, .subject, .job])' \
		'[["reaction","payments","order.placed","ord-1000",null],["reaction","notifications","order.placed","ord-1000",null]]' \
		worker --dry-run --queue payments,notifications
	is . '[]' worker --dry-run --type 'payment.*'
	must worker --drain --queue payments --max 1 -q
	before=$(events)
	is 'map([.what, .queue, .type, .subject, .event])' '[["job","payments","payment.operation","pay-1000",null]]' \
		worker --dry-run --type 'payment.*'
	refused 10 worker --dry-run --exit-code --queue payments
	[ "$(events)" -eq "$before" ]
	must worker --drain -q
	is . '[]' worker --dry-run
	is . '[]' worker --dry-run --exit-code
}

@test "each event tells who acted, because of what, and which chain it belongs to" {
	stock_up
	buy R1 sandbox:approve '[{"sku":"POT-01","qty":1}]'
	must worker --drain -q
	placed=$("$shopctl" event list --type order.placed -o id)
	chain=$("$shopctl" event show "$placed" -o json | jq -r .correlation)
	is 'map([.actor, .actor_kind, .causation])' "[[\"worker:payments\",\"worker\",\"$placed\"]]" \
		event list --type payment.authorization_requested
	is 'map(.type) | contains(["order.placed","payment.authorized","shipment.created"])' true \
		event list --chain "$chain"
}

@test "an answer that comes later is asked for when it is time, and not before" {
	stock_up
	export SHOPCTL_NOW=2031-01-01T12:00:00Z
	buy R1 sandbox:late '[{"sku":"POT-01","qty":1}]'
	is '[.jobs, .retried]' '[0,1]' worker --drain
	is 'map([.state, .queue, .subject, .attempt])' '[["retry","payments","pay-1000",1]]' job list
	is '[.jobs, .retried]' '[0,0]' worker --drain
	SHOPCTL_NOW=2031-01-01T13:00:00Z must worker --drain -q
	is '[.retry, .dead]' '[0,0]' worker --status
	is 'map(.done)' '[1]' job stats
	[[ $(types_of ord-1000) == *order.confirmed ]]
}

@test "several workers at once have each effect once" {
	stock_up
	must stock receive POT-01 60 -q
	local i pids=()
	for i in $(seq 60); do
		printf '{"reference":"R%s","customer":"cus-1000","pay":"sandbox:approve","lines":[{"sku":"POT-01","qty":1}]}\n' "$i"
	done >many.jsonl
	must import order many.jsonl -q
	for i in 1 2 3; do
		"$shopctl" worker --drain -q &
		pids+=($!)
	done
	wait "${pids[@]}"
	must worker --drain -q
	is length 60 event list --type payment.authorized
	is length 60 event list --type shipment.created
	is length 60 event list --type notification.queued
	must check -q
}

@test "a queue may have its own worker" {
	stock_up
	buy R1 sandbox:approve '[{"sku":"POT-01","qty":1}]'
	is '.consumers | map(.name)' '["notifications"]' worker --drain --queue notifications
	[ "$(types_of ord-1000)" = "order.placed notification.queued" ]
	must worker --drain --queue payments,fulfillment -q
	[ "$(types_of shp-1000)" = "shipment.created" ]
	is '.consumers | map(select(.cursor == 0) | .name)' '["backorders","inventory","purchasing"]' worker --status
}

@test "a worker of one kind of jobs leaves the events and other jobs to others" {
	stock_up
	buy R1 sandbox:approve '[{"sku":"POT-01","qty":1}]'
	must worker --drain -q
	must shipment dispatch shp-1000 --carrier sandbox -q
	is '[.events, .jobs]' '[0,1]' worker --drain --type 'carrier.*' --lease 5min
	is '[.tracking != null, .status]' '[true,"shipped"]' shipment show shp-1000
	is '[.events, .jobs]' '[0,0]' worker --drain --type 'carrier.*,payment.*'
	is '.events > 0' true worker --drain
}

@test "an order whose payment was declined is canceled when the time to pay is over" {
	stock_up
	export SHOPCTL_NOW=2031-01-01T12:00:00Z
	buy R1 sandbox:decline '[{"sku":"POT-01","qty":2}]'
	must worker --drain -q
	is .status '"pending"' order show ord-1000
	is .available 0 stock show POT-01
	export SHOPCTL_NOW=2031-01-03T12:00:00Z
	must worker --drain -q
	is .status '"canceled"' order show ord-1000
	is .available 2 stock show POT-01
	is 'map(.data.template)' '["order_confirmation","payment_failed","order_canceled"]' event list --type notification.queued
	must check -q
}

@test "an order's log is its whole story, told in the catalogue's words" {
	stock_up
	must cart create --customer cus-1000 -q
	must cart add cart-1000 MUG-01:5 POT-01:1 -q
	must cart checkout cart-1000 --pay sandbox:approve -q
	must worker --drain -q
	must shipment dispatch shp-1000 --carrier sandbox -q
	must worker --drain -q
	must purchase submit pur-1000 -q
	must purchase receive pur-1000 -q
	must worker --drain -q
	must shipment dispatch shp-1001 --carrier sandbox -q
	must worker --drain -q
	must shipment deliver shp-1000 shp-1001 -q
	"$shopctl" order log ord-1000 -o json >story.json
	told=$(jq -r 'map(.event) | unique | join(" ")' story.json)
	for event in cart.completed order.placed backorder.created payment.authorized order.confirmed shipment.shipped \
		payment.captured purchase_order.submitted purchase_order.received backorder.allocated order.completed \
		shipment.delivered; do
		[[ " $told " == *" $event "* ]] || { echo "no $event in $told"; return 1; }
	done
	[ "$(jq -c 'map(.id | ltrimstr("evt-") | tonumber) | . == sort' story.json)" = true ]

	"$shopctl" event types -o json >types.json
	wrong=$("$shopctl" event list -o json | jq -r --slurpfile types types.json '
		($types[0] | map({key: .type, value: (.data | split(" "))}) | from_entries) as $said |
		.[] | . as $e | (.data | keys) - $said[.type] | select(length > 0) | "\($e.type): \(.)"')
	[ -z "$wrong" ] || { echo "not in lib/journal/catalog.c: $wrong"; return 1; }
}

# stop_in_call: a worker that stands still in the middle of pay-1000's call; its process is in $pid.
stop_in_call() {
	printf 'payments: {gateways: {sandbox: {log: %s/calls}}}\nworker: {lease: 1s, grace: 50ms}\n' "$PWD" >config.yaml
	export SHOPCTL_CONFIG=$PWD/config.yaml
	stock_up
	buy R1 sandbox:approve '[{"sku":"POT-01","qty":1}]'
	# Nobody reads what it notes, so it waits there: after its first transaction, before its second.
	mkfifo calls
	"$shopctl" worker --drain -q --name slow &
	pid=$!
	sent() { "$shopctl" payment show pay-1000 -o json | jq -e '.operations[0].status == "sent"' >/dev/null; }
	until_true sent
}

@test "a worker that stood still longer than its lease adds nothing when it goes on" {
	stop_in_call
	kill -STOP $pid
	rm calls
	is '[.jobs, .retried, .dead]' '[0,0,0]' worker --drain
	taken() { "$shopctl" worker --drain -o json | jq -e '.jobs == 1' >/dev/null; }
	until_true taken
	[[ $(types_of ord-1000) == *order.confirmed ]]
	kill -CONT $pid
	wait $pid
	[ "$(wc -l <calls)" -eq 2 ]
	[ "$(sort -u calls | wc -l)" -eq 1 ]
	is '.operations | map([.kind, .status, .calls])' '[["authorize","succeeded",2]]' payment show pay-1000
	is length 1 event list --type payment.authorized
	must check --deep -q
	must event verify -q
}

@test "TERM in the middle of a call ends it when the grace is over, and the next worker goes on at once" {
	stop_in_call
	kill -TERM $pid
	wait $pid || [ $? -eq 143 ]
	rm calls
	is '[.jobs, .dead]' '[1,0]' worker --drain
	is '.operations | map([.kind, .status, .calls])' '[["authorize","succeeded",2]]' payment show pay-1000
	must check --deep -q
}
