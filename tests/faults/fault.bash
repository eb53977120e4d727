# What the tests of single failing calls share: the preloaded library, a shop to spoil, and its questions.
# Under sanitizers every command takes ten times as long, so that every STRIDE-th point is tried there.

load ../cli/shop

fault_setup() {
	shop_setup
	fault=$BATS_TEST_TMPDIR/fault.so
	cc -D_GNU_SOURCE -std=c11 -O1 -shared -fPIC -o "$fault" "$BATS_TEST_DIRNAME/fault.c"
	STRIDE=${STRIDE:-1}
	! grep -q __asan_init "$shopctl" || STRIDE=23
	printf 'payments: {gateways: {sandbox: {log: %s/calls}}}\nstore: {synchronous: late}\n' "$PWD" >config.yaml
	export SHOPCTL_CONFIG=$PWD/config.yaml SHOPCTL_NOW=2026-03-02T10:00:00Z
	export ASAN_OPTIONS=verify_asan_link_order=0:${ASAN_OPTIONS:-}
	must product create MUG-01 --title "Blue mug" --price 12.50 -q
	must product create POT-01 --title "Tea pot" --price 39.00 --backorder allow -q
	must stock receive MUG-01 100 -q
	must stock receive POT-01 2 -q
}

# keep, back: the store as it is now, and to there again.
keep() {
	rm -rf kept && mkdir kept && touch calls && cp t.db* calls kept/
}
back() {
	rm -f t.db* calls
	cp kept/* .
}

# faulty N FAULT CALLS WORDS…: run a command whose N-th of these calls fails. N 0 leaves the names of all in the file points.
faulty() {
	local at=$1 what=$2 calls=$3
	shift 3
	FAULT_AT=$at FAULT=$what FAULT_CALLS=$calls FAULT_LOG=$PWD/points LD_PRELOAD=$fault "$shopctl" "$@"
}

# sound: the store holds every invariant, and the journal's chain is whole.
sound() {
	"$shopctl" check --deep -q >found 2>&1 || { echo "$*: check"; cat found; return 1; }
}

# state ORDER: what the shop is, told by what stays the same whatever way it took.
state() {
	"$shopctl" order show "$1" -o json --fields -version
	"$shopctl" stock show MUG-01 POT-01 -o jsonl
}
