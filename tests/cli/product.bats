#!/usr/bin/env bats
# Products and their prices.

load shop

setup() {
	shop_setup
	must product create MUG-01 --title "Blue mug" --price 12.50 --weight 350g --backorder allow >/dev/null
}

@test "a product is made with its price and is on sale at once" {
	is '[.sku, .status, .price.minor, .weight_g, .tax_class, .backorder]' \
		'["MUG-01","active",1250,350,"standard","allow"]' product show MUG-01
}

@test "a SKU in lower case is the same product" {
	is .sku '"MUG-01"' product show mug-01
}

@test "a taken SKU is exit 4 and names the product that has it" {
	refused 4 product create MUG-01 --title x --price 1
	says "product MUG-01"
	says "E_DUPLICATE"
	says "shopctl product show MUG-01"
}

@test "a price with a comma is exit 2 and suggests the dot" {
	refused 2 product create BAD --title x --price 1,50
	says "1.50"
}

@test "a barcode needs its check digit and belongs to one product" {
	refused 5 product create CUP-01 --title Cup --price 3 --barcode 4006381333932
	must product create CUP-01 --title Cup --price 3 --barcode 4006381333931
	refused 4 product create CUP-02 --title Cup --price 3 --barcode 4006381333931
	says "product CUP-01"
}

@test "an active product needs a price, a draft does not, and publishing asks for one" {
	refused 5 product create NEW-01 --title New
	must product create NEW-01 --title New --draft
	refused 6 product publish NEW-01
	says "shopctl product price set NEW-01"
	must product price set NEW-01 --to 4.00
	must product publish NEW-01
	is .status '"active"' product show NEW-01
}

@test "an update tells what changed, and nothing when nothing did" {
	must product update MUG-01 --title "Blue mug" --category Mugs -q
	before=$(events)
	must product update MUG-01 --category Mugs -q
	[ "$(events)" -eq "$before" ]
	must product update MUG-01 --category none -q
	is .category null product show MUG-01
}

@test "a price changes by percent with half-even rounding, to an ending or to a multiple" {
	must product price set MUG-01 --adjust +5% -q
	is .price.amount '"13.12"' product show MUG-01
	must product price set MUG-01 --adjust +5% --round 0.99 -q
	is .price.amount '"13.99"' product show MUG-01
	must product price set MUG-01 --adjust -0.03 --round 0.05 -q
	is .price.amount '"13.95"' product show MUG-01
}

@test "a sale has its span, and the open price is back when it ends" {
	export SHOPCTL_NOW=2026-11-23T00:00:00Z
	must product create CUP-01 --title Cup --price 12.50 -q
	shop product price set CUP-01 --to 9.90 --from 2026-12-01T00:00:00Z --until 2026-12-24T00:00:00Z
	[ "$output" = "CUP-01 costs 12.50 EUR now; the new price begins 2026-12-01T00:00:00.000Z" ]
	SHOPCTL_NOW=2026-12-10T12:00:00Z is .price.amount '"9.90"' product show CUP-01
	SHOPCTL_NOW=2026-12-24T00:00:00Z is .price.amount '"12.50"' product show CUP-01
	is 'map(.price.amount)' '["9.90","12.50"]' product price history CUP-01
}

@test "the ids of a list are the operands of the next command" {
	must product create POT-01 --title "Tea pot" --price 39 -q
	"$shopctl" product list -o id | "$shopctl" product unpublish - -q
	is 'map(.sku)' '["MUG-01","POT-01"]' product list --status draft
	"$shopctl" product list -o jsonl | "$shopctl" product publish - -q
	is length 2 product list --status active
}

@test "an archived product is kept, and out of the list" {
	must product delete MUG-01 -q
	is . '[]' product list
	is .status '"archived"' product show MUG-01
}

@test "on a narrow terminal titles give way and say so; what is to be copied stays whole" {
	on_screen
	must product create A-SKU-THAT-IS-QUITE-LONG --title "A mug of a most remarkable blue, hand made" --price 5 >/dev/null
	shown=$(script -qec "stty cols 70; '$shopctl' product list --color never --no-pager" /dev/null </dev/null)

	[[ $shown == *' A-SKU-THAT-IS-QUITE-LONG A mug of a '*'…'* ]] || { echo "$shown"; return 1; }
	[[ $(must product list) == *'A mug of a most remarkable blue, hand made'* ]]
}

@test "a verb of another noun is named, and else where the verbs are listed" {
	refused 2 order refund ord-1000
	says 'did you mean payment refund?'
	refused 2 order wash ord-1000
	says 'shopctl order --help lists them'
	refused 2 nonsense
	says 'shopctl --help lists them'
}

@test "a column nobody knows in a file can be named or ignored" {
	printf 'sku,Bezeichnung\nX-1,Mug\n' >a.csv
	refused 5 import product a.csv
	says '--map COLUMN=Bezeichnung says which it is, --map none=Bezeichnung ignores it'
}

@test "a price out of bounds is told the bounds as money" {
	must product create MUG-95 --title Mug --price 5 >/dev/null
	refused 5 product price set MUG-95 --to=-1
	says 'price: from 0 to 10000000000.00 EUR'
}
