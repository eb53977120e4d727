#!/usr/bin/env bats
# Hostile text is refused on its way in, or made harmless on its way out.

load shop

setup() {
	shop_setup
}

@test "control characters, direction marks and invalid UTF-8 are refused in every text" {
	for text in $'a\eb' $'a\x07b' $'a\x7fb' $'a\xc2\x9bb' $'a\xe2\x80\xaeb' $'a\xe2\x81\xa6b' $'a\nb'; do
		refused 5 product create BAD-1 --title "$text" --price 1
	done
	refused 5 supplier create --name $'x\e]0;owned\a'
}

@test "arguments that are not UTF-8 are exit 2 or 5 and change nothing" {
	before=$(events)
	run "$shopctl" product create BAD-1 --title $'a\xff\xfeb' --price 1
	[ "$status" -eq 2 ] || [ "$status" -eq 5 ]
	run "$shopctl" product create BAD-1 --title $'\xc0\xaf' --price 1
	[ "$status" -eq 2 ] || [ "$status" -eq 5 ]
	[ "$(events)" -eq "$before" ]
}

@test "a title of 201 characters is too long, one of 200 is not" {
	refused 5 product create LONG-1 --title "$(printf '%0201d' 1)" --price 1
	must product create LONG-1 --title "$(printf '%0200d' 2)" --price 1 -q
}

@test "an argument above 64 KiB is refused" {
	refused 2 product create LONG-1 --title "$(printf '%070000d' 1)" --price 1
}

@test "a pile of combining marks is refused" {
	refused 5 product create ZALGO-1 --title "a$(printf '\xcc\x81%.0s' {1..12})" --price 1
}

@test "a card number is refused wherever people type text" {
	refused 5 product create CARD-1 --title "paid by 4111 1111 1111 1111" --price 1
	says "E_CARD_NUMBER"
	must product create MUG-01 --title Mug --price 1 -q
	refused 5 product update MUG-01 --category A --reason "card 5500-0000-0000-0004"
}

@test "text is normalised, so two ways to write one letter are one" {
	must supplier create --name "$(printf 'Caf\xc3\xa9')" -q
	refused 4 supplier create --name "$(printf 'Cafe\xcc\x81')"
}

@test "what came into the store another way is escaped for people and exact for programs" {
	must product create MUG-01 --title Mug --price 1 -q
	sqlite3 t.db "UPDATE product SET title = 'a' || char(27) || '[31m' || char(8238) || 'b'"
	run "$shopctl" product list
	[[ $output != *$'\e'* ]]
	says '\x1b[31m'
	run "$shopctl" product show MUG-01
	[[ $output != *$'\e'* && $output != *$'\xe2\x80\xae'* ]]
	[ "$("$shopctl" product show MUG-01 -o json | jq -r '.title | length')" -eq 8 ]
}

@test "text cells of CSV never begin a formula; numbers stay numbers" {
	must product create MUG-01 --title '=HYPERLINK("http://x")' --price 1.50 -q
	run "$shopctl" product list --fields title,price -o csv
	says "\"'=HYPERLINK"
	says ",1.50,"
	is .title '"=HYPERLINK(\"http://x\")"' product show MUG-01
}

@test "a bad value in the configuration is exit 78 with file and line; an unknown key only warns" {
	printf 'stock:\n  low: many\n' >bad.yaml
	SHOPCTL_CONFIG=bad.yaml run "$shopctl" product list
	[ "$status" -eq 78 ]
	says "bad.yaml:2"
	printf 'stock:\n  lwo: 3\n' >odd.yaml
	SHOPCTL_CONFIG=odd.yaml run "$shopctl" product list
	[ "$status" -eq 0 ]
	says "did you mean"
}

@test "a configuration that cannot be read is exit 78" {
	mkdir unreadable.yaml
	SHOPCTL_CONFIG=$PWD/unreadable.yaml run "$shopctl" product list
	[ "$status" -eq 78 ]
	SHOPCTL_CONFIG=$PWD/none.yaml run "$shopctl" product list
	[ "$status" -eq 78 ]
}

@test "a store that may only be read can be read, and says so when written" {
	must product create MUG-01 --title Mug --price 1 -q
	other=$(mktemp -d /tmp/shop-XXXXXX)
	cp "$shopctl" "$other/shopctl"
	must store backup "$other/t.db" -q
	chmod 755 "$other" "$other/shopctl"
	chmod 444 "$other/t.db"
	as=()
	[ "$(id -u)" -ne 0 ] || as=(setpriv --reuid=65534 --regid=65534 --clear-groups)
	run "${as[@]}" "$other/shopctl" -S "$other/t.db" product update MUG-01 --category A
	rm -rf "$other"
	[ "$status" -eq 77 ]
	says "E_STORE_"
}
