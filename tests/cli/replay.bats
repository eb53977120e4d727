#!/usr/bin/env bats
# A day of a real shop through the program: import, orders, worker; then the sums of the shop are those of the file.
# The day is SHOPCTL_REPLAY, by default one that lies beside the checkout; without it the test is skipped.

setup() {
	root=$BATS_TEST_DIRNAME/../..
	export SHOPCTL=${SHOPCTL:-$root/build/shopctl}
	export HOME=$BATS_TEST_TMPDIR LANG=C.UTF-8 SHOPCTL_ACTOR=ana
	unset SHOPCTL_OUTPUT SHOPCTL_CONFIG XDG_CONFIG_HOME SHOPCTL_NOW SHOPCTL_STORE
}

# replayed DAY: the whole day through import, orders and worker; skipped visibly where the file is not.
replayed() {
	day=${SHOPCTL_REPLAY:-$root/../shared/vendor/online-retail/$1.csv}
	[ -f "$day" ] || skip "no file $day"
	"$root/tests/replay/replay" "$day"
}

@test "a real day's invoices become orders, and orders, units and sums agree with the file" {
	replayed 2010-12-01
}

@test "the next day agrees with its file too" {
	replayed 2010-12-02
}

@test "and the day after, with its corrections of stock" {
	replayed 2010-12-03
}

@test "a small day with all its dirt is counted to the last line" {
	cat >"$BATS_TEST_TMPDIR/day.csv" <<-'END'
	InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
	536365,85123A,WHITE HANGING HEART ,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom
	536365,85123a,WHITE HANGING HEART ,1,2010-12-01 08:26:00,2.10,17850.0,United Kingdom
	536365,POST,POSTAGE,1,2010-12-01 08:26:00,18.0,17850.0,United Kingdom
	536366,22139,,56,2010-12-01 11:52:00,0.0,,United Kingdom
	536367,BANK CHARGES,Bank Charges,1,2010-12-01 12:00:00,15.0,14911.0,EIRE
	C536379,85123A,WHITE HANGING HEART ,-1,2010-12-01 09:41:00,2.55,14527.0,United Kingdom
	536589,21777,,-10,2010-12-01 16:50:00,0.0,,United Kingdom
	536590,22139,RETROSPOT TEA SET,1,2010-12-01 17:00:00,0.001,,United Kingdom
	END
	run "$root/tests/replay/replay" "$BATS_TEST_TMPDIR/day.csv"
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output == *"8 rows = 5 lines of 3 orders + 3 refused"* ]]
	[[ $output == *"1  a cancellation"* ]]
	[[ $output == *"1  a correction of stock, nothing was sold"* ]]
	[[ $output == *"1  a price finer than a penny"* ]]
	[[ $output == *"65 units of 4 products, 50.40 in all"* ]]
}
