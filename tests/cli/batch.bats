#!/usr/bin/env bats
# Files of command lines: quoting, keys, one commit for many, all or nothing, and going on where it stopped.

load shop

setup() {
	shop_setup
	must product create MUG-01 --title "Blue mug" --price 12.50 -q
	must product create POT-01 --title "Tea pot" --price 39.00 -q
	must stock receive MUG-01 100 -q
}

# result LINE FILTER VALUE: what jq finds in that line's result on $output.
result() {
	local got
	got=$(grep "^{\"line\":$1," <<<"$output" | jq -c "$2")
	[ "$got" = "$3" ] || { echo "line $1 $2: expected $3, got $got"; echo "$output"; return 1; }
}

@test "lines are commands quoted as in a shell, or JSON, and each has its result" {
	cat >day <<-'EOF'
		# the morning
		product update MUG-01 --title "A \"blue\" mug" --category 'Cups & mugs'

		shopctl product update POT-01 --title Tea\ pot\ two   # by hand
		{"cmd":["order","create","MUG-01:2"]}
		product list -o id
	EOF
	shop batch day
	[ "$status" -eq 0 ]
	result 2 '[.exit, .result.title, .result.category]' '[0,"A \"blue\" mug","Cups & mugs"]'
	result 4 .result.title '"Tea pot two"'
	result 5 .result.id '"ord-1000"'
	result 6 .result '"MUG-01\nPOT-01\n"'
	[[ $output =~ "4 done, 0 of them replayed, 0 failed, 0 skipped; "[1-4]" transactions" ]]
}

@test "nothing is expanded" {
	# shellcheck disable=SC2016
	echo 'product update MUG-01 --title "$HOME `id` *" --category ~' >day
	must batch day -q
	# shellcheck disable=SC2016
	is '[.title, .category]' '["$HOME `id` *","~"]' product show MUG-01
}

@test "each line is a transaction of its own to the journal, though they share a commit" {
	printf 'product update MUG-01 --category A --reason tidy --actor bea\nproduct update POT-01 --category B\n' >day
	must batch day -q --reason spring
	is '[.[-2:][] | [.actor, .reason]]' '[["bea","tidy"],["ana","spring"]]' event list
	[ "$("$shopctl" event list -o json | jq -c '[.[-2:][].txn] | unique | length')" -eq 2 ]
	must event verify -q
	# How many go to one commit is a matter of time, but never one each.
	for i in $(seq 60); do echo "product update MUG-01 --category C$i"; done >many
	shop batch many -o none
	[[ $output =~ "60 done, 0 of them replayed, 0 failed, 0 skipped; "([0-9]+)" transactions" ]]
	[ "${BASH_REMATCH[1]}" -le 30 ]
}

@test "the same file again does nothing twice; another file does" {
	printf 'product price set MUG-01 --adjust +1.00\norder create MUG-01:1\n' >day
	must batch day -q
	before=$(events)
	shop batch day
	[ "$status" -eq 0 ]
	result 2 '[.replayed, .result.id]' '[true,"ord-1000"]'
	says "2 of them replayed"
	[ "$(events)" -eq "$before" ]
	echo >>day
	must batch day -q
	is .price.minor 1450 product show MUG-01
}

@test "two equal lines are two orders, also when the file is run again" {
	printf 'order create MUG-01:1\norder create MUG-01:1\n' >day
	must batch day -q
	must batch day -q
	[ "$("$shopctl" order list -o count)" -eq 2 ]
}

@test "a line has its own key and its own expected plan" {
	plan=$("$shopctl" product price set MUG-01 --to 13 --dry-run | sed -n 's/^plan //p')
	jq -nc --arg p "$plan" '{cmd: ["product","price","set","MUG-01","--to","13"], key: "k1", expect: $p}' >day
	must batch day -q
	is .price.minor 1300 product show MUG-01
	refused 4 product price set POT-01 --to 13 --idempotency-key k1
	jq -nc --arg p "$plan" '{cmd: ["product","price","set","MUG-01","--to","14"], expect: $p}' >day
	refused 4 batch day
	says "E_PLAN_CHANGED"
}

@test "it stops at the first failure; what was done before stays done" {
	printf 'product update MUG-01 --category A\nproduct update NONE-1 --category A\nproduct update POT-01 --category A\n' >day
	shop batch day
	[ "$status" -eq 3 ]
	says "shopctl: day:2: product update NONE-1: changing a product: no product NONE-1 [E_NOT_FOUND]"
	says "stopped at the failure"
	result 2 '[.exit, .error.code, .result]' '[3,"E_NOT_FOUND",null]'
	is .category '"A"' product show MUG-01
	is .category null product show POT-01
}

@test "with --keep-going the others are done and the exit code is 9; --max-failures bounds it" {
	printf 'product show NONE-1\nproduct show NONE-2\nproduct update POT-01 --category A\n' >day
	shop batch day --keep-going
	[ "$status" -eq 9 ]
	is .category '"A"' product show POT-01
	printf 'product show NONE-1\nproduct show NONE-2\nproduct update POT-01 --category B\n' >day
	shop batch day --max-failures 2
	[ "$status" -eq 9 ]
	is .category '"A"' product show POT-01
	shop batch day --max-failures 3
	[ "$status" -eq 9 ]
	is .category '"B"' product show POT-01
}

@test "a command that is none fails as a line, with its words and a suggestion" {
	run bash -c 'echo "product udpate MUG-01" | "$0" batch' "$shopctl"
	[ "$status" -eq 2 ]
	says "stdin:1: product: unknown verb udpate; did you mean update"
}

@test "a file with a line that cannot be read is refused before anything of it runs" {
	printf 'product update MUG-01 --category A\nproduct update MUG-01 --title "half\n' >day
	refused 2 batch day
	says 'day:2: a quote is not ended'
	is .category null product show MUG-01
	for bad in '{"cmd":"x"}' '{"cmd":["order"],"kye":"1"}' '{"cmd":["order",1]}' '{' 'a\'; do
		printf 'product update MUG-01 --category A\n%s\n' "$bad" >day
		refused 2 batch day
		says 'day:2:'
	done
	printf 'product list\0x\n' >day
	refused 2 batch day
}

@test "a line of 100 MB is refused without being kept" {
	head -c 100000000 /dev/zero | tr '\0' x >day
	# A sanitized program takes terabytes of addresses to begin with.
	limit='ulimit -v 200000;'
	bash -c "$limit"'"$0" --version' "$shopctl" >/dev/null 2>&1 || limit=
	run bash -c "$limit"'"$0" batch day' "$shopctl"
	[ "$status" -eq 2 ]
	says "day:1: longer than 1 MiB"
}

@test "with --atomic all lines or none, and results only of what is committed" {
	printf 'product update MUG-01 --category A\nproduct update NONE-1 --category A\n' >day
	refused 3 batch day --atomic
	says "day:2: changing a product: no product NONE-1"
	[[ $output != *'"line"'* ]]
	printf 'product create JUG-01 --title Jug --price 8 --draft\nproduct update JUG-01 --category A\nproduct publish JUG-01\n' >day
	shop batch day --atomic
	[ "$status" -eq 0 ]
	result 3 .result.status '"active"'
	is .category '"A"' product show JUG-01
}

@test "the plan of a whole file is one plan, and --expect commits that and no other" {
	printf 'product price set MUG-01 --adjust +10%%\nproduct price set MUG-01 --adjust +1.00\norder create MUG-01:1\n' >day
	refused 0 batch day --dry-run
	says "old 13.75 EUR, new 14.75 EUR"
	says "+ order ord-1000 placed"
	plan=$(sed -n 's/^plan //p' <<<"$output")
	run "$shopctl" batch day --dry-run --exit-code -q
	[ "$status" -eq 10 ]
	must batch day --expect "$plan" -q
	is .price.minor 1475 product show MUG-01
	echo '# again' >>day
	refused 4 batch day --expect "$plan"
	says "E_PLAN_CHANGED"
}

@test "what a transaction cannot take back is refused in one, and runs by itself otherwise" {
	printf 'order create MUG-01:1 --pay sandbox:approve\nworker --drain\npayment list -o count\n' >day
	refused 2 batch day --atomic
	says "day:2: worker does more than a transaction can take back"
	shop batch day
	[ "$status" -eq 0 ]
	is .payment '"authorized"' order show ord-1000
}

@test "--resume goes on behind what is committed, and knows its file" {
	for i in 1 2 3 4; do echo "order create MUG-01:$i --reference r$i"; done >day
	{ head -2 day; echo 'order create NONE-1:1'; sed 1,3d day; } >bad
	shop batch bad --resume s
	[ "$status" -eq 3 ]
	shop batch bad --resume s
	[ "$status" -eq 3 ]
	says "0 done, 0 of them replayed, 1 failed, 2 skipped"
	refused 4 batch day --resume s
	says "E_BATCH_STATE"
	sed -i s/reference\ r/reference\ q/ day
	must batch day --resume s2 -q
	shop batch day --resume s2
	says "0 done, 0 of them replayed, 0 failed, 4 skipped"
	echo 'hello' >s3
	refused 4 batch day --resume s3
	[ "$("$shopctl" order list -o count)" -eq 6 ]
}

@test "a state cut off in the middle of a line counts up to the line before" {
	for i in 1 2 3; do echo "order create MUG-01:$i"; done >day
	must batch day --resume s --rate 60000 -q
	printf '{"batch":"' >>s
	shop batch day --resume s
	says "3 skipped"
}

@test "lines cannot change what the process has settled, nor run themselves" {
	for line in '--store x product list' 'product list -S x' '-c stock.low=1 stock list' '--timeout 1s product list' 'batch day' \
		'product update - --category A'; do
		echo "$line" >day
		refused 2 batch day
	done
	refused 2 batch day --rate 0/s
	refused 2 batch day --rate 5/h
	refused 2 batch day --atomic --keep-going
	refused 3 batch day -S /nowhere/x.db
	refused 74 batch nofile
}

@test "needed confirmations are answered on the line or for all of them" {
	must order create MUG-01:1 -q
	echo 'order cancel ord-1000 --reason customer' >day
	refused 11 batch day
	must batch day -y -q
	is .status '"canceled"' order show ord-1000
}

@test "results are JSON Lines, and -q and -o none print none" {
	echo 'product show MUG-01' >day
	[ "$("$shopctl" batch day 2>/dev/null | jq -r .result.sku)" = MUG-01 ]
	[ -z "$("$shopctl" batch day -q 2>&1)" ]
	[ -z "$("$shopctl" batch day -o none 2>/dev/null)" ]
	"$shopctl" batch day -o json 2>err >/dev/null
	[ "$(jq .summary.done err)" -eq 1 ]
}

@test "a rate bounds how many lines run in a second" {
	for i in 1 2 3 4; do echo "product update MUG-01 --category C$i"; done >day
	began=$(date +%s%N)
	must batch day --rate 20/s -q
	[ $(($(date +%s%N) - began)) -ge 100000000 ]
}
