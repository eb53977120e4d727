#!/usr/bin/env bats
# One walk over the whole command table: help works, see-also names commands.

load shop

setup() {
	shopctl=${SHOPCTL:-$BATS_TEST_DIRNAME/../../build/shopctl}
	cd "$BATS_TEST_TMPDIR" || return 1
	export HOME=$BATS_TEST_TMPDIR LANG=C.UTF-8
	"$shopctl" help --json >all.json
}

# every FILTER: one line per command: its words, a tab, what FILTER gives of it.
every() {
	jq -r "((.commands[] | {words: .name} + .), (.nouns[] as \$n | \$n.commands[] | {words: \"\(\$n.name) \(.name)\"} + .))
		| .words + \"\t\" + ($1)" all.json
}

@test "every command has help of at most 60 lines that opens with its summary" {
	every .summary | while IFS=$'\t' read -r words summary; do
		# shellcheck disable=SC2086
		run "$shopctl" $words --help
		[ "$status" -eq 0 ] || { echo "$words: exit $status"; exit 1; }
		[[ ${lines[0]} == "$summary"* ]] || { echo "$words: ${lines[0]}"; exit 1; }
		[ "$(wc -l <<<"$output")" -le 60 ] || { echo "$words: $(wc -l <<<"$output") lines"; exit 1; }
	done
}

@test "every noun has help that lists its verbs" {
	jq -r '.nouns[] | .name + " " + .commands[0].name' all.json | while read -r noun verb; do
		run "$shopctl" "$noun" --help
		[ "$status" -eq 0 ] || { echo "$noun: exit $status"; exit 1; }
		[[ $output == *"$verb"* ]] || { echo "$noun: $verb is not listed"; exit 1; }
	done
}

@test "every command has an example; tests/docs runs them" {
	every '.examples | length' | while IFS=$'\t' read -r words count; do
		[ "$count" -gt 0 ] || { echo "$words has no example"; exit 1; }
	done
}

@test "what see-also names are commands" {
	every '.see_also // ""' | while IFS=$'\t' read -r words others; do
		tr ',' '\n' <<<"$others" | sed 's/^ *//' | grep . | while read -r other; do
			# shellcheck disable=SC2086
			"$shopctl" $other --help >/dev/null 2>&1 || { echo "$words: see also $other"; exit 1; }
		done
	done
}

@test "a wrong verb of every noun is exit 2 and names one that is near" {
	jq -r '.nouns[] | .name + " " + .commands[0].name' all.json | while read -r noun verb; do
		run "$shopctl" "$noun" "${verb}x"
		[ "$status" -eq 2 ] || { echo "$noun ${verb}x: exit $status"; exit 1; }
		[[ $output == *"did you mean $verb"* ]] || { echo "$output"; exit 1; }
	done
}
