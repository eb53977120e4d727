#!/usr/bin/env bats
# Disks that are full, may not be written, or changed what was on them: a clear error, the right exit code, no damage.

load fault

setup() {
	fault_setup
}

# roomless KIB WORDS…: run a command whose files may not grow beyond this.
roomless() {
	local limit=$1
	shift
	run bash -c 'ulimit -f "$1"; shift; exec "$@"' - "$limit" "$shopctl" "$@"
}

wal_kib() {
	echo $(($(stat -c %s t.db-wal) / 1024))
}

@test "a worker on a full disk stops with exit 74, and goes on where there is room" {
	for i in $(seq 12); do must order create MUG-01:2 --pay sandbox:approve -q; done
	for more in 1 30 90 200; do
		roomless $(($(wal_kib) + more)) worker --drain
		[ "$status" -eq 74 ]
		says E_STORE_FULL
		sound "worker without room"
	done
	must worker --drain -q
	[ "$(must order list --payment authorized -o count)" -eq 12 ]
	[ "$(must shipment list -o count)" -eq 12 ]
	[ "$(sort -u calls | wc -l)" -eq 12 ]
	sound "worker with room"
}

@test "an import on a full disk stops with exit 74, and a second run brings what is missing, once" {
	{ echo sku,qty; for i in $(seq 400); do echo "MUG-01,1"; done; } >receipts.csv
	before=$(events)
	roomless $(($(wal_kib) + 300)) import stock receipts.csv --group 50
	[ "$status" -eq 74 ]
	says E_STORE_FULL
	[ $((($(events) - before) % 50)) -eq 0 ]
	sound "import without room"
	must import stock receipts.csv --group 50 --resume -q
	is .on_hand 500 stock show MUG-01
	sound "import with room"
}

@test "a backup that finds no room leaves nothing, and one over a store or a restore over one is refused" {
	must order create MUG-01:2 --pay sandbox:approve -q
	roomless 200 store backup b.db
	[ "$status" -eq 74 ]
	says E_STORE_FULL
	[ -z "$(find . -name 'b.db*')" ]
	must store backup b.db -q
	sums=$(md5sum t.db* b.db)
	roomless 200 -S r.db store restore b.db
	[ "$status" -eq 74 ]
	[ -z "$(find . -name 'r.db*')" ]
	refused 4 store restore b.db
	refused 4 store backup b.db
	[ "$(md5sum t.db* b.db)" = "$sums" ]
}

@test "in a directory that may not be written nothing is made, and what is missing is said" {
	[ "$(id -u)" -eq 0 ] && as=(setpriv --reuid=65534 --regid=65534 --clear-groups) || as=()
	there=$(mktemp -d /tmp/shop-XXXXXX)
	cp "$shopctl" "$there/shopctl"
	must store backup "$there/b.db" -q
	chmod 755 "$there/shopctl"
	chmod 444 "$there/b.db"
	chmod 555 "$there"
	wanted=$(must product list -o csv)
	unset SHOPCTL_CONFIG SHOPCTL_NOW
	got=$("${as[@]}" "$there/shopctl" -S "$there/b.db" product list -o csv)
	codes=
	for words in "product update MUG-01 --category A" "store backup $there/c.db" "store migrate"; do
		code=0
		"${as[@]}" "$there/shopctl" -S "$there/b.db" $words >said 2>&1 || code=$?
		codes+=" $code"
	done
	code=0
	"${as[@]}" "$there/shopctl" -S "$there/n.db" store init --currency EUR >said 2>&1 || code=$?
	left=$(ls "$there")
	chmod 755 "$there"
	rm -rf "$there"
	[ "$got" = "$wanted" ]
	[ "$codes $code" = " 77 77 77 77" ] || { echo "$codes $code"; cat said; return 1; }
	[ "$left" = $'b.db\nshopctl' ] || { echo "$left"; return 1; }
	grep -q "E_STORE_PERMISSION" said
}

# survives WHAT: questions to x.db answer, or say that it is damaged; nothing dies of it.
survives() {
	local code words
	for words in "check --deep" "product list" "order list" "event list" "product update MUG-01 --category A"; do
		code=0
		"$shopctl" -S x.db $words >said 2>&1 || code=$?
		case $code in 0 | 3 | 10 | 74 | 78) ;; *) echo "$1: $words: exit $code"; cat said; return 1 ;; esac
	done
}

@test "a store cut short is damaged or no store, never half a shop" {
	must order create MUG-01:2 --pay sandbox:approve -q
	must store backup b.db -q
	size=$(stat -c %s b.db)
	for cut in 1 100 4095 4096 8192 $((size / 3)) $((size / 2)) $((size - 4096)); do
		rm -f x.db*
		head -c "$cut" b.db >x.db
		survives "cut at $cut"
		run "$shopctl" -S x.db check --deep
		[ "$status" -ne 0 ] || { echo "cut at $cut is not found"; return 1; }
	done
}

@test "a flipped bit never ends a command by a signal, and one in the journal is found" {
	must order create MUG-01:2 --pay sandbox:approve -q
	must worker --drain -q
	must store backup b.db -q
	cat >flip.py <<-'END'
	import random, sys
	data = bytearray(open("b.db", "rb").read())
	random.seed(int(sys.argv[1]))
	# One bit, and every fourth time a whole run of the file, of which the header of the first page is spared.
	at = random.randrange(100, len(data)) if len(sys.argv) < 3 else data.index(sys.argv[2].encode()) + 1
	data[at] ^= 1 << random.randrange(7)
	if int(sys.argv[1]) % 4 == 0 and len(sys.argv) < 3:
	    data[at:at + 64] = random.randbytes(len(data[at:at + 64]))
	open("x.db", "wb").write(data)
	END
	for ((n = 1; n <= 80; n += STRIDE)); do
		rm -f x.db*
		python3 flip.py $n
		survives "flip $n"
	done
	rm -f x.db*
	python3 flip.py 1 order.placed
	run "$shopctl" -S x.db check --deep
	[ "$status" -eq 10 ] || [ "$status" -eq 74 ]
}
