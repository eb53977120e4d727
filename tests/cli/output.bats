#!/usr/bin/env bats
# What people see: tables, pages, signs and colours, on a terminal and off it.

load shop

setup() { shop_setup; }

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
