#!/usr/bin/env bats
# Files that say how the shop's objects should be: export, diff, apply; and edit, which is one object's.

load shop

# One shop, made once and copied for each test.
setup_file() {
	local store=$BATS_FILE_TMPDIR/base.db
	export HOME=$BATS_FILE_TMPDIR SHOPCTL_ACTOR=ana SHOPCTL_STORE=$store
	local shopctl=${SHOPCTL:-$BATS_TEST_DIRNAME/../../build/shopctl}
	"$shopctl" store init --currency EUR --test >/dev/null
	"$shopctl" batch - >/dev/null <<-'END'
		supplier create --name "Kiln & Co"
		product create MUG-01 --title "Blue mug" --price 12.50 --weight 350g --backorder allow --supplier sup-1000
		product create POT-01 --title "Pot" --price 39.00
		stock receive MUG-01 3
		customer create --name "Ana Lima" --email ana@example.org --country DE
	END
}

setup() {
	shopctl=${SHOPCTL:-$BATS_TEST_DIRNAME/../../build/shopctl}
	cd "$BATS_TEST_TMPDIR" || return 1
	export LANG=C.UTF-8 SHOPCTL_ACTOR=ana SHOPCTL_STORE=$BATS_TEST_TMPDIR/t.db
	unset SHOPCTL_OUTPUT SHOPCTL_CONFIG XDG_CONFIG_HOME SHOPCTL_NOW VISUAL EDITOR
	on_screen
	export TMPDIR=$BATS_TEST_TMPDIR
	cp "$BATS_FILE_TMPDIR/base.db" t.db
	cp "$BATS_FILE_TMPDIR/base.db-wal" t.db-wal 2>/dev/null || true
}

@test "what is exported is what the store has, and one price that is edited is one difference until it is applied" {
	must export product price -o yaml >shop.yaml
	must diff -f shop.yaml
	sed -i 's/39.00/42.00/' shop.yaml
	shop diff -f shop.yaml
	[ "$status" -eq 10 ]
	[ "$output" = "~ price POT-01 39.00 EUR → 42.00 EUR" ]
	is '.events | length' 1 apply -f shop.yaml --dry-run
	must apply -f shop.yaml
	must diff -f shop.yaml
	is .price.amount '"42.00"' product show POT-01
	# Once more changes nothing, and the same file is another request when it says something else.
	[ "$(events)" = "$(must apply -f shop.yaml && events)" ]
}

@test "every kind goes out and in again in every format, whatever its texts are" {
	local hostile=('null' '~' 'NO' '01234' '1_000' '1e3' 'a: b' '- x' '# no comment' '"quoted"' "'single'" '=1+1' "'=1" '🫖 emoji'
		'茶碗' 'x # y' '{a}' '[b]' '&anchor' '*alias' '!tag' '%x' '@at' '`tick`' 'true' '2026-11-24' 'comma, and "quote"' 'back\slash'
		'none' ' lead' 'trail ' '...' '---' '<<' '0x1F' '.5' 'é' '–')
	local i title
	for i in "${!hostile[@]}"; do
		title=${hostile[$i]}
		jq -nc --arg sku "H-$i" --arg title "$title" '{kind: "product", $sku, $title, category: $title, status: "draft"}'
	done >hostile.jsonl
	must apply -f hostile.jsonl --confirm ${#hostile[@]}
	must diff -f hostile.jsonl
	must query "SELECT count(*) AS n FROM v_product WHERE title = category" -o json | jq -e ".[0].n == ${#hostile[@]}"
	must export location supplier customer product price stock >all.yaml
	must export location supplier customer product price stock -o json >all.json
	must diff -f all.yaml
	must diff -f all.json
	must export product -o csv >p.csv
	must diff -f - <p.csv
	shop export product price -o csv
	[ "$status" -eq 2 ]
	shop export prise
	says 'is not one of location'
	# And into another store: the same shop.
	export SHOPCTL_STORE=$PWD/other.db
	must store init --currency EUR --test >/dev/null
	must -c safety.max_objects=1000 apply -f all.yaml --reason copy >/dev/null
	must export location supplier customer product price stock -o json | cmp - all.json
}

@test "a scalar is what its field says it is: NO is a country, 01234 a title, 1e3 no number" {
	cat >t.yaml <<-'END'
		kind: product
		sku: MUG-01
		title: 01234
		category: NO
		weight_g: 1.2kg
		---
		supplier:
		  name: Kiln & Co
		  country: NO
		  lead_days: 14
	END
	must apply -f t.yaml
	is '[.title,.category,.weight_g]' '["01234","NO",1200]' product show MUG-01
	is '[.country,.lead_days]' '["NO",14]' supplier show sup-1000
	printf 'kind: product\nsku: MUG-01\nweight_g: 1e3\nreorder_point: 1_000\n' >bad.yaml
	refused 5 apply -f bad.yaml
	says 'bad.yaml:3:11: weight_g:'
	says 'bad.yaml:4:16: reorder_point:'
}

@test "every place that is wrong is told with line and column, and nothing changes" {
	cat >bad.yaml <<-'END'
		- kind: product
		  sku: NEW-01
		  titel: New
		- kind: price
		  sku: MUG-01
		  price: 12,50
		- kind: product
		  sku: mug-01
		  title: Red mug
		- kind: product
		  sku: MUG-01
		  title: Green mug
		- kind: prodct
		  sku: X
		- title: no kind
		- kind: supplier
		  name: Kiln & Co
		  email: [a, b]
		- kind: product
		  title: no sku
	END
	refused 5 apply -f bad.yaml
	says 'bad.yaml:3:3: titel: a product has no such field, did you mean title?'
	says 'bad.yaml:6:10: price:'
	says 'bad.yaml:10:3: product MUG-01 stands twice, first on line 7'
	says 'bad.yaml:13:9: kind: no kind "prodct", did you mean product?'
	says 'bad.yaml:15:3: kind: is missing'
	says 'bad.yaml:18:10: email: a plain value is expected'
	says 'bad.yaml:19:3: sku: is missing'
	printf '[{"kind":"product","sku":"MUG-01",\n "weight_g":"heavy","qty_scale":3, "supplier":"Nobody"}]' >bad.json
	refused 5 diff -f bad.json
	says 'bad.json:2:13: weight_g:'
	printf 'kind,sku,title,colour\nproduct,MUG-01,x,red\n' >bad.csv
	refused 5 apply -f bad.csv
	says 'bad.csv:1: colour: a product has no such field'
	# What only the store knows is told the same way.
	printf -- '- {kind: product, sku: MUG-01, qty_scale: 3, supplier: Nobody}\n- {kind: price, sku: NONE, price: 1}\n' >bad.yaml
	refused 3 apply -f bad.yaml
	says 'bad.yaml:1:56: supplier: no supplier "Nobody"'
	says 'bad.yaml:2:22: sku: no product NONE'
}

@test "aliases, anchors, tags, merge keys, depth and length have limits" {
	{ echo 'a: &a [x,x,x,x,x,x,x,x,x]'; for i in b c d e f g h; do echo "$i: &$i [*a,*a,*a,*a]"; done; } >bomb.yaml
	refused 5 apply -f bomb.yaml
	says 'bomb.yaml:1:4: anchors are not accepted'
	printf 'kind: product\nsku: *x\n' >t.yaml
	refused 5 apply -f t.yaml
	says 't.yaml:2:6: aliases are not accepted'
	printf 'kind: !!python/object product\n' >t.yaml
	refused 5 apply -f t.yaml
	says 'tags are not accepted'
	printf 'kind: product\n<<: {sku: MUG-01}\n' >t.yaml
	refused 5 apply -f t.yaml
	says 'merge keys are not accepted'
	head -c 2000 /dev/zero | tr '\0' '[' >t.yaml
	refused 5 apply -f t.yaml
	head -c 2000000 /dev/zero | tr '\0' x >t.yaml
	refused 5 apply -f t.yaml
	says 'a line longer than 1 MiB'
	truncate -s 100M t.json
	refused 5 apply -f t.json
	says 'larger than 64 MiB'
	refused 74 apply -f missing.yaml
	refused 74 apply -f .
}

@test "a field that leaves the file is reset, and one that somebody changed since is theirs, or a conflict" {
	cat >t.yaml <<-'END'
		kind: product
		sku: MUG-01
		title: Blue mug
		category: Mugs
		weight_g: 400
		reorder_point: 5
		backorder: limit:20
	END
	must apply -f t.yaml
	# Neither the store nor the file changed: nothing to do; what the file never had is left.
	must product update MUG-01 --barcode 4006381333931 >/dev/null
	must diff -f t.yaml
	# Out of the file: back to the default. Changed since by others: left.
	must product update MUG-01 --category Cups >/dev/null
	sed -i '/category/d; /weight_g/d; /reorder_point/d; /backorder/d' t.yaml
	shop diff -f t.yaml
	[ "$status" -eq 10 ]
	says 'weight_g 400 → unset (reset: not in the file any more)'
	must apply -f t.yaml
	is '[.category,.weight_g,.reorder_point,.backorder,.barcode]' '["Cups",null,null,"deny","4006381333931"]' product show MUG-01
	# In the file and changed since by others: a conflict, whichever of the two the file means.
	must product update MUG-01 --title "Green mug" >/dev/null
	shop diff -f t.yaml
	[ "$status" -eq 10 ]
	says '~ product MUG-01 title Green mug → Blue mug (conflict'
	refused 4 apply -f t.yaml
	says 'E_APPLY_CONFLICT'
	says 't.yaml:3:8: title:'
	must apply -f t.yaml --force-conflicts
	is .title '"Blue mug"' product show MUG-01
	# Or the file takes what the store has.
	must product update MUG-01 --title "Red mug" >/dev/null
	sed -i 's/Blue mug/Red mug/' t.yaml
	must apply -f t.yaml
	must diff -f t.yaml
}

@test "a file makes what is not there, with what it needs: supplier, product and price, place and level" {
	cat >new.yaml <<-'END'
		price:
		  - {sku: CUP-01, price: 7.5}
		product:
		  - {sku: CUP-01, title: Cup, supplier: Leaf Ltd}
		stock:
		  - {sku: CUP-01, location: Attic, on_hand: 12, safety_stock: 2}
		  - {sku: MUG-01, on_hand: 5}
		location:
		  - {name: Attic, country: at}
		supplier:
		  - {name: Leaf Ltd, currency: USD, lead_days: 21}
	END
	shop diff -f new.yaml
	[ "$status" -eq 10 ]
	says '+ stock CUP-01 Attic on_hand: 12'
	refused 2 apply -f new.yaml
	says 'E_REASON_REQUIRED'
	must apply -f new.yaml --reason count
	must diff -f new.yaml
	is '[.price.amount,.status]' '["7.50","active"]' product show CUP-01
	is '[.locations[]|[.name,.on_hand,.safety_stock]]' '[["Attic",12,2]]' stock show CUP-01
	is .on_hand 5 stock show MUG-01
	is '.[0].reason' '"count"' event list --subject MUG-01 --type inventory.adjusted
	must check
	# Units sold since make a level of the file old: it does not bring them back.
	must stock adjust MUG-01 --by -1 --reason broken >/dev/null
	refused 4 apply -f new.yaml --reason count
	says 'on_hand: MUG-01'
	# A rule that refuses keeps its code, and takes the whole file with it.
	printf -- '- {kind: product, sku: POT-01, title: Teapot}\n- {kind: product, sku: PAN-01, title: Pan}\n' >t.yaml
	refused 5 apply -f t.yaml
	says 't.yaml:2:3: price: an active product needs one'
	is .title '"Pot"' product show POT-01
}

@test "an id names an object in place of its key, which can then change; people are kept as digests" {
	cat >t.yaml <<-'END'
		- {kind: supplier, id: sup-1000, name: Kiln GmbH}
		- {kind: customer, id: cus-1000, name: Ana Lima, email: lima@example.org, phone: "+49 30 1"}
		- {kind: product, sku: MUG-01, supplier: sup-1000}
	END
	must apply -f t.yaml
	is .name '"Kiln GmbH"' supplier show sup-1000
	is .email '"lima@example.org"' customer show cus-1000
	must diff -f t.yaml
	must customer update cus-1000 --phone "+49 30 2" >/dev/null
	refused 4 apply -f t.yaml
	says 'phone: '
	! grep -aq '+49 30 1' t.db || run ! sqlite3 t.db "SELECT 1 FROM command_log WHERE result LIKE '%+49%'"
	printf -- '- {kind: supplier, name: Kiln GmbH}\n- {kind: supplier, id: sup-1000, phone: 1}\n' >twice.yaml
	refused 4 apply -f twice.yaml
	says 'stands twice'
	printf -- '- {kind: supplier, id: sup-9999, phone: 1}\n' >t.yaml
	refused 3 apply -f t.yaml
}

@test "what the file's kinds have besides is archived only as the plan that was seen" {
	must export product | sed '/sku: POT-01/,$d' | sed '$d' >t.yaml
	refused 11 apply -f t.yaml --prune
	says 'apply -f t.yaml --prune --dry-run'
	shop diff -f t.yaml --prune
	[ "$status" -eq 10 ]
	[ "$output" = "- product POT-01 archived" ]
	digest=$(must apply -f t.yaml --prune --dry-run -o json | jq -r .plan)
	must product update POT-01 --title "Teapot" >/dev/null
	must apply -f t.yaml --prune --expect "$digest"
	is .status '"archived"' product show POT-01
	is 'length' 1 supplier list
	# What the domain does not let go stays, and the whole file with it.
	echo 'location: {name: Attic}' >t.yaml
	refused 6 apply -f t.yaml --prune --expect sha256:00000000
	says 't.yaml: archiving a location: location loc-1000 is the default'
	printf -- '- {kind: supplier, name: Kiln & Co, phone: 1}\n' >t.yaml
	refused 4 apply -f t.yaml --prune --expect sha256:00000000
}

@test "many objects, and prices that move far, are confirmed by their number" {
	must export price | sed 's/12.50/13.50/; s/39.00/19.00/' >t.yaml
	refused 11 -c safety.max_price_change=20% apply -f t.yaml
	says '--confirm 2'
	refused 11 -c safety.max_objects=1 apply -f t.yaml
	refused 11 -c safety.max_objects=1 apply -f t.yaml --confirm 3
	must -c safety.max_objects=1 apply -f t.yaml --confirm 2
	is .price.amount '"19.00"' product show POT-01
	must export price | sed 's/19.00/20.00/' >t.yaml
	must -c safety.max_price_change=20% apply -f t.yaml --idempotency-key k1
	refused 11 -c safety.max_price_change=20% product price set MUG-01 --to 133.50
	says '--confirm MUG-01'
	refused 11 -c safety.max_price_change=20% product price set MUG-01 POT-01 --adjust +30% --confirm MUG-01
	must -c safety.max_price_change=20% product price set MUG-01 --to 133.50 --confirm mug-01 >/dev/null
	must -c safety.max_price_change=20% product price set MUG-01 --to 13.50 --confirm MUG-01 >/dev/null
	sed -i 's/20.00/21.00/' t.yaml
	refused 4 apply -f t.yaml --idempotency-key k1
}

# edits SED WORDS…: an edit whose editor is sed.
edits() {
	printf '#!/bin/sh\ncp "$2" %s/seen.yaml\nsed -i "$1" "$2"\n' "$PWD" >ed.sh
	export EDITOR="sh $PWD/ed.sh '$1'" TMPDIR=$PWD/tmp
	mkdir -p tmp
	shift
	run "$shopctl" "$@"
}

@test "edit applies what was changed in the editor, and nothing when nothing was" {
	edits 's/Blue mug/Green mug/; /weight_g/d; s/supplier:.*/supplier: null/; s/12.50/13/' product edit MUG-01
	[ "$status" -eq 0 ]
	[ "${lines[0]}" = "~ product MUG-01 title Blue mug → Green mug, weight_g 350 → unset (reset: not in the file any more), supplier Kiln & Co → unset" ]
	[ "${lines[1]}" = "~ price MUG-01 12.50 EUR → 13.00 EUR" ]
	is '[.title,.weight_g,.supplier]' '["Green mug",null,null]' product show MUG-01
	before=$(events)
	edits 's/no such text//' product edit MUG-01
	[ "$status" -eq 0 ]
	says 'nothing changed'
	edits 's/name:.*/name: Kiln GmbH/; s/lead_days:.*/lead_days: 9/' supplier edit sup-1000 --dry-run
	[ "$status" -eq 0 ]
	says 'plan sha256:'
	[ "$before" = "$(events)" ]
	[ -z "$(ls tmp)" ]
}

@test "a text that cannot be applied is kept and named, and so is one that came too late" {
	mkdir tmp
	export TMPDIR=$PWD/tmp
	# Somebody else is quicker: their change is made while the editor is open, which nothing keeps them from.
	cat >late.sh <<-END
		"$shopctl" -q batch - <<-LINES
			product update MUG-01 --category C\$\$
			customer update cus-1000 --company C\$\$
			supplier update sup-1000 --phone \$\$
			location update loc-1000 --name L\$\$
		LINES
		echo '# seen' >>"\$1"
	END
	for what in 'product edit MUG-01' 'customer edit cus-1000' 'supplier edit sup-1000' 'location edit loc-1000'; do
		refused 2 $what
		EDITOR="sed -i '5,\$s/: .*/: {}/'" refused 5 $what
		says ': a plain value is expected'
		[ -e "$(grep -o '[^ ]*/tmp/shopctl-[A-Za-z0-9]*.yaml$' <<<"$output" | tail -1)" ]
		VISUAL="sh $PWD/late.sh" shop $what
		[ "$status" -eq 4 ]
		says 'changed while it was edited'
	done
	edits 's/sku:.*/sku: CUP-01/' product edit MUG-01
	[ "$status" -eq 5 ]
	says 'this is CUP-01 now, not MUG-01'
	refused 11 product edit MUG-01 --no-input
	refused 3 location edit loc-9999
}
