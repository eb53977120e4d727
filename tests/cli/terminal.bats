#!/usr/bin/env bats
# The shell in a real terminal (tmux): what the screen shows, compared as text, waited for and never slept for.

load shop

setup_file() {
	shopctl=${SHOPCTL:-$BATS_TEST_DIRNAME/../../build/shopctl}
	export SHOPCTL_STORE=$BATS_FILE_TMPDIR/t.db SHOPCTL_ACTOR=ana
	"$shopctl" store init --currency EUR --test -q
	printf '%s\n' 'product create MUG-01 --title "Blue mug" --price 12.50' 'stock receive MUG-01 100' \
		'order create MUG-01:2' 'order create MUG-01:1' | "$shopctl" shell >/dev/null
}

setup() {
	shopctl=${SHOPCTL:-$BATS_TEST_DIRNAME/../../build/shopctl}
	shopctl=$(realpath "$shopctl")
	cd "$BATS_TEST_TMPDIR" || return 1
	cp "$BATS_FILE_TMPDIR"/t.db* .
	export HOME=$BATS_TEST_TMPDIR LANG=C.UTF-8 SHOPCTL_ACTOR=ana SHOPCTL_STORE=$BATS_TEST_TMPDIR/t.db
	terminals=0
	unset SHOPCTL_OUTPUT SHOPCTL_CONFIG XDG_CONFIG_HOME XDG_STATE_HOME SHOPCTL_NOW INPUTRC PAGER SHOPCTL_PAGER TMUX
}

teardown() {
	terminal kill-server 2>/dev/null || true
}

terminal() {
	tmux -f /dev/null -S "$BATS_TEST_TMPDIR/tmux$terminals" "$@"
}

# opens ENVIRONMENT… : a terminal of 80 by 24 with the shell in it; behind its end the screen stays.
opens() {
	terminal kill-server 2>/dev/null || true
	terminals=$((terminals + 1))
	terminal new-session -d -s t -x 80 -y 24 "env $* '$shopctl' shell; echo ended \$?; cat"
	sees 'shop:main>'
}

keys() {
	terminal send-keys -t t "$@"
}

screen() {
	terminal capture-pane -pJ -t t | sed 's/ *$//' | grep .
}

# until COMMAND…: it succeeds within 30 seconds.
until_so() {
	local n
	for ((n = 0; n < 600; n++)); do
		"$@" && return
		sleep 0.05
	done
	echo "never: $*"
	screen
	return 1
}

holds() {
	[[ "$(screen)" == *"$1"* ]]
}

sees() {
	until_so holds "$1"
}

ends_with() {
	[ "$(screen | tail -1)" = "$1" ]
}

# runs: a command has the terminal; typing: readline has it. A key that is a signal needs the one or the other.
runs() {
	stty -F "$(terminal display-message -p -t t '#{pane_tty}')" -a | grep -q '[^-]icanon'
}

typing() {
	! runs
}

# asks LINE: type it and Enter.
asks() {
	keys -l "$1"
	keys Enter
}

leaves() {
	until_so typing
	keys C-d
	sees 'ended 0'
}

@test "focus, completion with descriptions, news above the half-typed line, and the history" {
	mkdir -p .local/state/shopctl
	printf '#1700000000\norder list --late\n' >.local/state/shopctl/history
	chmod 644 .local/state/shopctl/history
	opens
	asks 'use ord-1000'
	until_so ends_with 'shop:main(1000)>'
	# A verb of the focused order, then what it takes.
	keys -l 'canc'
	keys Tab
	until_so ends_with 'shop:main(1000)> cancel'
	keys C-c
	keys -l '\mo'
	keys Tab
	sees '\mode'
	keys C-c
	keys -l 'order rel'
	keys Tab Tab
	until_so ends_with 'shop:main(1000)> order release'
	keys C-c
	keys -l 'order '
	keys Tab Tab
	sees 'confirm  Confirm pending orders that are paid for'
	until_so ends_with 'shop:main(1000)> order'
	keys C-c
	# What the focused order takes, and what a variable stands for.
	keys -l 'hold --reason fr'
	keys Tab
	until_so ends_with 'shop:main(1000)> hold --reason fraud'
	keys C-c
	asks '\set sku MUG-01'
	until_so typing
	keys -l 'product show $s'
	keys Tab
	until_so ends_with 'shop:main(1000)> product show $sku'
	keys C-c
	# Somebody else places an order while a line is half typed, the cursor within it.
	keys -l 'why or'
	keys Left Left
	SHOPCTL_ACTOR=bea must order create MUG-01:1 -q
	sees 'order.placed ord-1002 by bea: lines 1, total 12.50 EUR'
	until_so ends_with 'shop:main(1000)> why or'
	keys -l 'x'
	until_so ends_with 'shop:main(1000)> why xor'
	keys C-c
	# One's own are not news, and \events chooses.
	asks '\events payment.*'
	asks ' hold --reason fraud -o id'
	sees 'ord-1000'
	SHOPCTL_ACTOR=bea must payment authorize ord-1001 --method sandbox:approve -q
	sees 'payment.'
	[[ $(screen) != *order.held* ]]
	asks 'order list --api-key=k1 -o id'
	sees 'unknown option'
	asks '\history late'
	sees '2023-11-14'
	leaves
	[ "$(stat -c %a .local/state/shopctl/history)" = 600 ]
	run cat .local/state/shopctl/history
	says $'use ord-1000\n#1'
	[[ $output != *" hold --reason"* && $output != *api-key* ]]
}

@test "Ctrl-C stops a query, a wait and a question, and clears a line; the shell goes on" {
	opens
	asks 'query "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM c) SELECT sum(x) FROM c" --timeout 1h'
	until_so runs
	keys C-c
	sees 'E_INTERRUPTED'
	asks 'wait ord-1000 --for shipped'
	sees '--for shipped'
	until_so runs
	keys C-c
	until_so eval '[ "$(screen | grep -c E_INTERRUPTED)" -ge 2 ]'
	asks 'order cancel ord-1000'
	sees 'Go on? [y/N]'
	keys C-c
	sees 'not confirmed; nothing was done'
	asks 'order cancel ord-1001'
	until_so eval '[ "$(screen | grep -c "Go on")" -eq 2 ]'
	asks y
	sees 'ord-1001 canceled'
	keys -l 'half a line'
	keys C-c
	asks 'order show ord-1000 -o json | jq -r .status'
	sees $'\nconfirmed'
	# A watch runs again when somebody has changed something, until Ctrl-C.
	asks 'order list -F status=confirmed -o count \watch'
	until_so ends_with 1
	must order create MUG-01:1 -q
	until_so ends_with 2
	keys C-c
	until_so ends_with 'shop:main>'
	leaves
}

@test "a resized screen, a long paste of one line and of many, and \\e" {
	printf '#!/bin/sh\necho "order list -o count" >"$1"\n' >editor
	chmod +x editor
	opens EDITOR="$PWD/editor"
	keys -l '\echo '
	keys -l "$(printf 'word%.0s ' {1..30})"
	terminal resize-window -t t -x 40 -y 30
	keys -l 'end'
	until_so eval 'screen | tr -d " \n" | grep -q "word word.*wordend$" || screen | tr -d " \n" | grep -q "wordend$"'
	keys Enter
	until_so ends_with 'shop:main>'
	terminal resize-window -t t -x 80 -y 24
	printf 'product list -o id\n\\echo one\n\\echo two' >many
	terminal load-buffer many
	terminal paste-buffer -p -t t
	keys Enter
	sees $'MUG-01\none\ntwo'
	{ printf '\\set x '; head -c 1000000 /dev/zero | tr '\0' a; } >big
	terminal load-buffer big
	terminal paste-buffer -p -t t
	keys Enter
	asks '\o x.txt'
	asks '\echo $x'
	asks '\o'
	until_so eval '[ "$(stat -c %s x.txt 2>/dev/null)" = 1000001 ]'
	# A table that is too wide for the screen.
	asks '\x auto'
	asks 'order show ord-1000 -q'
	asks 'product list --fields sku,title'
	sees 'MUG-01  Blue mug'
	asks 'product list | head -1'
	keys C-l
	asks 'order list -F id=ord-1000 --no-pager'
	sees 'version:             2'
	asks '\x off'
	terminal set-option -s set-clipboard on
	asks 'order list -o id \copy'
	until_so eval '[ "$(terminal show-buffer)" = "$(must order list -o id)" ]'
	keys C-l
	asks '\e'
	sees $'order list -o count\n2'
	leaves
}

@test "a live store's prompt is red and says what waits; a test store's and a reading shell's are not" {
	SHOPCTL_STORE=$PWD/live.db must store init --currency EUR -q
	printf 'product create MUG-01 --title Mug --price 1\nstock receive MUG-01 9\norder create MUG-01:1 --pay sandbox:approve' |
		SHOPCTL_STORE=$PWD/live.db "$shopctl" shell >/dev/null
	opens SHOPCTL_STORE="$PWD/live.db"
	sees $'1 unpaid\nshop:main>'
	[[ $(terminal capture-pane -pe -t t) == *$'\e[31mshop:main>'* ]]
	asks 'worker --drain -q'
	sees 'nothing waits'
	opens
	[[ $(terminal capture-pane -pe -t t) != *$'\e[31m'* ]]
	printf 'prompt: "{actor}@{file}{focus}$ shop:main> "\n' >c.yaml
	opens SHOPCTL_CONFIG="$PWD/c.yaml" TERM=dumb
	sees 'ana@t$ shop:main>'
	asks 'use MUG-01'
	sees 'ana@t(MUG-01)$'
	asks '\q'
	sees 'ended 0'
}
