#!/usr/bin/env bats
# Names of one's own for commands, and the file they and other settings are kept in.

load shop

setup() {
	shop_setup
	file=$HOME/.config/shopctl/config.yaml
	must batch - -q <<-'EOF'
		product create MUG-01 --title "Blue mug" --price 12.50
		product create POT-01 --title "Tea pot" --price 39.00
	EOF
}

@test "an alias stands for a command: operands in its places, others behind, options anywhere" {
	must alias set mugs 'product list -F title~mug --fields sku,price'
	shop mugs -o csv
	[ "$output" = $'sku,price,price_currency\nMUG-01,12.50,EUR' ]
	must alias set named 'product list -F "title~$1" -o id' -q
	[ "$(must named tea)" = POT-01 ]
	[ "$(must -q named 'Blue mug' -o count)" = "" ]
	[ "$(must named mug -o count)" = 1 ]
	refused 2 named
	says "the alias named needs 1 operand"
	must alias set both 'product show $2 $1' -q
	is 'map(.sku)' '["POT-01","MUG-01"]' both MUG-01 POT-01
	must alias set all 'product show $@ -o id' -q
	[ "$(must all MUG-01 POT-01 | xargs)" = "MUG-01 POT-01" ]
	# One may lead to another, with options of the whole command before its name.
	must alias set quick -q -- '-o count mugs'
	[ "$(must quick)" = 1 ]
	is 'map([.name, .expansion]) | .[1]' '["both","product show $2 $1"]' alias list
	grep -q '^  mugs: "product list -F title~mug --fields sku,price"$' "$file"
}

@test "an alias with ! is the shell's; a batch takes commands only" {
	must alias set hello '!echo "$# $1"; "$SHOPCTL" product list -o count; exit 6' -q
	shop hello you there
	[ "$status" -eq 6 ]
	[ "${lines[0]} ${lines[1]}" = "2 you 2" ]
	must alias set retitle 'product update $1 --title' -q
	printf 'retitle MUG-01 "Red mug"\nretitle POT-01 Pot\n' >day
	must batch day -q
	is 'map(.title)' '["Red mug","Pot"]' product show MUG-01 POT-01
	echo 'hello' >day
	refused 2 batch day
	says "runs a command of the shell"
	printf 'alias set few "product list -o count"\nfew\nalias delete few\nfew\n' >day
	run "$shopctl" shell <day
	[ "$status" -eq 2 ]
	says $'\n2\n'
	says "unknown command few"
	echo 'alias set x "product list"' >day
	refused 2 batch day
}

@test "what is built in stays, an alias goes before a program, and none leads back to itself" {
	refused 2 alias set order 'product list'
	refused 2 alias set orders 'product list'
	refused 2 alias set worker 'product list'
	says "worker is built in"
	refused 2 alias set Bad 'product list'
	refused 2 alias set bad 'product "list'
	refused 2 alias set bad ''
	refused 2 alias set me 'me now'
	must alias set a 'b x' -q
	refused 2 alias set b 'a y'
	says "leads back to itself"
	printf 'aliases: {order: product list, a: b, b: a}\n' >c.yaml
	refused 2 --config c.yaml a
	says "leads back to itself"
	[ "$(must --config c.yaml order list -o count)" = 0 ]
	refused 78 --config c.yaml config check
	says "c.yaml:1: the alias a leads back"

	mkdir bin
	printf '#!/bin/sh\necho program\n' >bin/shopctl-mine
	chmod +x bin/shopctl-mine
	PATH=$PWD/bin:$PATH
	[ "$(must mine)" = program ]
	must alias set mine 'product list -o count' -q
	[ "$(must mine)" = 2 ]
	must alias delete mine -q
	[ "$(must mine)" = program ]
	refused 3 alias delete mine
	# A folder one happens to work in gives no commands.
	printf 'aliases: {theirs: product list}\n' >.shopctl.yaml
	refused 2 theirs
}

@test "a setting is set in the user's file and nothing else is touched" {
	mkdir -p "${file%/*}"
	printf '# Ours.\nstock: {low: 5} # few\nfields:\n  product: [sku, price]\n' >shop.yaml
	ln -s "$PWD/shop.yaml" "$file"
	chmod 640 shop.yaml
	must config set stock.low 7
	must config set orders.pay_within.manual 14d --dry-run
	must config set worker.grace 10s -q
	diff - shop.yaml <<-'EOF'
		# Ours.
		stock: {low: 7} # few
		fields:
		  product: [sku, price]
		worker:
		  grace: 10s
	EOF
	[ -L "$file" ] && [ "$(stat -c %a shop.yaml)" = 640 ]
	is '[.value, .origin]' "[\"10s\",\"$file:6\"]" config get worker.grace
	must config unset fields.product -q
	must --profile test config set store.test true -q
	[ "$(tail -4 shop.yaml | xargs)" = "profiles: test: store: test: true" ]
	refused 2 config set stock.lo 7
	says "did you mean stock.low"
	refused 2 config set worker.grace soon
	refused 3 config unset stock.policy
	printf 'stock: 5\naliases: 5\n' >bad.yaml
	SHOPCTL_CONFIG=bad.yaml refused 78 config set stock.low 7
	SHOPCTL_CONFIG=bad.yaml refused 78 alias set x 'product list'
	[ "$(xargs <bad.yaml)" = "stock: 5 aliases: 5" ]

	# An editor's text is taken when it can be read, and kept where it cannot.
	EDITOR='sed -i s/10s/11s/' must config edit
	is .value '"11s"' config get worker.grace
	TMPDIR=$PWD EDITOR='sed -i s/11s/soon/' refused 78 config edit
	says "worker.grace is a duration"
	grep -q soon shopctl-*.yaml
	is .value '"11s"' config get worker.grace

	# Many at once lose nothing.
	local i pids=()
	for i in 1 2 3 4 5 6; do
		"$shopctl" alias set "a$i" "product show $i" -q &
		pids+=($!)
	done
	for i in "${pids[@]}"; do wait "$i"; done
	is length 6 alias list
}
