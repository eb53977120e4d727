#!/usr/bin/env bats
# Every example of the manual, of help and of the README is run, and ends as it says.

setup_file() {
	top=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
	export top SHOPCTL="${SHOPCTL:-$top/build/shopctl}" LC_ALL=C.UTF-8 TERM=xterm HOME="$BATS_FILE_TMPDIR"
	unset SHOPCTL_OUTPUT SHOPCTL_CONFIG SHOPCTL_STORE SHOPCTL_NOW XDG_CONFIG_HOME
	mkdir "$BATS_FILE_TMPDIR/shop"
	cd "$BATS_FILE_TMPDIR/shop" && "$top/tests/docs/shop"
}

setup() {
	cd "$BATS_TEST_TMPDIR" || return 1
}

# commands_of FILE: the lines to type of a text, behind its name and a tab; what they print, two blanks deeper, behind =.
commands_of() {
	awk -v name="$(basename "$1")" '
		/^    (shopctl|export|printf|sed) / { print name "\t" substr($0, 5); below = 1; next }
		/^      [^ ]/ && below { print name "\t=" substr($0, 7); next }
		{ below = 0 }' "$1"
}

# passes: the last run told of no failure.
passes() {
	[ "$status" -eq 0 ] || {
		echo "$output"
		echo "These examples run on the shop that tests/docs/shop makes: take ids that fit, or give it what is missing."
		return 1
	}
}

@test "every example of every command runs on a shop as it stands" {
	"$SHOPCTL" help --json | jq -r '(.commands[], .nouns[].commands[]) | .name as $name | .examples[] | "\($name)\t\(.)"' \
		>examples
	[ "$(wc -l <examples)" -gt 200 ]
	run "$top/tests/docs/examples" "$BATS_FILE_TMPDIR/shop" <examples
	passes
}

@test "the commands of every topic, the cookbook's among them, work one after the other on that shop" {
	for text in "$top"/man/prose/*.txt; do
		[[ $text != */tutorial.txt ]] || continue
		commands_of "$text" >"$BATS_TEST_TMPDIR/examples"
		[ -s "$BATS_TEST_TMPDIR/examples" ] || continue
		cp -r "$BATS_FILE_TMPDIR/shop" "$BATS_TEST_TMPDIR/$(basename "$text")"
		cd "$BATS_TEST_TMPDIR/$(basename "$text")"
		SHOPCTL_STORE=shop.db run "$top/tests/docs/examples" --in-order <"$BATS_TEST_TMPDIR/examples"
		passes
	done
}

@test "the lines on the pages of batch and shell are lines that both take" {
	cp -r "$BATS_FILE_TMPDIR/shop/." .
	sed -n 's/^    //p' "$top/man/prose/batch.txt" >batch
	sed -n 's/^    //p' "$top/man/prose/shell.txt" >shell
	export SHOPCTL_STORE=shop.db SHOPCTL_NOW=2026-11-20T09:10:00Z
	run "$SHOPCTL" batch batch -o jsonl
	[ "$status" -eq 0 ] && [ "$(wc -l <batch)" -ge 3 ] || { echo "$output"; return 1; }
	run "$SHOPCTL" shell -f shell
	[ "$status" -eq 0 ] && [ "$(wc -l <shell)" -ge 6 ] || { echo "$output"; return 1; }
}

@test "the tutorial leads from nothing to a delivered order" {
	commands_of "$top/man/prose/tutorial.txt" >examples
	run "$top/tests/docs/examples" --in-order <examples
	passes
	[ "$("$SHOPCTL" -S tutorial.db order show ord-1000 -o json | jq -r '"\(.status) \(.payment) \(.fulfillment)"')" = \
		"completed paid delivered" ]
	"$SHOPCTL" -S tutorial.db event verify
}

@test "the README's commands work one after the other" {
	printf 'product price set MUG-01 --to 13.00\n' >night.txt
	ln -s /bin/true tell-crm
	commands_of "$top/README.md" >examples
	run "$top/tests/docs/examples" --in-order <examples
	passes
}

@test "the configuration that help shows is one" {
	sed -n '/^# A file/,$s/^    //p' "$top/man/prose/config.txt" >config.yaml
	grep -q '^version: 1' config.yaml
	run "$SHOPCTL" --config config.yaml config check
	[ "$status" -eq 0 ] || { echo "$output"; return 1; }
}
