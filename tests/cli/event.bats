#!/usr/bin/env bats
# The journal from the command line: lists, stories, notes, its catalogue and its proof.

load shop

setup() {
	shop_setup
	must product create MUG-01 --title "Blue mug" --price 12.50 -q
	must product update MUG-01 --title "Red mug" -q
}

@test "events are listed in order, by object, by type and the latest first" {
	is 'map(.type)' '["location.created","product.created","product.updated"]' event list
	is 'map(.number)' '[1,2]' event list --subject mug-01
	is 'map(.subject)' '["loc-1000"]' event list --type 'location.*'
	is 'map(.id)' '["evt-3"]' event list --newest --limit 1
	is length 0 event list --type cart.created
}

@test "events are listed since a time" {
	SHOPCTL_NOW=2031-01-01T12:00:00Z must product update MUG-01 --title "Green mug" -q
	SHOPCTL_NOW=2031-01-01T13:00:00Z is length 1 event list --since 2h
	SHOPCTL_NOW=2031-01-01T13:00:00Z is length 0 event list --since 30min
}

@test "a glob that is not a beginning is exit 2" {
	refused 2 event list --type '*.created'
	says "event types"
}

@test "an event is shown whole, and one that does not exist is exit 3" {
	is '[.type, .data.changed.title]' '["product.updated",["Blue mug","Red mug"]]' event show evt-3
	is 'map(.id)' '["evt-1","evt-2"]' event show 1 evt-2
	refused 3 event show evt-99
}

@test "tail prints JSON lines: the last ones, those after a place, those of some types" {
	[ "$("$shopctl" event tail --limit 1 | jq -r .id)" = evt-3 ]
	[ "$("$shopctl" event tail --after 0 | wc -l)" -eq 3 ]
	[ "$("$shopctl" event tail --after 0 --type 'location.*,*.updated' -o table | jq -r .id | xargs)" = "evt-1 evt-3" ]
}

@test "a follower gets each event as it is committed" {
	"$shopctl" event tail --follow --after 3 --limit 2 >followed &
	local pid=$!
	must product update MUG-01 --category Mugs -q
	must product update MUG-01 --category Cups -q
	wait $pid
	[ "$(jq -r .id followed | xargs)" = "evt-4 evt-5" ]
}

@test "a named cursor gives each event once, and to one reader at a time" {
	[ "$("$shopctl" event tail --cursor crm --type '*.created' | jq -r .id | xargs)" = "evt-1 evt-2" ]
	[ -z "$("$shopctl" event tail --cursor crm)" ]
	must product update MUG-01 --title "Green mug" -q
	[ "$("$shopctl" event tail --cursor crm --limit 5 | jq -r .id)" = evt-4 ]
	[ "$("$shopctl" event tail --cursor crm --after 1 --limit 1 | jq -r .id)" = evt-2 ]
	is '.consumers | map([.name, .cursor, .behind])' '[["tail:crm",2,2]]' worker --status

	# The shop's own consumers begin with the first event all the same.
	must worker --once -q
	is '.consumers | map(.cursor) | unique' '[2,4]' worker --status
	is .events_waiting 0 status
	"$shopctl" event tail --cursor crm --follow >followed &
	local pid=$! i
	for i in $(seq 100); do
		[ "$(grep -c evt followed)" -lt 2 ] || break
		sleep 0.05
	done
	refused 75 event tail --cursor crm
	says E_TAIL_RUNNING
	[ -n "$("$shopctl" event tail --cursor other)" ]
	kill $pid
	wait $pid || [ $? -eq 143 ]
	[ "$(jq -r .id followed | xargs)" = "evt-3 evt-4" ]
	refused 2 event tail --cursor ../x
	must check -q
}

@test "a command gets each event, and the one it fails on stays the next" {
	cat >tell <<-'EOF'
		jq -r '.id + " " + .type' >>got
		echo "$SHOPCTL_EVENT_ID $SHOPCTL_EVENT_TYPE $SHOPCTL_EVENT_SUBJECT $SHOPCTL_EVENT_ACTOR $SHOPCTL_EVENT_TXN" >>heard
		[ "$SHOPCTL_EVENT_ID" != evt-2 ] || [ "$(grep -c evt-2 got)" -gt 3 ] || exit 7
	EOF
	refused 7 event tail --cursor crm --exec '. ./tell'
	says 'the command ended with 7 for evt-2, product.created of MUG-01 [E_TAIL_COMMAND]'
	refused 7 event tail --cursor crm --exec '. ./tell' --retry 1
	must event tail --cursor crm --exec '. ./tell' --retry 1
	[ "$(cut -d' ' -f1 got | xargs)" = "evt-1 evt-2 evt-2 evt-2 evt-2 evt-3" ]
	[ "$(tail -1 heard)" = "evt-3 product.updated MUG-01 ana txn-1002" ]
	is '.consumers | map(.cursor)' '[3]' worker --status
	refused 143 event tail --after 2 --exec 'kill -TERM $$'
	refused 2 event tail --exec true
	refused 2 event tail --retry 3
}

@test "a tail killed in the middle of an event gives that event again, and loses none" {
	cat >tell <<-'EOF'
		cat >/dev/null
		echo "$SHOPCTL_EVENT_ID" >>got
		[ -e killed ] || [ "$SHOPCTL_EVENT_ID" != evt-2 ] || { touch killed; kill -KILL "$PPID"; }
	EOF
	run "$shopctl" event tail --cursor crm --exec '. ./tell'
	[ "$status" -eq 137 ]
	is '.consumers | map(.cursor)' '[1]' worker --status
	must event tail --cursor crm --exec '. ./tell'
	[ "$(xargs <got)" = "evt-1 evt-2 evt-2 evt-3" ]
}

@test "a product's story is told in words" {
	is 'map(.what)' '["title Blue mug, status active, price 12.50 EUR","title Blue mug → Red mug"]' \
		product log MUG-01
	is 'map(.actor)' '["ana","ana"]' product log mug-01
	refused 3 product log CUP-01
}

@test "a note is part of the story, and changes nothing else" {
	before=$("$shopctl" product show MUG-01 -o json)
	must product note MUG-01 "the glaze chips easily" -q
	[ "$before" = "$("$shopctl" product show MUG-01 -o json)" ]
	is '.[-1] | [.event, .data.text]' '["product.noted","the glaze chips easily"]' product log MUG-01
	refused 5 product note MUG-01 ""
	refused 5 product note MUG-01 "card 4111 1111 1111 1111"
	refused 3 supplier note sup-1000 hello
}

@test "the journal is proved, and from a place on" {
	is '[.events, .since, .head]' '[3,"evt-1","evt-3"]' event verify
	is .events 1 event verify --since evt-3
}

@test "every type of event that the sources write is in the catalogue, in order" {
	"$shopctl" event types -o id >types
	sort -c types
	[ -z "$(uniq -d types)" ]
	# Names that look like events: kinds of jobs, and of policies.
	cd "$BATS_TEST_DIRNAME/../.."
	grep -rhoE '"[a-z_]+\.[a-z_]+"' lib/domain lib/worker --include='*.c' | tr -d '"' | sort -u |
		grep -E "^($(sed 's/\..*//' "$BATS_TEST_TMPDIR/types" | sort -u | paste -sd'|'))\." |
		grep -vxE 'payment\.(operation|refund)|carrier\.[a-z_]+|product\.sku' >"$BATS_TEST_TMPDIR/written"
	missing=$(grep -vxF -f "$BATS_TEST_TMPDIR/types" "$BATS_TEST_TMPDIR/written" || true)
	[ -z "$missing" ] || { echo "not in lib/journal/catalog.c:"; echo "$missing"; return 1; }
}
