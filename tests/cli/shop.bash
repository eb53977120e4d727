# What every command-line test of the shop loads: an empty store in a directory of its own.
#
#	load shop
#	setup() { shop_setup; }

shop_setup() {
	shopctl=${SHOPCTL:-$BATS_TEST_DIRNAME/../../build/shopctl}
	cd "$BATS_TEST_TMPDIR" || return 1
	export HOME=$BATS_TEST_TMPDIR LANG=C.UTF-8 SHOPCTL_ACTOR=ana SHOPCTL_STORE=$BATS_TEST_TMPDIR/t.db
	unset SHOPCTL_OUTPUT SHOPCTL_CONFIG XDG_CONFIG_HOME SHOPCTL_NOW
	"$shopctl" store init --currency EUR --test >/dev/null
}

# on_screen: what a person's terminal says of itself. The suite runs also in the C locale on a dumb one.
on_screen() {
	export LC_ALL=C.UTF-8 TERM=xterm
}

# shop WORDS…: run a command; $status, $output (both streams) and $lines are set.
shop() {
	run "$shopctl" "$@"
}

# must WORDS…: a command that has to succeed; prints its result.
must() {
	"$shopctl" "$@"
}

# refused CODE WORDS…: a command has to fail with this exit code, and the journal stays as it was.
refused() {
	local wanted=$1 before after
	shift
	before=$(events)
	run "$shopctl" "$@"
	after=$(events)
	[ "$status" -eq "$wanted" ] || { echo "exit $status, not $wanted: $output"; return 1; }
	[ "$before" = "$after" ] || { echo "the journal grew from $before to $after events"; return 1; }
}

# events: how many events the journal holds.
events() {
	"$shopctl" store info --fields events -o csv --no-headers
}

# says TEXT: the last command's output holds it.
says() {
	[[ $output == *"$1"* ]] || { echo "expected: $1"; echo "got: $output"; return 1; }
}

# is FILTER VALUE WORDS…: what jq's FILTER finds in the command's JSON is VALUE (compact).
is() {
	local filter=$1 wanted=$2 got
	shift 2
	got=$("$shopctl" "$@" -o json | jq -c "$filter") || return 1
	[ "$got" = "$wanted" ] || { echo "$* $filter: expected $wanted, got $got"; return 1; }
}
