#!/usr/bin/env bats
# The manual: its pages are those of the command table, well formed, and say what they promise.

setup_file() {
	top=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
	export top shopctl="${SHOPCTL:-$top/build/shopctl}" LANG=C.UTF-8 HOME="$BATS_FILE_TMPDIR" TERM=xterm
	export MANPATH="$BATS_FILE_TMPDIR/man"
	unset SHOPCTL_OUTPUT SHOPCTL_CONFIG NO_COLOR
	mkdir "$BATS_FILE_TMPDIR/new" "$MANPATH"
	"$shopctl" __manual --all "$BATS_FILE_TMPDIR/new"
	for section in 1 5 7 8; do
		mkdir "$MANPATH/man$section"
		cp "$BATS_FILE_TMPDIR/new"/*."$section" "$MANPATH/man$section"
	done
	"$shopctl" help --json >"$BATS_FILE_TMPDIR/all.json"
}

@test "the pages in man/ are what the program makes of its tables" {
	mkdir "$BATS_TEST_TMPDIR/man"
	cp "$top"/man/*.[1-8] "$BATS_TEST_TMPDIR/man"
	run diff -ru "$BATS_TEST_TMPDIR/man" "$BATS_FILE_TMPDIR/new"
	[ "$status" -eq 0 ] || {
		head -30 <<<"$output"
		echo "man/ is stale. Run this and commit it:  make manual  (or: $shopctl __manual --all man)"
		return 1
	}
}

@test "mandoc finds nothing in them at any level, references to pages that do not exist included" {
	# -W style is everything but the conventions of one BSD's own base system; MANPATH holds the pages, so that
	# every .Xr is looked up.
	run sh -c 'mandoc -T lint -W style "$MANPATH"/man*/* 2>/dev/null'
	[ -z "$output" ] || { echo "$output"; return 1; }
	[ "$status" -eq 0 ]
}

@test "every noun, every command and the program have a page, which names each verb and option" {
	jq -r '.nouns[] | .name as $n | .commands[] | "\($n) \($n) \(.name) " + ([.options[] | "--" + .name] | join(" "))' \
		"$BATS_FILE_TMPDIR/all.json" >"$BATS_TEST_TMPDIR/want"
	jq -r '.commands[] | "\(.name) \(.name) " + ([.options[] | "--" + .name] | join(" "))' \
		"$BATS_FILE_TMPDIR/all.json" >>"$BATS_TEST_TMPDIR/want"
	for page in "$MANPATH"/man[18]/shopctl-*; do
		mandoc -T ascii "$page" | col -b >"$BATS_TEST_TMPDIR/$(basename "$page" | sed 's/^shopctl-//; s/\.[18]$//')"
	done
	while read -r page words; do
		[ -e "$BATS_TEST_TMPDIR/$page" ] || { echo "$page has no page"; return 1; }
		for word in $words; do
			grep -qF -- "$word" "$BATS_TEST_TMPDIR/$page" || { echo "$page: no $word"; return 1; }
		done
	done <"$BATS_TEST_TMPDIR/want"
}

@test "man finds them, groff formats them without a complaint" {
	run man -l "$top/man/shopctl-order.1"
	[ "$status" -eq 0 ]
	[[ $output == *"order cancel"* ]]
	run man --warnings -E UTF-8 -l -Tutf8 -Z "$top/man/shopctl.1"
	[ "$status" -eq 0 ]
	[[ $output != *warning* ]] || { echo "$output" | grep warning | head; return 1; }
}

@test "make install puts them where man looks" {
	make -s -C "$top" install BUILD="$(dirname "$shopctl")" DESTDIR="$BATS_TEST_TMPDIR/root" prefix=/usr -o all
	[ -s "$BATS_TEST_TMPDIR/root/usr/share/man/man1/shopctl-order.1" ]
	[ -s "$BATS_TEST_TMPDIR/root/usr/share/man/man5/shopctl.yaml.5" ]
	[ -s "$BATS_TEST_TMPDIR/root/usr/share/man/man7/shopctl-tutorial.7" ]
	[ -s "$BATS_TEST_TMPDIR/root/usr/share/man/man8/shopctl-worker.8" ]
}

@test "every topic can be asked for, and fits a terminal of 80 columns" {
	for topic in $(jq -r '.topics[].name' "$BATS_FILE_TMPDIR/all.json"); do
		run "$shopctl" help "$topic"
		[ "$status" -eq 0 ]
		[[ $output != *$'\n@'* ]] || { echo "$topic: a table is not filled in"; return 1; }
		run awk '!/^    / && length > 80' <<<"$output"
		[ -z "$output" ] || { echo "$topic: $output"; return 1; }
	done
	for topic in environment exit-codes formats fields time money filters config tutorial cookbook; do
		"$shopctl" help "$topic" >/dev/null || { echo "no $topic"; return 1; }
	done
}

@test "search puts the command that is named so first, and finds words in errors, events and topics" {
	run "$shopctl" help --search refund -o json
	[ "$(jq -r '.[0].name' <<<"$output")" = "payment refund" ]
	[ "$(jq -r '[.[].kind] | unique | join(" ")' <<<"$output")" = "command error event noun option topic" ]
	run "$shopctl" help --search 'STOCK short' -o json
	[ "$(jq -r '.[0].name' <<<"$output")" = E_STOCK_SHORT ]
	[ "$(jq -r '.[0].see' <<<"$output")" = "shopctl explain E_STOCK_SHORT" ]
	[ "$("$shopctl" help --search xyzzy -o json)" = "[]" ]
	run "$shopctl" help tutoriel
	[ "$status" -eq 3 ]
	[[ $output == *"did you mean tutorial?"* && $output == *"help --search"* ]]
}

@test "headings are bold on a terminal only, and not where it cannot show them" {
	bold=$'\033[1m'
	run "$shopctl" order cancel --help
	[[ $output != *$'\033'* ]]
	run script -qec "'$shopctl' order cancel --help" /dev/null
	[[ $output == *"${bold}Options:"* ]] || { echo "$output"; return 1; }
	for off in "TERM=dumb" "NO_COLOR=1"; do
		run env "$off" script -qec "'$shopctl' help filters" /dev/null
		[[ $output != *$'\033'* ]] || { echo "$off"; return 1; }
	done
	run script -qec "'$shopctl'" /dev/null
	[ "${#lines[@]}" -le 24 ]
}
