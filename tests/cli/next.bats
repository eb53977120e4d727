#!/usr/bin/env bats
# The work queue: what comes first, and the command of each row, which must be one that is not refused.

load shop
bats_require_minimum_version 1.5.0

setup() {
	shop_setup
	export SHOPCTL_NOW=2026-11-24T10:00:00Z
	must supplier create --name "Kiln & Co" -q
	must product create MUG-01 --title "Blue mug" --price 12.50 --backorder allow --supplier sup-1000 -q
	must product create POT-01 --title "Tea pot" --price 39.00 --reorder-point 2 --reorder-qty 10 -q
	must stock receive MUG-01 100 -q
	must stock receive POT-01 20 -q
}

# kinds: the queue as kind:object, in order.
kinds() {
	"$shopctl" next --limit 1000 -o json | jq -r 'map(.kind + ":" + .object) | join(" ")'
}

# queue WORDS: the queue holds just this.
queue() {
	local got
	got=$(kinds)
	[ "$got" = "$1" ] || { echo "expected $1"; echo "got      $got"; return 1; }
}

# begins WORDS: the queue begins with this.
begins() {
	local got
	got=$(kinds)
	[[ $got == "$1"* ]] || { echo "expected $1…"; echo "got      $got"; return 1; }
}

# command_of KIND: the first command of this kind, as it is printed.
command_of() {
	"$shopctl" next --limit 1000 -o json | jq -r --arg kind "$1" 'map(select(.kind == $kind))[0].command'
}

# do_it KIND: run what the queue says of this kind.
do_it() {
	local command
	command=$(command_of "$1")
	# shellcheck disable=SC2086
	run "$shopctl" ${command#shopctl } --yes
	[ "$status" -eq 0 ] || { echo "$command: exit $status: $output"; return 1; }
}

@test "a shop in which nothing waits has an empty queue" {
	is . '[]' next
	shop next -o id
	[ -z "$output" ]
}

@test "a parcel goes from open over picking to packed and out, by the queue's own commands" {
	must order create MUG-01:2 --pay manual -q
	must worker --drain -q
	queue "shipment_open:shp-1000"
	do_it shipment_open
	queue "shipment_picking:shp-1000"
	do_it shipment_picking
	queue "shipment_packed:shp-1000"
	do_it shipment_packed
	queue ""
	is .status '"shipped"' shipment show shp-1000
}

@test "an order that is late comes once, with the parcel that is to leave, before younger parcels" {
	must order create MUG-01:2 --pay manual -q
	must worker --drain -q
	export SHOPCTL_NOW=2026-11-27T10:00:00Z
	must order create MUG-01:1 --pay manual -q
	must worker --drain -q
	queue "order_late:ord-1000 shipment_open:shp-1001"
	is '.[0].since' '"2026-11-24T10:00:00.000Z"' next
	[ "$(command_of order_late)" = "shopctl shipment dispatch shp-1000" ]
	do_it order_late
	queue "shipment_open:shp-1001"
}

@test "a late order that cannot ship asks why" {
	must order create MUG-01:200 --pay manual -q
	must worker --drain -q
	must shipment dispatch shp-1000 -q
	export SHOPCTL_NOW=2026-11-27T10:00:00Z
	[ "$(command_of order_late)" = "shopctl why ord-1000 --for ship" ]
}

@test "money comes first: a lost answer, a declined order, a capture that failed" {
	must order create MUG-01:1 --pay manual -q
	must order create MUG-01:1 --pay sandbox:decline -q
	must order create MUG-01:1 --pay sandbox:timeout -q
	must order create MUG-01:1 --pay sandbox:decline.capture -q
	must worker --drain -q
	begins "payment_unknown:pay-1002 payment_declined:ord-1001 shipment_open:"
	must shipment dispatch "$("$shopctl" shipment list --order ord-1003 -o id)" -q
	must worker --drain -q
	begins "payment_unknown:pay-1002 payment_declined:ord-1001 capture_failed:pay-1003 shipment_open:"
	do_it payment_unknown
	do_it payment_declined
	do_it capture_failed
	must worker --drain -q
}

@test "backorders: nothing ordered, then ordered, overdue, and filled" {
	must order create MUG-01:150 --pay manual -q
	# The worker's consumer would draft the purchase; here nobody has.
	[[ $(kinds) == *"backorder_unsourced:MUG-01"* ]]
	do_it backorder_unsourced
	[[ $(kinds) == *"purchase_draft:pur-1000"* && $(kinds) != *unsourced* ]]
	do_it purchase_draft
	[[ $(kinds) != *purchase* ]]
	export SHOPCTL_NOW=2026-12-24T10:00:00Z
	[[ $(kinds) == *"purchase_overdue:pur-1000"* ]]
	do_it purchase_overdue
	[[ $(kinds) == *"backorder_fillable:MUG-01"* ]]
	do_it backorder_fillable
	is '.[0].status' '"allocated"' backorder list --status all
	[[ $(kinds) != *backorder* ]]
}

@test "what waits for a product without a supplier is blocked" {
	must supplier create --name Second -q
	must product create CUP-01 --title Cup --price 5 --backorder allow -q
	must order create CUP-01:3 --pay manual -q
	[[ $(kinds) == *"supply_blocked:CUP-01"* && $(kinds) != *unsourced* ]]
	do_it supply_blocked
	must product update CUP-01 --supplier sup-1001 -q
	[[ $(kinds) == *"backorder_unsourced:CUP-01"* && $(kinds) != *blocked* ]]
}

@test "what runs out is reordered, and leaves the queue when more is on its way" {
	must order create POT-01:18 --pay manual -q
	[[ $(kinds) == *"stock_low:POT-01"* ]]
	do_it stock_low
	[[ $(kinds) == *"purchase_draft:pur-1000"* && $(kinds) != *stock_low* ]]
	# Without a reorder point there is nothing to reorder by.
	must order create MUG-01:98 --pay manual -q
	[ "$(command_of stock_low)" = "shopctl stock show MUG-01" ]
}

@test "an order on hold waits for its release, and its parcel is not work meanwhile" {
	must order create MUG-01:2 --pay manual -q
	must worker --drain -q
	must order hold ord-1000 --reason address -q
	queue "order_on_hold:ord-1000"
	is '.[0].what' '"on hold: address"' next
	do_it order_on_hold
	queue "shipment_open:shp-1000"
}

@test "a job that was given up is retried" {
	must order create MUG-01:2 --pay manual -q
	sqlite3 "$SHOPCTL_STORE" "INSERT INTO job (id, queue, kind, subject, state, last_error, not_before_us,
		correlation, created_us) VALUES (1500, 'carriers', 'carrier.announce', 'shp-1000', 'dead', 'no route', 0, 1, 0)"
	[[ $(kinds) == *"job_dead:job-1500"* ]]
	is 'map(select(.kind == "job_dead"))[0].what' '"given up: no route"' next
	do_it job_dead
	[[ $(kinds) != *job_dead* ]]
}

@test "--limit shortens the queue and says so; ids, ranks and status agree with it" {
	must order create MUG-01:1 --pay manual -q
	must order create MUG-01:1 --pay manual -q
	must order create MUG-01:1 --pay manual -q
	must worker --drain -q
	run --separate-stderr "$shopctl" next --limit 2 -o id
	[ "$output" = $'shp-1000\nshp-1001' ]
	[[ $stderr == *"there is more"* ]]
	run --separate-stderr "$shopctl" next --limit 3 -o id
	[ -z "$stderr" ]
	is 'map(.rank)' '[1,2,3]' next
	refused 2 next --limit 0
	refused 2 next --limit x
	must order hold ord-1002 -q
	is '[.orders_on_hold, .orders_late, .purchases_draft]' '[1,0,0]' status
	SHOPCTL_FORCE_TTY=80 run "$shopctl" status
	[[ $output == *"next: shopctl shipment pick shp-1000"* ]]
}

@test "no command of the queue is refused, whatever the shop's state" {
	must order create MUG-01:150 POT-01:1 --pay manual -q
	must order create MUG-01:1 --pay sandbox:decline -q
	must order create POT-01:18 --pay sandbox:approve -q
	must order create POT-01:1 --pay sandbox:timeout -q
	must worker --drain -q
	must order hold ord-1000 --reason fraud -q
	export SHOPCTL_NOW=2026-11-27T10:00:00Z
	"$shopctl" next --limit 1000 -o json | jq -r '.[].command' >commands
	[ -s commands ]
	while read -r command; do
		case $command in
		*resolve* | *why* | *show* | *blocked*) try= ;; # asks the provider, which cannot be tried
		*) try=--dry-run ;;
		esac
		# shellcheck disable=SC2086
		run "$shopctl" ${command#shopctl } $try
		[ "$status" -eq 0 ] || { echo "$command: exit $status: $output"; return 1; }
	done <commands
}

# three_parcels: three pieces of work, oldest first.
three_parcels() {
	must order create MUG-01:1 --pay manual -q
	must order create MUG-01:1 --pay manual -q
	must order create MUG-01:1 --pay manual -q
	must worker --drain -q
}

@test "two people claim from one queue and never get the same work; the same claim again takes nothing more" {
	three_parcels
	before=$(events)
	is 'map([.object, .claimed_by, .claimed_until])' '[["shp-1000","ana","2026-11-24T10:30:00.000Z"]]' next --claim
	[ "$(events)" -eq $((before + 1)) ]
	is '.[0] | [.type, .subject, .actor, .data.kind, .data.until]' \
		'["work.claimed","shp-1000","ana","shipment_open","2026-11-24T10:30:00.000Z"]' event list --type work.claimed
	is 'map(.object)' '["shp-1000"]' next --claim
	[ "$(events)" -eq $((before + 1)) ]
	SHOPCTL_ACTOR=ben is 'map([.rank, .object, .claimed_by])' '[[2,"shp-1001","ben"]]' next --claim
	is 'map(.object)' '["shp-1000","shp-1002"]' next --claim --limit 5
	[ "$(events)" -eq $((before + 3)) ]
	SHOPCTL_ACTOR=eve is . '[]' next --claim
	is 'map(.claimed_by)' '["ana","ben","ana"]' next
	is 'map(.object)' '["shp-1001"]' next --filter claimed_by=ben
	is 'map(.object)' '["shp-1000","shp-1002"]' next --mine
	run --separate-stderr "$shopctl" next --mine --limit 1 -o id
	[[ $output == shp-1000 && $stderr == *"there is more"* ]]
	SHOPCTL_ACTOR=eve is . '[]' next --mine
}

@test "work that is done makes room for the next claim, and a claim runs out" {
	three_parcels
	must next --claim -q
	must shipment dispatch shp-1000 -q
	is 'map(.object)' '["shp-1001"]' next --claim
	export SHOPCTL_NOW=2026-11-24T10:29:59Z
	SHOPCTL_ACTOR=ben is 'map(.object)' '["shp-1002"]' next --claim
	export SHOPCTL_NOW=2026-11-24T10:30:00Z
	is 'map(.claimed_by)' '[null,"ben"]' next
	is . '[]' next --mine
	SHOPCTL_ACTOR=eve is 'map(.object)' '["shp-1001"]' next --claim
	# The setting says for how long.
	printf 'work: {claim_for: 5min}\n' >short.yaml
	export SHOPCTL_NOW=2026-11-24T12:00:00Z
	is '.[0].claimed_until' '"2026-11-24T12:05:00.000Z"' --config short.yaml next --claim
}

@test "a claim is tried, keyed and expected as other changes are, and stands in a batch" {
	three_parcels
	before=$(events)
	run --separate-stderr "$shopctl" next --claim --dry-run
	[[ $status -eq 0 && $output == *"shp-1000 claimed: kind shipment_open"* && $(events) -eq $before ]]
	plan=$("$shopctl" next --claim --dry-run -o json | jq -r .plan)
	is 'map(.claimed_by)' '["ana"]' next --claim --expect "$plan"
	refused 4 next --claim --limit 2 --expect "$plan"
	must next --claim --limit 2 --idempotency-key k -o json >first
	before=$(events)
	must shipment dispatch shp-1000 -q
	[ "$("$shopctl" next --claim --limit 2 --idempotency-key k -o json 2>/dev/null)" = "$(<first)" ]
	SHOPCTL_ACTOR=ben "$shopctl" batch --atomic - <<<'next --claim' >/dev/null
	is 'map(.claimed_by)' '["ana","ben"]' next
	# A claim runs out: it is not taken back, and undo --last is about what was done before it.
	SHOPCTL_ACTOR=ben refused 3 undo --last
	refused 6 undo "$("$shopctl" history --limit 1 -o id)"
	says "work.claimed of shp-1002 stays"
}

@test "who only looks waits for no writer; what does not go with --claim is refused" {
	three_parcels
	must next --claim -q
	sqlite3 "$SHOPCTL_STORE" "BEGIN IMMEDIATE" ".shell '$shopctl' next --mine -o id >mine" \
		".shell '$shopctl' next -o id >all" ".shell '$shopctl' next --claim --limit 2 --busy-timeout 10ms; echo \$? >status"
	[[ $(<mine) == shp-1000 && $(<all) == $'shp-1000\nshp-1001\nshp-1002' && $(<status) -eq 75 ]] ||
		{ cat mine all status; return 1; }
	refused 2 next --claim --mine
	refused 2 next --claim --filter kind=order_late
	says "--filter selects rows of a list"
	refused 2 next --claim --limit 0
	refused 5 next --mine --actor $'a\x01'
}
