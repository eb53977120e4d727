#!/usr/bin/env bats
# What people see: tables, pages, signs and colours, on a terminal and off it.

load shop

setup() {
	shop_setup
	on_screen
}

# screen WIDTH WORDS…: what a command shows on a terminal so wide.
screen() {
	local width=$1
	shift
	SHOPCTL_FORCE_TTY=$width run "$shopctl" "$@" --color never
}

# is_screen TEXT: the last command's output is exactly this.
is_screen() {
	[ "$output" = "$1" ] || { diff <(printf '%s\n' "$1") <(printf '%s\n' "$output"); return 1; }
}

words="SELECT '茶碗' AS title, 1 AS n UNION ALL SELECT 'Cafe' || char(769) || ' au lait', 20
UNION ALL SELECT '👩‍👩‍👧 mug', 300"

@test "columns stand under each other whatever the letters and the locale, and a cut goes between signs" {
	screen 80 query "$words"
	wide=$output
	is_screen "TITLE           N
茶碗            1
Café au lait   20
👩‍👩‍👧 mug        300"
	LC_ALL=C screen 80 query "$words"
	[ "$output" = "$wide" ]
	screen 16 query "SELECT 'ein 茶碗茶碗茶碗' AS title, 1000 AS n UNION ALL SELECT 'ein Glas Wasser', 1"
	is_screen 'TITLE           N
ein 茶碗茶…  1000
ein Glas Wa…    1'
	TERM=dumb screen 16 query "SELECT 'ein 茶碗茶碗茶碗' AS title, 1000 AS n"
	is_screen 'TITLE           N
ein 茶碗...  1000'
}

@test "a table as long as the shop needs no more memory than a screen, and no value is cut off a terminal" {
	run "$shopctl" query "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000)
		SELECT i, CASE i WHEN 40000 THEN 'a longer text than all before' ELSE 'text' END AS t FROM n"
	[ "${#lines[@]}" -eq 60001 ]
	[ "${lines[40000]}" = "40000  a longer text than all before" ]
	[ "${lines[60000]}" = "60000  text" ]
	# A sanitized program takes terabytes of addresses to begin with.
	[[ ${BUILD:-} == *sanitize* ]] || (ulimit -d 8000 && must query "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL
		SELECT i + 1 FROM n WHERE i < 60000) SELECT i, printf('%200d', i) AS t FROM n" >/dev/null)
}

@test "a status has its sign, its word and its colour; NO_COLOR, CLICOLOR_FORCE, CLICOLOR and --color decide in this order" {
	must product create MUG-01 --title "Blue mug" --price 12.50 -q
	must product create POT-01 --title Pot --price 39 --draft -q
	list="product list --fields sku,status --no-headers"
	color=$'MUG-01  \033[32m● active\033[0m\nPOT-01  \033[36m○ draft\033[0m'
	plain=$'MUG-01  ● active\nPOT-01  ○ draft'
	export TERM=xterm
	# shellcheck disable=SC2086
	while IFS='|' read -r wanted environment words; do
		run env $environment "$shopctl" $list $words
		[ "$output" = "${!wanted}" ] || { echo "$environment $words: $output"; return 1; }
	done <<-'END'
	plain|A=b|
	color|SHOPCTL_FORCE_TTY=80|
	plain|SHOPCTL_FORCE_TTY=80 CLICOLOR=0|
	color|CLICOLOR=0 CLICOLOR_FORCE=1|
	color|FORCE_COLOR=1|
	plain|FORCE_COLOR=0|
	plain|NO_COLOR=1 CLICOLOR_FORCE=1 SHOPCTL_FORCE_TTY=80|
	plain|SHOPCTL_FORCE_TTY=80|--color never
	color|NO_COLOR=1|--color always
	END
	ascii=$'MUG-01  [x] active\nPOT-01  [ ] draft'
	# shellcheck disable=SC2086
	while IFS='|' read -r wanted environment words; do
		run env $environment "$shopctl" $list $words
		[ "$output" = "${!wanted}" ] || { echo "$environment $words: $output"; return 1; }
	done <<-'END'
	ascii|LC_ALL=C|
	ascii|TERM=dumb|
	ascii|A=b|--no-utf8
	plain|LC_ALL=C|--utf8
	ascii|SHOPCTL_FORCE_TTY=80 TERM=dumb|
	END
}

@test "an order is shown as a page: its money and goods, its parts, the customer, its story and what to run next" {
	export SHOPCTL_NOW=2026-11-24T10:00:00Z TZ=UTC
	cat >day <<-'END'
	product create MUG-01 --title "Blue mug" --price 12.50 --backorder allow
	stock receive MUG-01 3
	customer create --name "Ana Lima 林" --email ana@example.org --country DE
	customer address add cus-1000 --name "Ana Lima" --street "Weg 1" --city Berlin --country DE
	cart create --customer cus-1000
	cart add cart-1000 MUG-01:5
	cart checkout cart-1000 --pay sandbox:approve
	END
	must batch day -q
	must worker --drain -q
	screen 80 order show ord-1000
	is_screen 'ord-1000  ◐ confirmed  ◐ authorized  ○ unfulfilled
  placed       2026-11-24 10:00    subtotal  62.50 EUR
  confirmed    2026-11-24 10:00    discount   0.00 EUR
  cart         cart-1000           shipping   0.00 EUR
  backordered  yes                 tax        0.00 EUR
                                   total     62.50 EUR
                                   due       62.50 EUR
                                   paid       0.00 EUR

Lines
  SKU     TITLE     QTY  ALLOCATED  BACKORDERED  UNIT_PRICE      TOTAL
  MUG-01  Blue mug    5          3            2   12.50 EUR  62.50 EUR

Payments
  ID        STATUS              DRIVER      AMOUNT  CAPTURED  REFUNDED
  pay-1000  ◐ requires_capture  sandbox  62.50 EUR  0.00 EUR  0.00 EUR

Shipments
  ID        STATUS
  shp-1000  ○ open

Backorders
  ID        STATUS  SKU     QTY  OPEN
  bko-1000  ○ open  MUG-01    2     2

Customer
  id    cus-1000       email    ana@example.org
  name  Ana Lima 林    country  DE

Timeline  the last 8 of 11: shopctl order log ord-1000
AT               EVENT                           SUBJECT   ACTOR
2026-11-24 10:00 backorder.created               bko-1000  ana
2026-11-24 10:00 cart.completed                  cart-1000 ana
2026-11-24 10:00 payment.authorization_requested pay-1000  worker:payments
2026-11-24 10:00 notification.queued             ord-1000  worker:notifications
2026-11-24 10:00 payment.authorized              pay-1000  worker:payments
2026-11-24 10:00 order.status_changed            ord-1000  worker:payments
2026-11-24 10:00 order.confirmed                 ord-1000  worker:payments
2026-11-24 10:00 shipment.created                shp-1000  worker:fulfillment

Next
  COMMAND                             WHAT                     SINCE
  shopctl shipment dispatch shp-1000  is open, not dispatched  2026-11-24 10:00
  shopctl why bko-1000                waits for stock, open    2026-11-24 10:00'
	# In the C locale and off a terminal it is the same page; other formats know no pages.
	LC_ALL=C run "$shopctl" order show ord-1000 ord-1000
	says 'ord-1000  [~] confirmed  [~] authorized  [ ] unfulfilled
  placed       2026-11-24T10:00:00.000Z    subtotal  62.50 EUR'
	[ "$(grep -c '^Payments$' <<<"$output")" -eq 2 ]
	is '[.id, (.lines | length), has("timeline")]' '["ord-1000",1,false]' order show ord-1000
	for words in 'product show MUG-01' 'customer show cus-1000' 'payment show pay-1000' 'shipment show shp-1000' \
		'backorder show bko-1000' 'cart show cart-1000'; do
		# shellcheck disable=SC2086
		screen 80 $words
		says $'\n\nTimeline\n'
		[ "$(wc -L <<<"$output")" -le 80 ] || { echo "$output"; return 1; }
	done
	SHOPCTL_NOW=2026-11-26T11:00:00Z screen 80 order list -o wide --fields id,placed_at
	says '2026-11-24 10:00 (2d ago)'
	screen 80 customer show cus-1000
	says 'Last orders'
	for words in 'product show MUG-01' 'stock show MUG-01' 'why ord-1000 --for refund' 'why ord-1000'; do
		# shellcheck disable=SC2086
		screen 80 $words
		[ "$(wc -L <<<"$output")" -le 80 ] || { echo "$output"; return 1; }
	done
	says $'\n\nWaits for\n  COMMAND '
	screen 50 order show ord-1000
	says $'  cart         cart-1000\n  backordered  yes\n  subtotal  62.50 EUR'
}

@test "html escapes what it shows, --out takes the format from the name, --bom is for csv" {
	must product create MUG-01 --title "<b>\"Tee\" & 'Kanne'" --price 12.50 -q
	shop product list --fields sku,title,price --out p.html
	[ -z "$output" ]
	[ "$(cat p.html)" = '<table>
<thead><tr><th>sku</th><th>title</th><th>price</th></tr></thead>
<tbody>
<tr><td>MUG-01</td><td>&lt;b&gt;&quot;Tee&quot; &amp; &#39;Kanne&#39;</td><td align="right">12.50 EUR</td></tr>
</tbody>
</table>' ]
	shop product list -F sku=NONE-1 --fields sku -o html --no-headers --out -
	[ "$output" = '<table>
<tbody>
</tbody>
</table>' ]
	[ "$(must product list --fields sku -o csv --bom | od -An -c | tr -d ' ')" = '357273277sku\nMUG-01\n' ]
	for words in '-o json --bom' '-o template' '-o template=nope' '--api-version 2' '-o json --template x'; do
		# shellcheck disable=SC2086
		shop product list $words
		[ "$status" -eq 2 ] || { echo "$words: $output"; return 1; }
	done
	SHOPCTL_API_VERSION=2 shop product list
	[ "$status" -eq 2 ]
	is 'length' 1 product list --api-version 1
}

@test "a template prints fields, lists and conditions; a wrong one is told with its line before anything happens" {
	must product create MUG-01 --title 'Mug <blue>' --price 12.50 -q
	must stock receive MUG-01 3 -q
	must customer create --name 'Ana & Co' -q
	must order create MUG-01:2 --customer cus-1000 --pay manual -q
	mkdir lib && cat >lib/slip.html <<-'END'
	<h1>{{.id}} for {{.customer.name}}</h1>
	{{! one line each }}
	{{#each .lines}}
	  <li>{{.qty}} {{ .title }} {{.total.amount}}|{{.total.currency}} of {{.reference}}{{.id}}</li>
	{{else}}
	nothing
	{{/each}}
	{{#each .backorders}}waits{{else}}no wait{{/each}}, {{#if .discount}}less {{.discount}}{{else}}full price{{/if}}
	END
	shop order show ord-1000 -c templates.dir=lib -o template=slip
	[ "$output" = '<h1>ord-1000 for Ana &amp; Co</h1>
  <li>2 Mug &lt;blue&gt; 25.00|EUR of ord-1000</li>
no wait, full price' ] || { echo "$output"; return 1; }
	printf '{{.sku}}: {{.title}}\n' >t
	shop product list --template t
	[ "$output" = 'MUG-01: Mug <blue>' ]
	while IFS='|' read -r text message; do
		printf "$text" >t
		refused 2 product update MUG-01 --title New --template t
		says "$message"
	done <<-'END'
	a\n{{.titel}}|t:2: product has no field titel, did you mean title
	{{#if .sku}}\nx|t:1: the block that begins here is not ended
	a\nb{{.sku|t:2: {{ without }}
	{{#each .sku}}{{/each}}|t:1: .sku is no list
	{{#if .sku}}{{/each}}|t:1: the block that begins in line 1 is ended by {{/if}}
	{{else}}|t:1: {{else}} without
	{{> other}}|t:1: {{> other}} is not known
	END
}

@test "what does not fit the screen goes through the pager that is named, and the exit code is the command's own" {
	for i in {1..30}; do echo "product create P-$i --title T --price 1"; done >day
	must batch day -q
	export SHOPCTL_FORCE_TTY=80 LINES=20 SHOPCTL_PAGER='cat -n' NO_COLOR=1
	shop product list --all
	[ "${lines[30]}" = "    31	$(SHOPCTL_PAGER='' "$shopctl" product list --all | sed -n 31p)" ]
	# What fits, other formats, files, what is not for a terminal, --no-pager and the configuration: no pager.
	while read -r words; do
		# shellcheck disable=SC2086
		shop product list --all $words
		[[ ! ${lines[0]} =~ ^\ +1 ]] || { echo "$words: $output"; return 1; }
	done <<-'END'
	--limit 5
	-o json
	-o csv
	--no-pager
	-c defaults.pager=false
	END
	SHOPCTL_FORCE_TTY='' shop product list --all
	[[ ! ${lines[0]} =~ ^\ +1 ]]
	# Whoever quits early has not made the command fail; what it would have said is said afterwards.
	SHOPCTL_PAGER='head -1 >/dev/null; echo left' shop product list --limit 25
	[ "$status" -eq 0 ]
	[ "${lines[0]}" = left ]
	[[ ${lines[1]} == "next: --after "* ]]
	SHOPCTL_PAGER='cat -n' shop product show P-1 P-2 P-99
	[ "$status" -eq 3 ]
	# Under sudo it is less, which starts no programs.
	mkdir bin && printf '#!/bin/sh\necho "$0 $* $LESSSECURE"\ncat >/dev/null\n' >bin/less && chmod +x bin/less
	PATH=$PWD/bin:$PATH SUDO_UID=1000 shop product list
	[ "$output" = "$PWD/bin/less -FRSX 1" ] || { echo "$output"; return 1; }
}

@test "on a real terminal the pager takes keys, and a write to a reader that left ends as the signal would" {
	for i in {1..30}; do echo "product create P-$i --title T --price 1"; done >day
	must batch day -q
	unset SHOPCTL_PAGER PAGER LESS
	shown=$(printf q | TERM=xterm script -qec "stty rows 10 cols 60; '$shopctl' product list; echo status \$?" /dev/null)
	[[ $shown == *P-16* && $shown != *P-30* && $shown == *'status 0'* ]] || { echo "$shown"; return 1; }
	run bash -c '"$0" product list --all | head -1; echo "${PIPESTATUS[0]}"; "$0" query "WITH RECURSIVE n(i) AS (SELECT 1
		UNION ALL SELECT i + 1 FROM n WHERE i < 100000) SELECT i FROM n" | head -1; echo "${PIPESTATUS[0]}"' "$shopctl"
	[ "${lines[3]}" = 141 ]
}

@test "status shows what was sold day by day as a line of bars, canceled orders left out" {
	export TZ=UTC
	SHOPCTL_NOW=2026-11-01T00:00:00Z must product create MUG-01 --title Mug --price 10 --backorder allow -q
	while read -r day quantity; do
		SHOPCTL_NOW=$day must order create MUG-01:"$quantity" --pay manual -q
	done <<-'END'
	2026-11-08T12:00:00Z 9
	2026-11-12T00:00:00Z 2
	2026-11-20T23:59:59Z 7
	2026-11-21T00:00:00Z 50
	2026-11-24T09:00:00Z 3
	2026-11-24T10:00:00Z 1
	END
	export SHOPCTL_NOW=2026-11-24T18:00:00Z
	must order cancel ord-1003 --yes -q
	screen 80 status
	says '
Sales  14 days to today: 130.00 EUR, orders: 4
  ▁▃▁▁▁▁▁▁▁█▁▁▁▅'
	LC_ALL=C shop status
	says '
  _:_______#___='
	is '[(.sales | length), (.sales[-1] | .day, .orders, .total.minor), (.sales[1] | .orders)]' \
		'[14,"2026-11-24T00:00:00.000Z",2,4000,1]' status
	# Days begin where the shop is: the last second of the 20th is the 21st in Auckland.
	is '.sales | map(.orders) | join("")' '"10000000010020"' status --tz Pacific/Auckland
	must status --exit-code -q || [ "$?" -eq 10 ]
	screen 80 next
	[ "$(wc -L <<<"$output")" -le 80 ]
	screen 80 history
	[ "$(wc -L <<<"$output")" -le 80 ]
}

@test "long work says on a terminal how far it is, and takes that away before it says anything else" {
	for i in 1 2 3 4; do echo "product create P-$i --title T --price 1"; done >day
	shown=$(script -qec "'$shopctl' batch day --rate 5/s -o none" /dev/null </dev/null | tr '\r' '\n')
	[[ $shown == *$'\e[Klines: '* ]] || { echo "$shown"; return 1; }
	[ "$(grep '4 done' <<<"$shown")" = $'\e[Kday: 4 done, 0 of them replayed, 0 failed, 0 skipped; 4 transactions' ]
	shop batch day --rate 5/s -o none
	[[ $output != *lines:* ]]
}
