#!/usr/bin/env bats
# explain: types, fields, states, errors, events and values, from the tables the program works by.

load shop

setup() {
	shop_setup
}

@test "a type gives its fields with type, meaning and example, and who prints it" {
	is '[.name, (.fields[0] | .name, .type, .example)]' '["order","id","id","ord-1000"]' explain order
	is '.printed_by | split(", ") | map(select(. == "order show"))' '["order show"]' explain order
	# Fields are those that JSON has.
	must product create MUG-01 --title Mug --price 5 -q
	[ "$("$shopctl" explain product -o json | jq -c '[.fields[].name]')" = \
		"$("$shopctl" product show MUG-01 -o json | jq -c keys_unsorted)" ]
}

@test "every type that is listed can be explained, and so can its fields" {
	"$shopctl" explain -o json | jq -r '.[].name' >names
	[ "$(wc -l <names)" -gt 20 ]
	while read -r name; do
		field=$("$shopctl" explain "$name" -o json | jq -r '.fields[0].name')
		is .name "\"$name.$field\"" explain "$name.$field"
	done <names
}

@test "a field inside a list is named by its path" {
	is '[.type, .meaning, .example]' '["text","the product","MUG-01"]' explain order.lines.sku
	is '.fields | map(.name) | index("sku") != null' true explain 'order.lines'
	refused 3 explain order.lines.colour
	refused 3 explain order.colour
}

@test "a status tells which states may follow which, as the store's own guards do" {
	for machine in cart order payment shipment backorder purchase operation; do
		got=$("$shopctl" explain "$machine.status" -o json | jq -r '.transitions[] | .from + " " + .to' | sort)
		wanted=$(sqlite3 "$SHOPCTL_STORE" "SELECT from_status || ' ' || to_status FROM transition
			WHERE machine = '$machine'" | sort)
		[ -n "$got" ] && [ "$got" = "$wanted" ] || { echo "$machine: $got"; return 1; }
	done
	is .ends '"delivered, canceled"' explain shipment.status
}

@test "the commands that a status names exist" {
	"$shopctl" help --json |
		jq -r '(.commands[].name), (.nouns[] | .name as $noun | .commands[] | $noun + " " + .name)' >commands
	for machine in cart order payment shipment backorder purchase operation; do
		"$shopctl" explain "$machine.status" -o json | jq -r '.transitions[].by // empty' | sed 's/, /\n/g'
	done | sort -u >named
	[ "$(wc -l <named)" -gt 20 ]
	unknown=$(grep -vxFf commands named || true)
	[ -z "$unknown" ] || { echo "$unknown"; return 1; }
}

@test "--dot prints a graph of the machine" {
	shop explain order.status --dot
	[ "$status" -eq 0 ]
	[ "${lines[0]}" = "digraph order {" ]
	says 'pending -> confirmed [label="order confirm, payment authorize"];'
	[ "${lines[-1]}" = "}" ]
	refused 2 explain order.total --dot
	refused 2 explain order --dot
	refused 2 explain --dot
}

@test "--schema prints a JSON Schema that fits what is printed" {
	must product create MUG-01 --title Mug --price 5 -q
	must stock receive MUG-01 3 -q
	must order create MUG-01:2 --pay manual -q
	"$shopctl" explain order --schema >schema
	[ "$(jq -c '[.title, .type, .properties.total.properties.minor.type, .properties.lines.type]' schema)" = \
		'["order","object","integer","array"]' ]
	[ "$(jq -c .required schema)" = "$("$shopctl" order show ord-1000 -o json | jq -c keys_unsorted)" ]
	[ "$(jq -c .properties.lines.items.required schema)" = \
		"$("$shopctl" order show ord-1000 -o json | jq -c '.lines[0] | keys_unsorted')" ]
	refused 2 explain order.status --schema
	refused 2 explain --schema
}

@test "an error code gives its exit code and what to do, in any case; --errors lists all" {
	is '[.code, .exit, .retryable]' '["E_STOCK_SHORT",6,false]' explain E_STOCK_SHORT
	is .retryable true explain e_store_busy
	is 'map(.code) | [index("E_USAGE"), index("E_INTERNAL") != null]' '[0,true]' explain --errors
	refused 3 explain E_NO_SUCH
	says "explain --errors"
}

@test "an error names the command that explains it, a usage error has its synopsis" {
	refused 3 order show ord-1077
	says "more     shopctl explain E_NOT_FOUND"
	command=$(grep -o 'explain E_.*' <<<"$output")
	# shellcheck disable=SC2086
	is .code '"E_NOT_FOUND"' $command
	refused 2 order show
	[[ $output != *more* ]]
}

@test "an event type gives its subject and data; a word that is a field and an event gives both" {
	is '[.type, .subject]' '["order.placed","order"]' explain order.placed
	is 'map(.name // .type)' '["order.held","order.held"]' explain order.held
	for type in $("$shopctl" event types -o json | jq -r '.[].type'); do
		is 'if type == "array" then .[1] else . end | .type' "\"$type\"" explain "$type"
	done
}

@test "a value is shown as it is read" {
	forms='.forms | map({(.form): .value}) | add'
	is "$forms | [.utc, .unix]" '["2026-11-23T14:00:00.000Z","1795442400"]' \
		explain time '2026-11-23T15:00:00+01:00'
	is "$forms | [.utc, .local]" '["2026-11-23T14:00:00.000Z","2026-11-23 15:00"]' \
		explain time '2026-11-23 15:00' --tz Europe/Berlin
	is "$forms | [.from, .until]" '["2026-11-01T00:00:00.000Z","2026-12-01T00:00:00.000Z"]' \
		explain time 2026-11 --tz UTC
	is "$forms | [.amount, .currency, .minor]" '["19.90","EUR","1990"]' explain money 19.90
	is "$forms | [.amount, .currency, .minor]" '["1990","JPY","1990"]' explain money 1990JPY
	is "$forms | [.quantity, .unit, .decimals]" '["1.25","kg","2"]' explain quantity 1.250kg
	is "$forms | [.duration, .seconds]" '["2h30min","9000"]' explain duration 150min
	is "$forms | [.noun, .id, .number]" '["order","ord-1042","1042"]' explain id ORD-1042
	is "$forms | [.noun, .sku]" '["product","MUG-01"]' explain id mug-01
	must explain time 'last monday 14:00'
}

@test "a value that cannot be read says why, as it would where it is typed" {
	refused 2 explain money 19,90
	says "19.90"
	refused 2 explain time 'the day before'
	refused 2 explain duration soon
	refused 2 explain time
	refused 2 explain order MUG-01
}

@test "what has no name is told, with the nearest that has" {
	refused 3 explain ordr
	says "did you mean order?"
	refused 3 explain ordr.status
	refused 3 explain order.plced
}

@test "explain needs no store" {
	SHOPCTL_STORE=$BATS_TEST_TMPDIR/none.db must explain order.status
	[ ! -e none.db ]
}
