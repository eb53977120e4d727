#!/usr/bin/env bats
# What Tab offers: shopctl __complete -- WORDS, the last word being the one that is typed.

load shop

# One shop for all: nothing here writes it. A slow machine must not make Tab give up.
setup_file() {
	export HOME=$BATS_FILE_TMPDIR LANG=C.UTF-8 SHOPCTL_ACTOR=ana SHOPCTL_STORE=$BATS_FILE_TMPDIR/t.db
	export SHOPCTL_CONFIG=$BATS_FILE_TMPDIR/config.yaml
	shopctl=${SHOPCTL:-$BATS_TEST_DIRNAME/../../build/shopctl}
	echo 'completion: {limit: 60s}' >"$SHOPCTL_CONFIG"
	"$shopctl" store init --currency EUR --test -q
	"$shopctl" batch - -q <<-'END'
		supplier create --name "Kiln & Co"
		customer create --name "Ana Lima" --email ana@example.org
		customer create --name "Béla Kovács"
		product create MUG-01 --title "Blue mug" --price 12.50 --backorder allow --supplier sup-1000
		product create POT-01 --title "Tea pot" --price 39
		product create POT-02 --title "Café pot" --price 49 --draft
		stock receive MUG-01 5 --cost 3
		stock receive POT-01 9
		order create MUG-01:2 --customer cus-1000 --pay sandbox:approve
		order create MUG-01:9 POT-01:1 --customer cus-1001 --pay manual
		order create POT-01:1 --customer cus-1000
		cart create --customer cus-1001
		cart add cart-1000 MUG-01:1
		order cancel ord-1002 --yes
	END
	"$shopctl" worker --drain -q
}

setup() {
	shopctl=${SHOPCTL:-$BATS_TEST_DIRNAME/../../build/shopctl}
	cd "$BATS_TEST_TMPDIR" || return 1
	export PATH=$BATS_TEST_TMPDIR/bin:$PATH
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
	gives "--reason --restock --refund :0" order cancel ord-1 --r
	says $'--refund\tgive back what was captured'
	gives "--restock --refund :0" order cancel ord-1 --reason=customer --re
	gives "--no-restock --no-refund :0" order cancel --no-re
	gives "partially_authorized partially_paid paid partially_refunded :0" order list --payment pa
	gives "--status=pending :0" order list --status=p
	gives ":0" order list --nosuch ""
	gives ":0" order list --late=
	gives ":0" order list -- --st
	gives ":2" batch ""
	gives ":2 9" batch -q --resume=
}

@test "ids come newest first with what people know them by, by number, by words of a name, none twice" {
	gives "ord-1002 ord-1001 ord-1000 :0" order show ord-10
	says $'ord-1001\tBéla Kovács, 151.50 EUR, confirmed'
	gives "ord-1002 ord-1000 :0" order show lim
	gives "ord-1001 :0" order show '#1001'
	gives "ord-1001 :0" order show ord-1000 ord-1002 100
	gives "cus-1001 :0" order list --customer kovacs
	gives "cus-1001 :0" customer show BE
	gives "sup-1000 :0" product update MUG-01 --supplier ''
	says "Kiln & Co"
	gives "MUG-01 :0" product show m
	gives "POT-02 :0" product show cafe
	says $'POT-02\tCafé pot, draft'
	gives "POT-01: POT-02: :1" order create --customer cus-1000 MUG-01:2 po
	gives ":0" order create POT-01:
	gives "shp-1001 shp-1000 :0" shipment show shp
	says "ord-1001, open"
	gives "txn-1001 :0" undo txn-1001
	says $'ana: supplier.created sup-1000'
	tab event show evt-1
	[ "${lines[0]}" = $'evt-19	order.confirmed ord-1002' ]
}

@test "what a command would refuse is not offered, nor what an object cannot become" {
	gives "ord-1001 ord-1000 :0" order cancel ''
	gives ":0" order release ord-
	gives "pay-1001 pay-1000 :0" payment capture ''
	gives ":0" payment refund ''
	gives ":0" shipment pack ''
	gives "MUG-01: POT-01: :1" order line cancel ord-1001 ''
	gives "MUG-01 :0" cart remove cart-1000 ''
	gives ":0" product create MU
	gives "canceled :0" wait ord-1002 --for canceled
	gives "status=pending status=confirmed status=expired status=on_hold status=canceled status=completed :0" wait ord-1000 --for status=
	gives "status=canceled :0" wait ord-1002 --for status=
	gives "paid payment= paid= pay_later= pay_by= :1" wait ord-1000 --for pa
	gives "capture :0" why pay-1000 --for c
	gives "cus- cart- POT-02 :1" why c
	gives "MUG-01 :0" why mug
}

@test "fields, filters and sort keys are the record's, their values those the field knows" {
	gives "id,customer id,customer.name :1" order list --fields id,cu
	gives "+lines[].sku +lines[].shipped +lines[].short +lines[].subtotal :1" order list --fields '+lines[].s'
	gives "-total :1" order list --sort -to
	gives "pay_later= pay_later!= pay_later: pay_later< pay_later<= pay_later> pay_later>= pay_later? :1" order list -F pay_later
	gives "payment:paid,partially_authorized payment:paid,partially_paid payment:paid,partially_refunded :0" order list -F payment:paid,pa
	gives "customer=cus-1000 :0" order list -F customer=l
	gives "!reference :1" order list -F '!ref'
	gives "-ojson -ojsonl :0" -ojs
	gives "defaults.color=auto defaults.color=always defaults.color=never :0" -c defaults.color=
	gives "store.path store.busy_timeout store.synchronous store.test :0" config get store
	gives ":2 8" --store=
	gives "template= :1" -o temp
	gives ":2 11" -otemplate=
}

@test "help, explain, types of events and whole command lines are completed too" {
	gives "cancel :0" help order ca
	gives "exit-codes :0" help exit
	gives "order.status order.status_changed :0" explain order.st
	gives "E_STOCK_SHORT :0" explain e_stock_s
	gives "order.placed,payment.captured :0" event tail --type order.placed,payment.captured
	gives "STK01 :0" check stk01
	gives "location supplier customer price stock :0" export product ''
	gives "product,order :0" search --kind product,o
	gives "sandbox:approve :0" order create --pay sandbox:a
	gives "SELECT * FROM v_order_line :1" query 'SELECT * FROM v_order_'
	says $'v_order_line\t'
	gives "CHF :0" store init --currency chf
	gives "--status :0" watch -- order list --sta
	gives "ord-1001 ord-1000 :0" watch -- order cancel ''
}

@test "an alias is a word like others, and behind it stands what it stands for" {
	printf '%s\n' 'completion: {limit: 60s}' 'aliases:' '  late: order list --late -o wide' '  lately: late -q' \
		'  one: order show $1' '  loop: loop' '  hi: "!echo hi"' >a.yaml
	export SHOPCTL_CONFIG=$PWD/a.yaml
	gives "late lately :0" lat
	says $'late\torder list --late -o wide'
	gives "--status :0" lately --sta
	gives "ord-1001 :0" one ord-1001
	gives ":0" loop ''
	gives ":0" hi ''
	gives "lately :0" alias delete latel
	gives "true false :0" config set defaults.pager ''
}

@test "it writes nothing, waits for nobody, and is silent on a store that is locked, broken or not there" {
	cp "$SHOPCTL_STORE"* .
	before=$(sha256sum t.db)
	gives "ord-1001 ord-1000 :0" -S t.db order cancel ''
	[ "$(sha256sum t.db)" = "$before" ]
	coproc sqlite3 t.db
	echo "PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE; SELECT 'locked';" >&"${COPROC[1]}"
	until read -r line <&"${COPROC[0]}" && [ "$line" = locked ]; do :; done
	gives ":0" -S t.db order show ''
	kill "$COPROC_PID"
	head -c 5000 /dev/urandom >broken.db
	gives ":0" -S broken.db order show ''
	gives ":0" -S missing.db order show ''
	[ ! -e missing.db ]
	echo 'nonsense: [' >bad.yaml
	gives ":0" --config bad.yaml order show ''
	gives "order :0" --config bad.yaml ord
	echo 'completion: {limit: 1us}' >late.yaml
	tab --config late.yaml order show ''
	[ -z "$output" ]
	run "$shopctl" __complete
	[ "$status:$output" = "0::0" ]
}

@test "what strangers wrote cannot command the terminal, nor end a line" {
	cp "$SHOPCTL_STORE"* .
	sqlite3 t.db "UPDATE customer SET name = 'A' || char(27) || '[31m' || char(10) || char(9) || 'x' WHERE id = 1000"
	tab -S t.db customer show cus-1000
	[ "${lines[0]}" = $'cus-1000\tA\\x1b[31m\\x0a\\x09x' ]
}

# in_shell NAME…: shells that are there, and this program as their shopctl, with the script they are given.
in_shell() {
	local name
	for name in "$@"; do
		command -v "$name" >/dev/null || skip "no $name here"
		"$shopctl" completion "$name" >"script.$name"
	done
	mkdir -p bin
	ln -sf "$(realpath "$shopctl")" bin/shopctl
}

@test "the scripts printed are those of completions/, which are installed where shells look for them" {
	in_shell bash zsh fish
	cmp script.bash "$BATS_TEST_DIRNAME/../../completions/shopctl.bash"
	cmp script.zsh "$BATS_TEST_DIRNAME/../../completions/_shopctl"
	cmp script.fish "$BATS_TEST_DIRNAME/../../completions/shopctl.fish"
	make -s -C "$BATS_TEST_DIRNAME/../.." -o all install BUILD="${BUILD:-build}" DESTDIR="$PWD/to" prefix=/usr
	cmp script.bash to/usr/share/bash-completion/completions/shopctl
	cmp script.zsh to/usr/share/zsh/site-functions/_shopctl
	cmp script.fish to/usr/share/fish/vendor_completions.d/shopctl.fish
	shop completion tcsh
	[ "$status" -eq 2 ]
}

@test "bash: colons and = stay in words, quotes stay quotes, descriptions stand beside several" {
	in_shell bash
	touch 'a file.csv'
	cat >tab.bash <<-'END'
		source script.bash
		COLUMNS=60
		line() { COMP_LINE=$1 COMP_POINT=${#1} COMP_TYPE=9 && _shopctl shopctl && (IFS='|' && echo "${COMPREPLY[*]}"); }
		line 'shopctl order show ord-100'
		line 'shopctl order show ord-1000 ord-1002 or'
		line 'shopctl order list --payment=pa'
		line 'shopctl order create MUG-01:2 po'
		line 'shopctl -S "$SHOPCTL_STORE" help order ca'
		line "shopctl order list -F 'payment:pai"
		line 'shopctl order list -F payment:paid,auth'
		line 'shopctl order list -F total\>'
		line 'shopctl order list --fields +lines[].sk'
		line 'shopctl order show kovacs'
		line 'shopctl batch --resume=a'
		line 'shopctl -o template=a'
		COMP_LINE='' COMP_WORDS=(shopctl order list --payment = auth) COMP_CWORD=5
		_shopctl shopctl && echo "${COMPREPLY[*]}"
		COMP_WORDS=(shopctl order create MUG-01 : 2 mu) COMP_CWORD=6
		_shopctl shopctl && echo "${COMPREPLY[*]}"
	END
	run bash --norc tab.bash
	diff - <(echo "$output") <<-'END'
		ord-1002  (Ana Lima, 39.00 EUR, canceled)|ord-1001  (Béla Kovács, 151.50 EUR, confirmed)|ord-1000  (Ana Lima, 25.00 EUR, confirmed)
		ord-1001
		partially_authorized|partially_paid|paid|partially_refunded
		POT-01:  (Tea pot)|POT-02:  (Café pot, draft)
		cancel
		payment:paid
		paid,authorized

		+lines\[\].sku
		ord-1001
		a file.csv
		a file.csv
		authorized
		MUG-01:
	END
}

@test "zsh and fish: descriptions, words found by a name, values behind =, files" {
	in_shell zsh fish
	touch 'a file.csv'
	printf '%s\n' 'PS1="> "' 'TERM=dumb' 'autoload -Uz compinit' 'compinit -D -u' 'source script.zsh' >.zshrc
	cat >drive.zsh <<-'END'
		zmodload zsh/zpty
		sees() { zpty -w -n z "$1" && zpty -r -m z got "*$2*" && zpty -w -n z $'\C-u' }
		zpty z "ZDOTDIR=$PWD zsh -i"
		sees '' '> '
		sees $'shopctl ord\t' 'shopctl order '
		sees $'shopctl order show lima\t' '-- Ana Lima, 39.00 EUR, canceled'
		sees $'shopctl order list --payment=auth\t' '--payment=authorized '
		sees $'shopctl order create MUG-01:2 MU\t' 'MUG-01:2 MUG-01:'
		sees $'shopctl batch --resume=a\t' '--resume=a\\ file.csv '
		sees $'shopctl -o template=a\t' 'template=a\\ file.csv '
		echo seen
	END
	run timeout 100 zsh -f drive.zsh
	[ "$output" = seen ] || { echo "$output"; return 1; }
	run fish --no-config -c 'source script.fish
		for line in "order show ord-1001" "order show lima" "order list --payment=auth" "order create MUG-01:2 PO" "batch --resume=a" "-o template=a"
			complete -C "shopctl $line"
		end'
	diff - <(echo "$output") <<-'END'
		ord-1001	Béla Kovács, 151.50 EUR, confirmed
		ord-1002	Ana Lima, 39.00 EUR, canceled
		ord-1000	Ana Lima, 25.00 EUR, confirmed
		--payment=authorized
		POT-01:	Tea pot
		POT-02:	Café pot, draft
		--resume=a file.csv
		template=a file.csv
	END
}
