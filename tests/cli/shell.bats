#!/usr/bin/env bats
# The shell without a terminal: lines from a pipe or a file, \commands, focus, variables, where results go, its ends.

load shop

setup_file() {
	shopctl=${SHOPCTL:-$BATS_TEST_DIRNAME/../../build/shopctl}
	export SHOPCTL_STORE=$BATS_FILE_TMPDIR/t.db SHOPCTL_ACTOR=ana
	"$shopctl" store init --currency EUR --test -q
	printf '%s\n' 'product create MUG-01 --title "Blue mug" --price 12.50' 'stock receive MUG-01 100' \
		'order create MUG-01:2' 'cart create' | "$shopctl" shell >/dev/null
}

setup() {
	shopctl=${SHOPCTL:-$BATS_TEST_DIRNAME/../../build/shopctl}
	cd "$BATS_TEST_TMPDIR" || return 1
	cp "$BATS_FILE_TMPDIR"/t.db* .
	export HOME=$BATS_TEST_TMPDIR LANG=C.UTF-8 SHOPCTL_ACTOR=ana SHOPCTL_STORE=$BATS_TEST_TMPDIR/t.db
	unset SHOPCTL_OUTPUT SHOPCTL_CONFIG XDG_CONFIG_HOME XDG_STATE_HOME SHOPCTL_NOW
}

# lines TEXT: the shell on these lines; stdout is in $output, stderr in the file err.
lines() {
	run bash -c '"$1" shell "${@:3}" <<<"$2" 2>err' - "$shopctl" "$@"
}

# prints WANTED TEXT: the shell on TEXT prints exactly this, and ends well.
prints() {
	lines "$2"
	[ "$status" -eq 0 ] || { echo "exit $status: $(cat err)"; return 1; }
	[ "$output" = "$1" ] || { echo "expected: $1"; echo "got: $output"; cat err; return 1; }
}

@test "from a pipe each result is what its command prints by hand" {
	lines $'order show ord-1000\nproduct list -o count'
	[ "$status" -eq 0 ]
	[ "$output" = "$(must order show ord-1000; must product list -o count)" ]
	[ ! -s err ]
}

@test "the focused object stands where an operand is missing, and lends its noun" {
	lines $'use ord-1000\nshow -o id\nwhy -o json | jq -r .object\nwait --for confirmed -q\nuse\nuse cart-1000\nadd MUG-01:3 -q\nadd cart-1000 MUG-01 -q\nshow -o json | jq -c "[.lines[].qty]"\nuse MUG-01\nprice set --to 13 -o json | jq -r .price.amount\nreceive 5 -q\nshow -o id\nuse ord-1000\nship -o json | jq -c "[.[].status]"\nuse none\nuse\nuse ord-9999'
	[ "$output" = $'ord-1000\nord-1000\nord-1000\n[4]\n13.00\nMUG-01\n["shipped"]\nnone' ] || { echo "$output"; cat err; return 1; }
	[ "$status" -eq 3 ]
	grep -q 'stdin:18: no order ord-9999 \[E_NOT_FOUND\]' err
}

@test "\$_ is the id last shown or changed, its fields are read anew, and a dry run leaves it" {
	prints $'ord-1001 12.50EUR confirmed MUG-01\nord-1001\non_hold\n$_ ord-1001x $1 $' \
		$'order create MUG-01:1 -q\n\\echo $_ $_.total ${_.status} $_.lines[0].sku\norder create MUG-01:1 --dry-run > /dev/null
		order log $_ -q\n\\echo $_\norder hold $_ --reason manual -q\n\\echo $_.status\n\\echo \'$_\' ${_}x $1 $'
	lines '\echo $_.total'
	[ "$status" -eq 2 ]
	grep -q '\$_: nothing was shown yet' err
	lines $'order show ord-1000 -q\n\\echo $_.totl'
	[ "$status" -eq 2 ]
	grep -q 'did you mean total' err
}

@test "\\set and \\gset make variables, which stay one word" {
	lines $'\\set sku MUG-01\n\\set title "Red mug"\nproduct update $sku --title $title -q\nproduct show $sku -o json | jq -r .title
		query "SELECT count(*) + 1 AS n, \'a b\' AS t FROM v_order" \\gset t_\n\\echo n=$t_n t="$t_t"
		customer create --name Ana -q\norder show ord-1000 \\gset o_\n\\echo $o_id $o_total\n\\unset o_id\n\\set'
	[ "$(grep -v ^o_ <<<"$output")" = $'Red mug\nn=2 t=a b\nord-1000 25.00EUR\n_=ord-1000\nsku=MUG-01\nt_n=2\nt_t=a b\ntitle=Red mug' ] || { echo "$output"; cat err; return 1; }
	[[ $output == *o_status=confirmed* && $output != *o_id=* ]]
	lines $'customer list -F name=Nobody \\gset'
	[ "$status" -eq 2 ]
	grep -q 'takes one object, not 0' err
}

@test "results go where they are sent: a pipe, a file, \\o, \\once, \\tee" {
	lines $'order list -o id | tr a-z A-Z\norder list -o id > to.txt\n\\o o.txt\norder list -o id\n\\once once.txt\norder list -o count\norder list -o count\n\\o\n.tee tee.txt\norder list -o id\n\\tee\n\\o |sed s/^/piped:/\norder list -o id\n\\o\norder list -o count'
	[ "$status" -eq 0 ] || { cat err; return 1; }
	[ "$output" = $'ORD-1000\nord-1000\npiped:ord-1000\n1' ] || { echo "$output"; return 1; }
	[ "$(cat to.txt tee.txt once.txt)" = $'ord-1000\nord-1000\n1' ]
	[ "$(cat o.txt)" = $'ord-1000\n1' ]
	# A filter's sign is no redirection, and who leaves the pipe early is no failure.
	prints $'0\n{' $'order list -F total>=50 -o count\nevent tail --after 0 | head -c1\n\\echo'
	[ ! -e =50 ]
}

@test "\\mode, \\x and \\fields say how results look" {
	prints $'ord-1000\n1\nid:                  ord-1000\nid:                  ord-1000\nord-1000  25.00 EUR' \
		$'\\mode id\norder list\norder list --count\n\\mode\n\\o |head -1\norder list \\x\n\\o\n\\x\norder list | head -1\n\\x off\n\\fields id,total\norder list | tail -1'
	# An alias stands for its words, before the focused object is put among them.
	"$shopctl" alias set it 'order show -o id'
	prints ord-1000 $'use ord-1000\nit'
	lines '\mode foo'
	[ "$status" -eq 2 ]
	grep -q 'there are table, wide' err
}

@test "the first failure ends it with its code; --keep-going goes on and ends with 9" {
	lines $'order show ord-1000 -o id\norder show ord-9999\norder list -o count'
	[ "$status" -eq 3 ]
	[ "$output" = ord-1000 ]
	grep -q '^shopctl: stdin:2: order show ord-9999' err
	lines $'order shwo ord-1000\n"open\n\\foo\n!exit 4\norder list -o count' --keep-going
	[ "$status" -eq 9 ]
	[ "$output" = 1 ]
	grep -q 'did you mean show' err
	grep -q 'a quote is not ended' err
	grep -q 'unknown command .foo' err
	# What this shell does not have is said, not pretended; and no line is a shell.
	for line in '\plan' '\scan ord-1000' shell 'watch -- next' '--store x order list'; do
		lines "$line"
		[ "$status" -eq 2 ] || { echo "$line: $status"; return 1; }
	done
}

@test "a failing command's own exit code, its --timeout, and the last error in full" {
	lines $'wait ord-1000 --for shipped --timeout 100ms'
	[ "$status" -eq 124 ]
	lines $'order cancel ord-1000' 
	[ "$status" -eq 11 ]
	lines $'order show ord-9999\n\\why' --keep-going
	[[ $output == *"no order ord-9999"* ]]
	says "List the objects of its kind"
}

@test "files of lines: -f, \\r, each within the other; a long line and a NUL are refused" {
	printf 'order list -o count\n\\r two\n' >one
	printf '# nothing\n\nproduct list -o id\n\\q\norder list\n' >two
	run "$shopctl" shell -f one
	[ "$status" -eq 0 ]
	[ "$output" = $'1\nMUG-01' ]
	printf '\\r self\n' >self
	shop shell -f self
	[ "$status" -eq 2 ]
	says "more than 16 deep"
	shop shell -f missing
	[ "$status" -eq 74 ]
	head -c 1100000 /dev/zero | tr '\0' a >long
	shop shell -f long
	says "long:1: the line is longer than 1 MiB"
	printf 'order list\0 -o id\n' >nul
	shop shell -f nul
	says "holds a NUL"
}

@test "a transcript runs again as a batch file and does the same" {
	must store backup other.db -q
	lines $'use MUG-01\nprice set --to 14.00\nshow -o json | jq .price\norder create MUG-01:2\n\\set o $_\norder hold $o --reason fraud\norder show ord-9999\norder note $o "a # b"\nproduct list\nproduct update MUG-01 --title secret=x' --transcript tr.txt --keep-going
	[ "$status" -eq 9 ]
	[ "$(stat -c %a tr.txt)" = 600 ]
	grep -q '^product price set MUG-01 --to 14.00$' tr.txt
	grep -q '^# > order show ord-9999$' tr.txt
	if grep 'secret=' tr.txt; then return 1; fi
	must batch tr.txt -q --store other.db
	is '[.price.amount, .title]' '["14.00","Blue mug"]' product show MUG-01 --store other.db
	is '[.status, .total.amount]' '["on_hold","28.00"]' order show ord-1001 --store other.db
}

@test "a line of a batch in JSON runs here too, with its key" {
	lines $'{"cmd":["order","create","MUG-01:1"],"key":"k1"}\n{"cmd":["order","create","MUG-01:1"],"key":"k1"}\norder list -o count\n{"cmd":[]}'
	[ "$status" -eq 2 ]
	[[ $output == *$'ord-1001 placed'*$'ord-1001 placed'*$'\n2' ]] || { echo "$output"; return 1; }
	prints $'2026-11-24T12:00:00.000Z\n2026-11-24T11:00:00.000Z' \
		$'explain time "2026-11-24 12:00" -o json --tz UTC | jq -r ".forms[0].value"
		\\tz Europe/Berlin\nexplain time "2026-11-24 12:00" -o json | jq -r ".forms[0].value"'
	lines '\tz Mars/Olympus'
	[ "$status" -eq 2 ]
}

@test "typing needs readline: without it the terminal's shell says so, a pipe's does not miss it" {
	library=$(find /lib /usr/lib -name 'libreadline.so.8.*' -print -quit)
	unshare -m true 2>/dev/null || skip "hiding a library needs the right to"
	run unshare -m sh -c 'mount --bind /dev/null "$2" && script -qec "$1 shell" /dev/null' - "$shopctl" "$library" </dev/null
	[ "$status" -eq 69 ]
	says libreadline8
	run unshare -m sh -c 'mount --bind /dev/null "$2" && echo order list -o count | "$1" shell' - "$shopctl" "$library"
	[ "$output" = 1 ]
}

@test "--read-only, a store that cannot be written, and another store" {
	must store backup other.db -q
	lines $'order hold ord-1000 --reason fraud' --read-only
	[ "$status" -eq 77 ]
	grep -q 'this shell only reads' err
	lines $'order create MUG-01:1 -q\n\\store other.db\norder list -o count\n\\store' 
	[ "$output" = $'1\n'"$PWD/other.db" ]
	lines '\store missing.db'
	[ "$status" -eq 3 ]
}

@test "\\fav keeps lines under names, \\undo takes back, \\watch runs again, a batch runs within" {
	lines $'order list -o count\n\\fav save n\n\\fav run n\n\\fav list\nproduct price set MUG-01 --to 99 -q\n\\undo\nproduct show MUG-01 -o json | jq -r .price.amount\norder list -o id \\watch 0.1 2'
	[ "$status" -eq 0 ] || { cat err; return 1; }
	[[ $output == $'1\n1\nn\torder list -o count\n'*undone*$'\n12.50\nord-1000\nord-1000' ]] || { echo "$output"; return 1; }
	[ "$(stat -c %a .local/state/shopctl/favourites)" = 600 ]
	printf 'product update MUG-01 --category cups\n' >b
	lines $'batch b -q\nproduct show MUG-01 -o json | jq -r .category\norder hold ord-1000 --reason fraud \\watch 1'
	[ "$output" = cups ]
	[ "$status" -eq 2 ]
	grep -q 'commands that only read' err
}
