#!/usr/bin/env bats
# Full text: what is found by which words, and that the index beside the store is never believed when it is wrong.

load shop

# One shop for all: each test works on a copy of it.
setup_file() {
	BATS_TEST_TMPDIR=$BATS_FILE_TMPDIR
	shop_setup
	cat >shop.txt <<-'END'
	product create MUG-01 --title "Stoneware mug, white" --price 12.50 --category Cups --barcode 4006381333931
	product create MUG-02 --title "Mug" --price 9
	product create POT-01 --title "Cafetière émaillée" --price 39
	product create CUP-77 --title "Cup for a mug" --price 5
	product create JP-1 --title "蓝色马克杯 350ml" --price 8
	product create OLD-1 --title "Retired jug" --price 8
	product delete OLD-1
	supplier create --name "Kiln & Co" --email orders@kiln.example
	customer create --name "Ana Lima" --email ana.lima@example.org --phone "+49 30 5550 100"
	customer create --name "Zoë Łapiński" --email zoe@shop.example --company "Ørsted <b>"
	customer address add cus-1001 --name "Zoë" --street "Straße 7" --city "Łódź" --postcode 90-001 --country PL
	stock receive MUG-01 100
	order create --customer cus-1000 MUG-01:1 --reference WEB-20411
	order create --customer cus-1001 MUG-01:2
	order create MUG-01:3
	order confirm ord-1000
	shipment create ord-1000
	shipment dispatch shp-1000 --carrier manual --tracking 00340-434XQ9
	purchase create MUG-01:5 --supplier sup-1000
	END
	must batch shop.txt -q
	printf '%s\n' '{"reference":"EXT-1","customer_email":"zoe@shop.example","pay":"manual","lines":[{"sku":"MUG-01","qty":1}],"ship_to":{"name":"Zoë Łapińska","street":"Długa 1","city":"Gdańsk","country":"PL"}}' >order.jsonl
	must import order order.jsonl -q
}

setup() {
	shop_setup
	rm -f t.db*
	cp "$BATS_FILE_TMPDIR/t.db"* .
}

# finds WORDS… = IDS: the ids of the hits, in their order.
finds() {
	local words=() wanted
	while [ "$1" != = ]; do
		words+=("$1")
		shift
	done
	shift
	wanted="$*"
	got=$("$shopctl" search "${words[@]}" -o id | tr '\n' ' ') || return 1
	[ "${got% }" = "$wanted" ] || { echo "${words[*]}: expected $wanted, got $got"; return 1; }
}

@test "words are found by their beginning, without case and accents, in any script" {
	finds MUG = MUG-02 CUP-77 MUG-01
	finds stonew WHI = MUG-01
	finds 'cafetiere EMAILLÉE' = POT-01
	finds lapinski --kind customer = cus-1001
	finds orsted --kind customer = cus-1001
	finds strasse lodz --kind customer = cus-1001
	finds 马克 = JP-1
	finds 色马克杯 350 = JP-1
	finds 杯蓝 =
	finds are =
	finds jug = OLD-1
}

@test "codes are found by any part of them, and an id or a number finds what has it" {
	finds ug-0 = MUG-02 MUG-01
	finds g-0 --kind product = MUG-02 MUG-01
	finds lima@exam --kind customer = cus-1000
	finds 434xq --kind shipment = shp-1000
	finds 0041 =
	finds 20411 = ord-1000 shp-1000
	finds 638133 = MUG-01
	finds '5550 100' --kind customer = cus-1000
	finds ORD-1001 = ord-1001
	finds 1000 --kind order,shipment = ord-1000 shp-1000
	finds mug-01 = MUG-01
}

@test "an order is found by its customer, a shipment by its order, a purchase by its supplier" {
	finds lima = cus-1000 ord-1000 shp-1000
	finds lima --kind order = ord-1000
	finds kiln = sup-1000 pur-1000
	finds gdansk = ord-1003
	finds lapinsk = cus-1001 ord-1003 ord-1001
	[ "$(must __complete -- order show lapinsk | cut -f 1 | tr '\n' ' ')" = 'ord-1003 ord-1001 :0 ' ]
	is 'map([.id,.kind,.title,.status,.total.amount,.matched])' \
		'[["cus-1000","customer","Ana Lima","active",null,"Ana Lima"],["ord-1000","order","Ana Lima","confirmed","12.50","Ana Lima"],["shp-1000","shipment","Ana Lima","shipped",null,"Ana Lima"]]' \
		search ana lima
	is 'map(.matched)' '["Łódź"]' search lodz --kind customer
	is 'map([.id,.matched])' '[["MUG-02","MUG-02"],["MUG-01","MUG-01"]]' product search ug-0
	[ "$(must search lima --limit 1 -o csv --fields id,matched)" = $'id,matched\ncus-1000,Ana Lima' ]
}

@test "a list is narrowed by a search, and the next page goes on behind the last" {
	must search mug --limit 1 -o id >first 2>note
	must search mug -o id $(sed -n 's/next: //p' note) >rest
	[ "$(cat first rest | tr '\n' ' ')" = 'MUG-02 CUP-77 MUG-01 ' ]
	[ "$(must search mug -o count)" = 3 ]
	[ "$(must search nothing-of-the-kind)" = '' ]
	run "$shopctl" search nothing-of-the-kind --fail-empty
	[ "$status" -eq 3 ]
}

@test "a list keeps the rows that hold the words, with its other filters, order, pages and sums" {
	is 'map(.id)' '["ord-1000"]' order list --search lima
	is 'map(.id)' '["ord-1002"]' order list --search 1002
	is 'map(.sku)' '["CUP-77","MUG-01","MUG-02"]' product list --search mug
	is 'map(.sku)' '["MUG-01"]' product list --search mug -F 'price>10'
	is 'map(.sku)' '["MUG-02","CUP-77"]' product list --search mug --sort -price --where "sku <> 'MUG-01'"
	is 'map(.sku)' '["OLD-1"]' product list --search jug --status archived
	is . '[]' product list --search jug
	is 'map(.id)' '["cus-1001"]' customer list --search lodz
	is 'map(.sku)' '["MUG-01"]' stock list --search stonew
	is 'map(.id)' '["pur-1000"]' purchase list --search kiln
	is 'map(.order)' '["ord-1000"]' payment list --search lima
	is 'map(.id)' '["shp-1000"]' shipment list --search 434xq
	[ "$(must product list --search mug --count)" = 3 ]
	[ "$(must product list --search mug --limit 1 -o id 2>next)" = CUP-77 ]
	[ "$(must product list --search mug -o id $(sed -n 's/next: //p' next) | tr '\n' ' ')" = 'MUG-01 MUG-02 ' ]
	refused 2 job list --search mug
	says 'no words are kept of these rows'
	refused 2 order list --search '**'
	says '--search: "**" has no letter or digit'
	run "$shopctl" order list --search nobody --fail-empty
	[ "$status" -eq 3 ]
}

@test "whatever is typed is only looked for" {
	for text in 'mug"' '"mug' 'mug*' '(mug' 'mug)' 'mug:' '^mug' "mug'--" '{mug}' '+mug' '-- mug'; do
		[ "$(must search -o count -- "$text")" = 3 ] || { echo "$text"; return 1; }
	done
	for text in 'NEAR(mug pot)' 'mug OR pot' 'tokens:mug' 'NOT' $'\x01' "$(printf '%0500d' 7)" 'ﬃ' '١٢'; do
		run "$shopctl" search "$text" -o count
		[ "$output" = 0 ] || [ "$status" -eq 2 ] || { echo "$text: $output"; return 1; }
	done
	for text in '' '*' '"" --' ' '; do
		refused 2 search "$text"
		says 'no letter or digit to search for'
	done
	refused 2 search a b c d e f g h i j k l m n o p q r s t u v w x y z 1 2 3 4 5 6 7
	says 'more words than a search takes'
	head -c 1000000 /dev/zero | tr '\0' a >long
	printf 'search %s\n' "$(cat long)" >long.txt
	refused 2 batch long.txt
	refused 2 search mug --kind cup
	says 'product, customer, supplier, order, shipment, purchase'
	refused 2 search
}

@test "what changes is found under its new name, and no more under the old" {
	finds stoneware = MUG-01
	cat >change.txt <<-'END'
	product update MUG-01 --title "Porcelain mug"
	product update POT-01 --category Kettles
	customer update cus-1000 --name "Ana Maria Braga" --email none
	customer address remove cus-1001 1
	product create TEA-01 --title "Green tea" --price 3
	END
	must batch change.txt -q
	finds stoneware =
	finds porcelain = MUG-01
	finds kettles = POT-01
	finds braga = cus-1000 ord-1000 shp-1000
	finds lima =
	finds lodz =
	finds tea = TEA-01
}

@test "what a transaction has not committed is found within it, and never after it was undone" {
	finds mug = MUG-02 CUP-77 MUG-01
	printf '%s\n' 'product create NEW-9 --title "New mug" --price 1' 'product update CUP-77 --title Beaker' \
		'search mug -o id' >lines
	[ "$(must batch --atomic lines | jq -c 'select(.line == 3).result')" = '"MUG-02\nNEW-9\nMUG-01\n"' ]
	finds beaker = CUP-77
	printf '%s\n' 'product update MUG-01 --title Jar' 'search jar' 'product show NONE-1' >lines
	refused 3 batch --atomic lines
	finds jar =
	finds stoneware = MUG-01
}

@test "an index that is gone, damaged, another shop's or of another life is made anew" {
	finds mug = MUG-02 CUP-77 MUG-01
	[ "$(stat -c %a t.db-search)" = "$(stat -c %a t.db)" ]
	cp t.db-search good
	rm t.db-search
	finds mug = MUG-02 CUP-77 MUG-01
	head -c 30000 /dev/urandom >t.db-search
	finds mug = MUG-02 CUP-77 MUG-01
	: >t.db-search
	finds mug = MUG-02 CUP-77 MUG-01
	# The tables' pages, not the first: the damage shows only where it is read.
	{ head -c 4096 good; head -c "$(($(stat -c %s good) - 4096))" /dev/zero; } >t.db-search
	finds mug = MUG-02 CUP-77 MUG-01
	for page in 3 5 7 9 11; do
		cp good t.db-search
		head -c 4096 /dev/urandom | dd of=t.db-search bs=4096 seek=$page conv=notrunc status=none
		finds mug = MUG-02 CUP-77 MUG-01
	done
	sqlite3 t.db-search 'PRAGMA user_version=99'
	finds mug = MUG-02 CUP-77 MUG-01
	mkdir other
	SHOPCTL_STORE=other/t.db must store init --currency EUR --test >/dev/null
	SHOPCTL_STORE=other/t.db must product create MUG-66 --title 'Mug of another' --price 1 -q
	cp t.db-search other/t.db-search
	SHOPCTL_STORE=other/t.db finds mug = MUG-66
	cp other/t.db-search .
	finds mug = MUG-02 CUP-77 MUG-01
}

@test "a store put back from a copy or a backup has its own index" {
	must store backup b.db -q
	finds mug = MUG-02 CUP-77 MUG-01
	cp t.db-search older-index
	must product update MUG-02 --title Beaker -q
	must product update MUG-02 --category Beakers -q
	finds mug --kind product = CUP-77 MUG-01 MUG-02
	cp t.db-search newer-index
	# The index is older than the store: it catches up.
	cp older-index t.db-search
	finds beaker = MUG-02
	# The store is older than its index, which knows of events that are not to come: another came in their place.
	rm t.db*
	must store restore b.db -q
	cp newer-index t.db-search
	finds beaker =
	rm t.db t.db-*
	cp b.db t.db
	cp newer-index t.db-search
	finds beaker =
	must product update CUP-77 --title 'Cup for tea' -q
	must product update CUP-77 --category Cups -q
	cp newer-index t.db-search
	finds tea = CUP-77
	finds mug = MUG-02 MUG-01
}

@test "the worker keeps an index that is there, and a deep check compares it with the store" {
	must worker --drain -q
	[ ! -e t.db-search ]
	finds mug = MUG-02 CUP-77 MUG-01
	must product update MUG-02 --title Beaker -q
	must worker --drain -q
	[ "$(sqlite3 t.db-search 'SELECT seq FROM state')" = "$(events)" ]
	must check STO03 --deep -q
	sqlite3 t.db-search "UPDATE doc SET title = 'Mud' WHERE title = 'Beaker'; DELETE FROM doc WHERE title LIKE 'Stonew%';
		INSERT INTO doc (number, codes) SELECT number + 1, 'X' FROM doc WHERE codes LIKE 'OLD%'"
	run "$shopctl" check STO03 --deep -o json
	[ "$status" -eq 10 ]
	[ "$(jq -r .[].object <<<"$output" | sort | tr '\n' ' ')" = 'prd-1000 prd-1001 prd-1006 ' ]
	says 'delete the file, the next search makes it anew'
}

@test "where no index can be written, the same is found, and it is said why" {
	finds mug = MUG-02 CUP-77 MUG-01
	must search mug lima zoe pot 434 -o json >/dev/null
	for words in mug 'mug white' lima zoe 434xq ug-0 kiln 1000 马克; do
		must search $words -o json >>indexed
	done
	rm t.db-search
	mkdir t.db-search
	for words in mug 'mug white' lima zoe 434xq ug-0 kiln 1000 马克; do
		must search $words -o json >>read 2>>notes
	done
	cmp indexed read
	grep -q 'the search index cannot be used (.*): every object was read instead' notes
	rmdir t.db-search
	# A disk that is full while the index is made, and again while it is brought up to date.
	[ "$(ulimit -f 60; must search mug -o id 2>>notes | tr '\n' ' ')" = 'MUG-02 CUP-77 MUG-01 ' ]
	finds mug = MUG-02 CUP-77 MUG-01
	[ "$(ulimit -f $(($(stat -c %s t.db) / 1024 + 40)); must product update POT-01 --category Mugs -q; ulimit -f 40
		must search mugs -o id 2>>notes)" = POT-01 ]
	finds mugs = POT-01
}

@test "a user who may only read finds what is there, what changed since included" {
	finds mug = MUG-02 CUP-77 MUG-01
	other=$(mktemp -d /tmp/shop-XXXXXX)
	cp "$shopctl" "$other/shopctl"
	must product update MUG-02 --title 'Beaker of ours' -q
	must store backup "$other/t.db" -q
	cp t.db-search "$other/t.db-search"
	chmod 755 "$other" "$other/shopctl"
	chmod 444 "$other"/t.db*
	as=()
	[ "$(id -u)" -ne 0 ] || as=(setpriv --reuid=65534 --regid=65534 --clear-groups)
	run "${as[@]}" "$other/shopctl" -S "$other/t.db" search ours -o id
	here=$output
	run "${as[@]}" "$other/shopctl" -S "$other/t.db" search white -o id
	rm -rf "$other"
	[[ $here == *MUG-02* ]] || { echo "$here"; return 1; }
	says MUG-01
}

@test "a process killed while it makes the index, and two that make it at once, leave a right one" {
	awk 'BEGIN { print "sku,title,price"; for (n = 1; n <= 20000; n++) printf "BULK-%05d,Bulk mug %d,1\n", n, n }' >bulk.csv
	must import product bulk.csv -q
	for wait in 0.02 0.06 0.12; do
		rm -f t.db-search
		timeout -s KILL "$wait" "$shopctl" search bulk -o count >/dev/null || true
	done
	must search bulk -o count >one & must search bulk -o count >two
	wait %1
	[ "$(cat one two)" = $'20000\n20000' ]
	finds bulk-00077 = BULK-00077
	finds 'bulk mug 20000' --kind product = BULK-20000
	[ "$(must search bulk --limit 3 -o id 2>/dev/null | tr '\n' ' ')" = 'BULK-20000 BULK-19999 BULK-19998 ' ]
	[ "$(must search mug -o id | sort -u | wc -l)" = 20003 ]
}
