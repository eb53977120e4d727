#!/usr/bin/env bats
# What Tab offers: shopctl __complete -- WORDS, the last word being the one that is typed.

load shop

setup() {
	shopctl=${SHOPCTL:-$BATS_TEST_DIRNAME/../../build/shopctl}
	cd "$BATS_TEST_TMPDIR" || return 1
	export HOME=$BATS_TEST_TMPDIR LANG=C.UTF-8 PATH=$BATS_TEST_TMPDIR/bin:$PATH
}

# tab WORDS…: the candidates in $output, one a line, each a word, a tab and what it is; the last line is the directive.
tab() {
	run "$shopctl" __complete -- "$@"
	[ "$status" -eq 0 ] || { echo "exit $status: $output"; return 1; }
}

# gives WANTED WORDS…: the candidates' words, by blanks, and the directive are exactly these.
gives() {
	local wanted=$1 got
	shift
	tab "$@"
	got=$(cut -f1 <<<"$output" | paste -sd' ')
	[ "$got" = "$wanted" ] || { echo "$*"; echo "expected: $wanted"; echo "got: $got"; return 1; }
}

@test "nouns, commands and verbs are offered with their summaries; a plural or an alias to whoever typed past them" {
	mkdir bin
	touch bin/shopctl-ordain bin/shopctl-order
	chmod +x bin/shopctl-*
	gives "order ordain :0" or
	says $'order\tWhat customers bought'
	says $'ordain\t'"$PWD/bin/shopctl-ordain"
	gives "orders :0" orders
	gives "list line log :0" order l
	says $'line\tcancel'
	gives "cancel :0" order line ""
	gives "set history :0" -o json product price ""
	gives "get :0" orders ge
	gives "hold :0" orders ho
	gives ":0" nosuch ""
	gives ":0" order nosuch ""
}

@test "options come with their help, the global ones after them, none twice; values are those of the option" {
	tab order cancel ord-1 --r
	[ "$(cut -f1 <<<"$output" | paste -sd' ')" = "--reason --restock --refund :0" ]
	says $'--refund\tgive back what was captured'
	gives "--restock --refund :0" order cancel ord-1 --reason=customer --re
	gives "--no-restock --no-refund :0" order cancel --no-re
	gives "partially_authorized partially_paid paid partially_refunded :0" order list --payment pa
	gives "--status=pending :0" order list --status=p
	gives ":0" order list --nosuch ""
	gives ":0" order list --late=
	gives ":0" order list -- --st
	gives ":2" batch ""
	gives ":2" batch -q --resume=
}
