#!/usr/bin/env bats
# Files in: products, receipts, customers and orders from CSV and JSON Lines.

load shop

setup() {
	shop_setup
	cat >products.csv <<-'END'
	sku,title,price,category,weight_g,backorder
	MUG-01,Blue mug,12.50,Mugs,350g,allow
	POT-01,"Tea pot, ""big""",39.00,Pots,1.2kg,deny
	END
}

# receipts TEXT: a stock file of one receipt.
receipts() {
	printf 'sku,qty,cost\n%s\n' "$1" >stock.csv
}

@test "products come in, and the same file changes nothing the second time" {
	is '[.rows, .created, .updated, .unchanged]' '[2,2,0,0]' import product products.csv
	is '[.title, .price.minor, .category, .weight_g, .backorder]' '["Tea pot, \"big\"",3900,"Pots",1200,"deny"]' product show POT-01
	before=$(events)
	is '[.created, .updated, .unchanged, .groups]' '[0,0,2,1]' import product products.csv
	[ "$(events)" -eq "$before" ]
}

@test "a price list needs a SKU and a price only, and a change leaves its event" {
	must import product products.csv -q
	printf 'sku,price\nmug-01,13.00\nPOT-01,39.00\n' >prices.csv
	is '[.updated, .unchanged]' '[1,1]' import product prices.csv
	is .price.minor 1300 product show MUG-01
	is 'map(.price.minor)' '[1300,1250]' product price history MUG-01
}

@test "an empty cell leaves a field, the word none empties it" {
	must import product products.csv -q
	printf 'sku,title,category\nMUG-01,,none\n' | must import product - -q
	is '[.title, .category]' '["Blue mug",null]' product show MUG-01
}

@test "every bad row is told with file, line and field, and nothing is written" {
	printf 'sku,title,price,barcode\nA,a,1\nB,,1,\nC,c,"1,50",\nD,d,1,4006381333932\n\nb d,x,1,\nE,e,1.005,\nF,f,1,\nf,f,2,\n' >bad.csv
	refused 5 import product bad.csv
	says "bad.csv:2: 3 cells, the header names 4"
	says "bad.csv:3: title: must not be empty"
	says "bad.csv:4: price: "
	says "did you mean 1.50"
	says "bad.csv:5: barcode: an EAN-8"
	says "bad.csv:7: sku: "
	says "bad.csv:8: price: "
	says "bad.csv:10: sku: F is in line 9 already"
	says "7 of 8 products are not valid; nothing was written [E_IMPORT]"
}

@test "only the first hundred problems are shown, and all are counted" {
	{ echo sku,title,price; for i in $(seq 150); do echo "S-$i,,1"; done; } >bad.csv
	refused 5 import product bad.csv
	[ "$(grep -c '^bad.csv:' <<<"$output")" -eq 100 ]
	says "and 149 more (the first 100 are shown)"
	says "150 of 150 products"
}

@test "bad rows can be left out, which is exit 9" {
	printf 'sku,title,price\nA,a,1\nB,,1\nC,c,1\n' >some.csv
	shop import product some.csv --skip-bad
	[ "$status" -eq 9 ]
	says "some.csv:3: title"
	says "2 created, 0 updated, 0 unchanged, 1 skipped"
	is .sku '"C"' product show C
}

@test "a header that fits no column is refused with the nearest, a missing one and a double one too" {
	printf 'sku,titel,price\nA,a,1\n' >h.csv
	refused 5 import product h.csv
	says "h.csv:1: titel: no such column of product, did you mean title?"
	printf 'title,price\na,1\n' >h.csv
	refused 5 import product h.csv
	says "h.csv:1: sku: the column is missing"
	printf 'sku,SKU\na,1\n' >h.csv
	refused 5 import product h.csv
	says "two columns of this name"
	printf 'sku;title\na;b\n' >h.csv
	refused 5 import product h.csv
	says "semicolons"
	: >h.csv
	refused 5 import product h.csv
	says "the file is empty"
}

@test "the file's own headers are mapped or ignored" {
	printf 'Artikelnummer,Name,"Preis, brutto",Farbe\nA,a,3.00,rot\n' >a.csv
	must import product a.csv --map sku=Artikelnummer,title=Name --map 'price=Preis, brutto' --map none=Farbe -q
	is '[.title, .price.minor]' '["a",300]' product show A
	refused 2 import product a.csv --map preis=Preis
	says 'product has no column "preis"'
}

@test "a byte order mark, CRLF, blank lines and quoted newlines are read; line numbers stay those of the file" {
	printf '\xef\xbb\xbf"sku",title,price\r\n\r\nA,"a ""b"", c",1\r\nB,"two\r\nlines",1\r\nC,,2\r\n' >w.csv
	refused 5 import product w.csv
	says "w.csv:4: title: character 4 is a control character"
	says "w.csv:6: title: must not be empty"
	says "2 of 3 products"
}

@test "NUL, invalid UTF-8, an endless field and a card number are refused with their line" {
	printf 'sku,title,price\nA,a\0b,1\nB,\xff\xfe,1\nC,c,1\n' >x.csv
	head -c 1000000 /dev/zero | tr '\0' t | sed 's/^/D,/; s/$/,1\n/' >>x.csv
	printf 'E,4111 1111 1111 1111,1\nF,\xe2\x80\xaeevil,1\n' >>x.csv
	refused 5 import product x.csv
	says "x.csv:2: a NUL byte"
	says "x.csv:3: not valid UTF-8 at byte 3"
	says "x.csv:5: title: longer than 32 KiB"
	says "x.csv:6: title: "
	says "x.csv:7: title: "
	says "5 of 6 products"
}

@test "a quote left open or in the middle of a cell ends the reading, also when bad rows may be skipped" {
	printf 'sku,title,price\nA,a,1\nB,"b,1\nC,c,1\n' >q.csv
	refused 5 import product q.csv --skip-bad
	says "q.csv:3: a quote is opened here and never closed"
	printf 'sku,title,price\nA,a "b",1\n' >q.csv
	refused 5 import product q.csv
	says "q.csv:2: a quote inside a cell"
}

@test "text that a spreadsheet would run is kept as text" {
	printf 'sku,title,price\nA,"=HYPERLINK(""http://x"")",1\n' | must import product - -q
	is .title '"=HYPERLINK(\"http://x\")"' product show A
	[[ $(must product list -o csv) == *"'=HYPERLINK"* ]]
}

@test "JSON Lines come in, and what we print can be read back" {
	must import product products.csv -q
	must product list -o jsonl >back.jsonl
	is '[.rows, .unchanged]' '[2,2]' import product back.jsonl
	printf '{"sku":"KG-01","title":"Tea","price":"3.00","unit":"kg","qty_scale":3,"track_stock":true}\n' | must import product - -q
	printf '{"sku":"KG-01","qty":1.250}\n' | must import stock - -q
	is .on_hand 1.25 stock show KG-01
}

@test "what the list of products prints is the products again, also those sold by weight" {
	printf 'sku,title,price,unit,qty_scale,reorder_point,reorder_qty\nKG-01,Tea,3.00,kg,3,2,10\nA,a,1,,,,\n' | must import product - -q
	is '[.reorder_point, .reorder_qty]' '[2,10]' product show KG-01
	must product list -o jsonl >back.jsonl
	is '[.rows, .unchanged]' '[2,2]' import product back.jsonl
	must product list -o csv --fields '*' >back.csv
	is '[.rows, .unchanged]' '[2,2]' import product back.csv
	printf 'sku,reorder_point\nKG-01,2.5\n' >half.csv
	refused 5 import product half.csv
	says "half.csv:2: reorder_point: whole units"
}

@test "JSON that is not one plain object a line is refused" {
	cat >bad.jsonl <<-'END'
	{"sku":"A","title":"a","price":1.5}
	{"sku":"A","sku":"B","title":"a","price":"1"}
	{"sku":"A","title":"a","price":"1"} x
	["A"]
	{"sku":"A","title":["a"],"price":"1"}
	{"sku":"A","colour":"a"}
	END
	printf '{"sku":"D","title":%s}\n' "$(printf '[%.0s' {1..40})" >>bad.jsonl
	refused 5 import product bad.jsonl
	says 'bad.jsonl:1: price: write decimals as text: "19.99"'
	says "bad.jsonl:2: not JSON: duplicate object key"
	says "bad.jsonl:3: not JSON: end of file expected"
	says "bad.jsonl:4: one JSON object a line"
	says "bad.jsonl:5: title: a text or a whole number"
	says "bad.jsonl:6: colour: no such column"
	says "bad.jsonl:7: nested more than 32 levels deep"
}

@test "a file that is none, a directory and a pipe by name are I/O errors" {
	refused 74 import product nowhere.csv
	refused 74 import product .
	says "not a regular file"
	refused 2 import product
	refused 2 import nonsense products.csv
}

@test "receipts are added once, and the same file again only when asked" {
	must import product products.csv -q
	receipts MUG-01,5,3.20
	must import stock stock.csv -q
	is .on_hand 5 stock show MUG-01
	refused 4 import stock stock.csv
	says "shopctl import stock stock.csv --again"
	must import stock stock.csv --again -q
	is .on_hand 10 stock show MUG-01
}

@test "a receipt names a known product and place, and a quantity above 0" {
	must import product products.csv -q
	printf 'sku,qty,location\nNONE,1,\nMUG-01,0,\nMUG-01,1.5,\nMUG-01,1,Nowhere\n' >s.csv
	refused 5 import stock s.csv
	says "s.csv:2: sku: no product NONE"
	says "s.csv:3: qty: above 0"
	says "s.csv:4: qty: "
	says 's.csv:5: location: no location "Nowhere"'
}

@test "a dry run tells what would be and writes nothing" {
	refused 0 import product products.csv --dry-run
	says "would import product: 2 rows; 2 created"
	receipts MUG-01,5,3.20
	must import product products.csv -q
	refused 0 import stock stock.csv -n
	must import stock stock.csv -q
}

@test "suppliers and locations come in by name, and products name them" {
	printf 'name,country,lead_days\nKiln & Co,DE,9\n' | must import supplier - -q
	printf 'name,country\nLeipzig,DE\n' | must import location - -q
	printf 'name,lead_days\nKiln & Co,9\n' | is .unchanged 1 import supplier -
	printf 'name,lead_days\nKiln & Co,10\n' | is .updated 1 import supplier -
	printf 'sku,title,price,supplier\nA,a,1,Kiln & Co\nB,b,1,sup-1000\n' | must import product - -q
	is .supplier '"sup-1000"' product show A
	printf 'sku,qty,location\nA,2,Leipzig\n' | must import stock - -q
	printf 'sku,title,price,supplier\nC,c,1,Nobody\n' >c.csv
	refused 5 import product c.csv
	says 'c.csv:2: supplier: no supplier "Nobody"'
}

@test "customers come in by e-mail with their address" {
	printf 'email,name,country,street,city,postcode\nAna@example.org,Ana Lima,DE,Weg 1,Berlin,10115\n' >c.csv
	is '[.created, .updated]' '[1,0]' import customer c.csv
	is .unchanged 1 import customer c.csv
	printf 'email,phone\nana@EXAMPLE.org,+49 30 1234\nnew@example.org,\n' >d.csv
	refused 5 import customer d.csv
	says "d.csv:3: name: "
	sed -i 3d d.csv
	is .updated 1 import customer d.csv
}

# A shop with mugs and pots, and orders that want them.
orders_setup() {
	must import product products.csv -q
	printf 'sku,qty\nMUG-01,3\nPOT-01,4\n' | must import stock - -q
	cat >orders.csv <<-'END'
	reference,placed_at,pay,ship_to,sku,qty,price
	W-1,2025-03-01T10:00:00Z,sandbox:approve,"{""name"":""Ana Lima"",""street"":""Weg 1"",""city"":""Berlin"",""country"":""de""}",mug-01,5,
	W-1,,,,POT-01,1,38.00
	W-2,2025-03-01 12:30,manual,,POT-01,2,
	END
}

@test "orders are placed from CSV, a row a line, and a reference is placed once" {
	orders_setup
	is '[.rows, .created, .unchanged]' '[3,2,0]' import order orders.csv
	is '[.on_hand, .allocated, .available, .backordered]' '[3,3,0,2]' stock show MUG-01
	is '[.allocated, .available]' '[3,1]' stock show POT-01
	before=$(events)
	is '[.created, .unchanged]' '[0,2]' import order orders.csv
	[ "$(events)" -eq "$before" ]
	is 'map(select(.type == "order.placed")) | length' 2 event list
}

@test "orders are placed from JSON, one object each with its lines" {
	orders_setup
	printf '{"reference":"J-1","placed_at":"2025-03-02","pay":"manual","lines":[{"sku":"POT-01","qty":1,"price":"9.00"},{"sku":"MUG-01","qty":1}]}\n' >o.jsonl
	is .created 1 import order o.jsonl
	is '.[0].data.total.minor' 2150 event list --type order.placed
	printf '{"reference":"J-2","lines":[]}\n{"reference":"J-3","lines":[{"sku":"POT-01","qty":1,"pay":"manual"}]}\n{"reference":"J-4","sku":"POT-01","lines":[{"sku":"POT-01","qty":1}]}\n' >o.jsonl
	refused 5 import order o.jsonl
	says "o.jsonl:1: lines: a list of objects, at least one"
	says "o.jsonl:2: pay: belongs beside the lines"
	says "o.jsonl:3: sku: belongs in the lines"
	printf '{"reference":"J-5","lines":[{"sku":"POT-01","qty":1},{"sku":"POT-01"},{"sku":"POT-01","qty":"1"},7]}\n' >o.jsonl
	refused 5 import order o.jsonl
	says "o.jsonl:1: qty: must not be empty"
	says "1 of 1 orders"
}

@test "an order refused for stock names its line, and nothing is written" {
	orders_setup
	printf 'W-3,,manual,,POT-01,9,\n' >>orders.csv
	refused 6 import order orders.csv
	says "orders.csv:5: stock of POT-01 is short: 9 wanted, 1 is available"
	says "nothing was written"
	shop import order orders.csv --skip-bad
	[ "$status" -eq 9 ]
	says "2 created, 0 updated, 0 unchanged, 1 skipped"
}

@test "what an order cannot be is told before anything is written" {
	orders_setup
	cat >bad.csv <<-'END'
	reference,placed_at,customer_email,pay,ship_to,sku,qty,price,currency
	B-1,yesterday,,,,MUG-01,1,,
	B-2,2999-01-01,,,,MUG-01,1,,
	B-3,,no@example.org,,,MUG-01,1,,
	B-4,,,cash,,MUG-01,1,,
	B-5,,,,"{""street"":""Weg 1""}",MUG-01,1,,
	B-6,,,,"[1]",MUG-01,1,,
	B-7,,,,,NONE,1,,
	B-8,,,,,MUG-01,0,,
	B-9,,,,,MUG-01,1,2.00,USD
	B-10,,,manual,,MUG-01,1,,
	B-10,,,sandbox:approve,,MUG-01,1,,
	B-1,,,,,MUG-01,1,,
	END
	refused 5 import order bad.csv
	says 'bad.csv:2: placed_at: "yesterday" is not a time'
	says "bad.csv:3: placed_at: 2999-01-01 lies in the future"
	says "bad.csv:4: customer_email: no customer"
	says "bad.csv:5: pay: no payment method"
	says "bad.csv:6: ship_to: "
	says "bad.csv:7: ship_to: a JSON object"
	says "bad.csv:8: sku: no product NONE"
	says "bad.csv:9: qty: above 0"
	says "bad.csv:10: price: MUG-01 is priced in EUR, not in USD"
	says "bad.csv:12: pay: not what line 11 says"
}

@test "options of one write transaction are refused, not passed over" {
	refused 2 import product products.csv --expect sha256:0123456789
	says "--expect: this command writes in transactions of its own"
}

@test "a large file is written in groups, and none of them is done twice when it is resumed" {
	{ echo sku,title,price; for i in $(seq 20); do echo "S-$i,Thing $i,1"; done; } >many.csv
	is '[.created, .groups]' '[20,5]' import product many.csv --group 4
	is '[.created, .groups]' '[20,5]' import product many.csv --resume
	{ echo sku,qty; for i in $(seq 20); do echo "S-$i,1"; done; } >receipts.csv
	must product update S-11 --no-track-stock -q
	refused 5 import stock receipts.csv --group 4
	shop import stock receipts.csv --group 4 --skip-bad
	[ "$status" -eq 9 ]
	is .skipped 1 import stock receipts.csv --group 4 --skip-bad --resume
	is .on_hand 1 stock show S-20
}

@test "an import that was killed goes on where it stopped" {
	{ echo sku,title,price; for i in $(seq 3000); do echo "S-$i,Thing $i,1"; done; } >many.csv
	must import product many.csv -q
	{ echo sku,qty; for i in $(seq 3000); do echo "S-$i,1"; done; } >receipts.csv
	before=$(events)
	"$shopctl" import stock receipts.csv --group 5 -q &
	while [ "$(events)" -lt $((before + 50)) ]; do :; done
	kill -9 $!
	wait $! || true
	[ "$(events)" -lt $((before + 3000)) ]
	shop import stock receipts.csv
	[ "$status" -eq 4 ]
	says "--resume"
	must import stock receipts.csv --resume --group 1000 -q
	[ "$(events)" -eq $((before + 3000)) ]
	[ "$(must stock list -o jsonl | jq -s 'map(.on_hand) | add')" -eq 3000 ]
}

@test "the columns of each kind are told, from the table that reads them" {
	shop import order --columns
	[ "$status" -eq 0 ]
	says "reference"
	says "placed_at"
	shop import --help
	says "weight_g"
	[ "$(must import --help | wc -l)" -le 60 ]
}
