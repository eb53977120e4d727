#!/usr/bin/env bats
# One walk over the whole command table: each command shows all its faces, and its exit codes are those that tests see.

bats_require_minimum_version 1.5.0

setup_file() {
	top=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
	export top shopctl="${SHOPCTL:-$top/build/shopctl}" LANG=C.UTF-8 HOME="$BATS_FILE_TMPDIR"
	export SHOPCTL_STORE="$BATS_FILE_TMPDIR/shop.db"
	unset SHOPCTL_OUTPUT SHOPCTL_CONFIG SHOPCTL_NOW XDG_CONFIG_HOME
	"$shopctl" -q store init --currency EUR --test
	"$shopctl" help --json >"$BATS_FILE_TMPDIR/all.json"
	# every.json: one object a command, with its words.
	jq -c '(.commands[] | {words: .name} + .), (.nouns[] as $n | $n.commands[] | {words: "\($n.name) \(.name)"} + .)' \
		"$BATS_FILE_TMPDIR/all.json" >"$BATS_FILE_TMPDIR/every.json"
}

setup() {
	cd "$BATS_FILE_TMPDIR" || return 1
}

# results CODE: of a batch's results on standard input, those that ended otherwise, with the line they came from.
results() {
	jq -r --argjson code "$1" 'select(.exit != $code) | "\(.line) \(.exit) \(.error.message // "")"' |
		while read -r line code message; do
			echo "exit $code, not $1: $(sed -n "${line}p" lines): $message"
		done
}

@test "each exit code that a command declares is reached by a test" {
	run --separate-stderr python3 "$top/tests/docs/exits.py" "$top"/tests/*/*.bats <all.json
	[ "$status" -eq 0 ] || {
		echo "$output"
		echo "Write such a test beside the command's others, or take the code out of its .exits."
		return 1
	}
}

@test "each command that takes an object ends with 3 when there is none" {
	# An id without an object; the other operands get what their type reads, options what the command cannot do without.
	jq -r 'def value: if .name == "country" then "DE" elif .type == "id" then "\(.id_prefix)-999999"
			elif .type == "sku" then "NONE-01" elif .type == "line" then "NONE-01:1"
			elif .type == "time" then "2099-01-01" elif .type == "money" then "1.00"
			elif .words then .words[0] else "1" end;
		{"cart address": "--customer-address 1", "product price set": "--to 1", "stock adjust": "--by 1"} as $more |
		select(.operands[0].type == "id" or .operands[0].type == "sku") | select(.words != "product create") |
		"\(.words) \(.operands[0] | value) " + ([.operands[1:][] | select(.optional | not) | value] | join(" ")) +
		([.options[] | select(.required) | " --\(.name) \(value)"] | join("")) + " " + ($more[.words] // "")' \
		every.json >lines
	[ "$(wc -l <lines)" -gt 50 ]
	"$shopctl" batch lines --keep-going --yes --reason test >results 2>errors || true
	run results 3 <results
	[ -z "$output" ] || { echo "$output"; return 1; }
}

@test "each command refuses an option that does not exist with 2" {
	jq -r '.words + " --no-such-option"' every.json >lines
	"$shopctl" batch lines --keep-going >results 2>errors || true
	[ "$(wc -l <results)" -eq "$(wc -l <lines)" ]
	run results 2 <results
	[ -z "$output" ] || { echo "$output"; return 1; }
}

@test "each record that a command prints has a schema that its fields are in" {
	for name in $(jq -r 'select(.prints) | .prints.name' every.json | sort -u); do
		"$shopctl" explain "$name" --schema >schema.json || { echo "no schema of $name"; return 1; }
		jq -r --arg name "$name" 'select(.prints.name == $name) | .prints.fields[]' every.json | sort -u >fields
		jq -r '.properties | keys[]' schema.json | sort >properties
		run comm -13 fields properties
		[ -z "$output" ] || { echo "$name: $output"; return 1; }
		jq -e '.title and .type == "object" and .required' schema.json >/dev/null
	done
}

@test "what lists print is what the schemas say" {
	mkdir shop
	(cd shop && SHOPCTL=$shopctl "$top/tests/docs/shop")
	SHOPCTL_STORE=shop/shop.db SHOPCTL_NOW=2026-11-20T09:10:00Z run python3 "$top/tests/docs/schema.py" "$shopctl" <all.json
	[ "$status" -eq 0 ] || { echo "$output"; return 1; }
}

@test "each command's words and options are completed" {
	jq -r '.words as $w | select(.options | length > 0) | .options[0].name as $o |
		"\($w)\t\($o)"' every.json >wanted
	while IFS=$'\t' read -r words option; do
		# shellcheck disable=SC2086
		"$shopctl" __complete -- $words "--${option%%-*}" | grep -q -- "^--$option" ||
			{ echo "$words: --$option is not offered"; return 1; }
	done <wanted
}
