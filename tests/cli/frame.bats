#!/usr/bin/env bats
# The command line itself: grammar, exit codes, formats, configuration. SHOPCTL names the binary.
# Only commands that need no store, so that each failure here is the frame's own.

setup() {
	shopctl=${SHOPCTL:-$BATS_TEST_DIRNAME/../../build/shopctl}
	cd "$BATS_TEST_TMPDIR" || return 1
	export HOME=$BATS_TEST_TMPDIR LANG=C.UTF-8
	unset SHOPCTL_STORE SHOPCTL_OUTPUT SHOPCTL_CONFIG XDG_CONFIG_HOME
}

shop() {
	run "$shopctl" "$@"
}

says() {
	[[ $output == *"$1"* ]] || { echo "expected: $1"; echo "got: $output"; return 1; }
}

@test "without a command off a terminal there is usage and exit 2" {
	shop
	[ "$status" -eq 2 ]
	says "usage    shopctl COMMAND"
}

@test "a near miss is named, and the caret stands under it" {
	shop confg show
	[ "$status" -eq 2 ]
	says "did you mean config?"
	[ "${lines[2]}" = "          ^~" ]
	shop config shw
	says "did you mean show?"
	shop config show --orign
	says "did you mean --origin?"
}

@test "nothing is abbreviated but the fixed aliases and plurals" {
	shop config sho
	[ "$status" -eq 2 ]
	shop config show --orig
	[ "$status" -eq 2 ]
	shop configs show
	[ "$status" -eq 0 ]
}

@test "options stand anywhere, with = or a space, short ones with their value" {
	shop -o json config get stock.low
	first=$output
	[ "$status" -eq 0 ]
	for words in "config -ojson get stock.low" "config get stock.low --output=json" "config get --json stock.low"; do
		# shellcheck disable=SC2086
		shop $words
		[ "$status" -eq 0 ]
		[ "$output" = "$first" ]
	done
}

@test "the last of two scalars wins and -- ends the options" {
	shop -o csv config get -o id -- stock.low
	[ "$status" -eq 0 ]
	[ "$output" = "stock.low" ]
}

@test "an option without its value, a flag with one, an operand too many" {
	shop config get stock.low --output
	[ "$status" -eq 2 ]
	shop config show --origin=3
	[ "$status" -eq 2 ]
	shop version extra
	[ "$status" -eq 2 ]
	says "one operand too many: extra"
}

@test "json is an object for one operand and an array otherwise" {
	shop config get stock.low -o json
	[[ $output == "{"*"}" ]]
	shop config get stock.low stock.policy -o json
	[[ $output == "[{"*"}]" ]]
	run sh -c "echo stock.low | '$shopctl' config get - -o json"
	[[ $output == "[{"*"}]" ]]
	shop config path -o json
	[ "$output" = "[]" ]
}

@test "operands come from stdin and files, comments and blank lines skipped" {
	printf 'stock.low\n\n# no\nstock.policy\n' >ids
	shop config get @ids -o id
	[ "$output" = "stock.low
stock.policy" ]
	run sh -c "printf '{\"id\":\"stock.low\"}\n' | '$shopctl' config get - -o id"
	[ "$output" = "stock.low" ]
	run sh -c "printf 'stock.low\\0stock.policy\\0' | '$shopctl' config get - -0 -o id | tr '\\0' ,"
	[ "$output" = "stock.low,stock.policy," ]
}

@test "each format prints one record in its way" {
	shop -c shop.name=a,b config get shop.name -o csv
	[ "${lines[0]}" = "key,value,origin" ]
	[ "${lines[1]}" = "shop.name,\"a,b\",'-c" ]
	shop config get stock.low -o tsv --no-headers --fields value,key
	[ "$output" = "5	stock.low" ]
	shop config get stock.low -o yaml --fields value
	[ "$output" = 'value: "5"' ]
	shop config get stock.low stock.policy -o count
	[ "$output" = 2 ]
	shop config get stock.low -o none
	[ -z "$output" ]
	shop config get stock.low -o jsonl
	[ "${#lines[@]}" -eq 1 ]
}

@test "a formula in a text field is neutralised in csv" {
	shop -c shop.name==1+1 config get shop.name -o csv --no-headers --fields value
	[ "$output" = "'=1+1" ]
}

@test "escapes in values are shown, not obeyed, in human formats" {
	shop -c "shop.name=$(printf 'a\033[31mb')" config get shop.name
	says 'a\x1b[31mb'
}

@test "an unknown format lists the formats; an unknown field its near miss" {
	shop -o xml version
	[ "$status" -eq 2 ]
	says "jsonl"
	shop config show --fields kee
	[ "$status" -eq 2 ]
	says "did you mean key"
	shop config show --fields help
	[ "$status" -eq 0 ]
	says "origin"
}

@test "errors are JSON when the output is" {
	shop config get nope -o json
	[ "$status" -eq 2 ]
	[[ $output == '{"error":{"code":"E_USAGE","exit":2,'*'}}' ]]
	shop config get nope -o json --error-format text
	[[ $output == "shopctl: config get:"* ]]
}

@test "configuration errors name file and line and exit 78" {
	printf 'stock:\n  low: many\n' >c.yaml
	shop --config c.yaml config show
	[ "$status" -eq 78 ]
	says "c.yaml:2: stock.low"
	printf 'stok: {low: 3}\n' >d.yaml
	shop --config d.yaml config get stock.low
	[ "$status" -eq 0 ]
	says "unknown key stok.low, did you mean stock.low"
	shop --config d.yaml config check
	[ "$status" -eq 78 ]
}

@test "options beat the environment, the environment beats files" {
	printf 'defaults: {output: csv}\nstore: {path: /file}\nprofiles: {test: {store: {path: /profile}}}\n' >c.yaml
	shop --config c.yaml config get store.path
	says "/file"
	shop --config c.yaml --profile test config get store.path
	says "/profile"
	SHOPCTL_STORE=/env shop --config c.yaml config get store.path
	says "/env"
	SHOPCTL_STORE=/env shop --config c.yaml -S /option config get store.path
	says "/option"
}

@test "a project file never names the store" {
	printf 'store: {path: /evil}\nstock: {low: 9}\n' >.shopctl.yaml
	shop config get stock.low -o tsv --no-headers --fields value
	[ "$output" = 9 ]
	shop config show
	[[ $output != *"/evil"* ]]
}

@test "--out writes whole files and takes the format from the name" {
	shop config get stock.low --out r.json
	[ "$status" -eq 0 ]
	[ -z "$output" ]
	[[ $(cat r.json) == '{"key":"stock.low"'* ]]
	shop config get nope --out s.json
	[ "$status" -eq 2 ]
	[ ! -e s.json ]
}

@test "a result that cannot be written is exit 74" {
	run sh -c "'$shopctl' version >/dev/full"
	[ "$status" -eq 74 ]
	run sh -c "'$shopctl' version >&-"
	[ "$status" -eq 74 ]
}

@test "--help at each level fits a screen and names what there is" {
	for words in "--help" "config --help" "config get --help" "help config get" "version -h"; do
		# shellcheck disable=SC2086
		shop $words
		[ "$status" -eq 0 ]
		[ "${#lines[@]}" -le 60 ]
		says "usage:"
	done
	shop help --json
	[ "$status" -eq 0 ]
	[[ $output == '{"global_options":['* ]]
	shop help nonsense
	[ "$status" -eq 3 ]
}

@test "--version tells the libraries" {
	shop --version
	[ "$status" -eq 0 ]
	shop --version -o json
	says '"sqlite":"3.'
}
