#!/usr/bin/env bats
# Every call to the system fails once, one after the other: the right exit code, no success claimed for what is not there,
# nothing half done, and the same command afterwards does it once.

load fault

setup() {
	fault_setup
}

# told CODE ORDERS: whether exit code and what stderr says fit the number of orders that are there.
told() {
	case $1 in
	0) [ "$2" -eq 1 ] && [ "$(cat said)" = ord-1000 ] ;;
	74) [ "$2" -eq 0 ] || grep -qE 'E_STORE_UNKNOWN|E_OUTPUT' complained ;;
	78) [ "$2" -eq 0 ] && grep -q 'config.yaml.*E_CONFIG' complained ;;
	*) false ;;
	esac && { [ "$1" -eq 0 ] || [ "$(grep -c '^shopctl: ' complained)" -eq 1 ]; }
}

# every_failure ERROR CALLS WORDS…: the command makes one order and has the key "once".
every_failure() {
	local error=$1 calls=$2 n points code orders where
	shift 2
	back
	faulty 0 "" "$calls" "$@" >/dev/null
	points=$(wc -l <points)
	for ((n = 1; n <= points; n += STRIDE)); do
		back
		code=0
		faulty "$n" "$error" "$calls" "$@" >said 2>complained || code=$?
		where="$error at $n of $points, $(sed -n "${n}p" points)"
		orders=$("$shopctl" order list -o count) || { echo "$where: the store is gone"; return 1; }
		told "$code" "$orders" || { echo "$where: exit $code, $orders orders"; cat said complained; return 1; }
		[ $((n % 3)) -ne 0 ] || sound "$where" || return 1
		[ "$(must "$@" 2>/dev/null)" = ord-1000 ] || return 1
		[ "$("$shopctl" order list -o count)" -eq 1 ] || { echo "$where: not one order"; return 1; }
		sound "again after $where" || return 1
	done
}

@test "any call of a short write fails with an I/O error" {
	keep
	every_failure EIO "pwrite fdatasync fsync ftruncate open mmap lock read pread statfs write" \
		order create MUG-01:2 --pay sandbox:approve --idempotency-key once -o id
}

@test "there is no room for any write of it" {
	keep
	for error in ENOSPC SHORT; do
		every_failure $error "pwrite ftruncate open" order create MUG-01:2 --pay sandbox:approve --idempotency-key once -o id
	done
}

# every_file_failure NAME CALLS WORDS…: the command makes the file NAME, wholly or not at all.
every_file_failure() {
	local name=$1 calls=$2 n points code appeared="^  because .*(is there and whole|is made|made: |restored from|backed up to)"
	shift 2
	rm -f "$name"*
	faulty 0 "" "$calls" "$@" >/dev/null
	points=$(wc -l <points)
	[ "$points" -gt 10 ]
	for ((n = 1 + points % 3; n <= points; n += 3 * STRIDE)); do
		rm -f "$name"*
		code=0
		faulty "$n" EIO "$calls" "$@" >/dev/null 2>complained || code=$?
		case $code in
		0) "$shopctl" -S "$name" check --deep -q ;;
		74) [ ! -e "$name" ] || { grep -qE "$appeared" complained && "$shopctl" -S "$name" check --deep -q; } ;;
		78) grep -q 'config.yaml.*E_CONFIG' complained ;;
		*) false ;;
		esac || { echo "$n of $points, $(sed -n "${n}p" points): exit $code"; cat complained; return 1; }
		[ -z "$(find . -name '*.part-*')" ] || { echo "$n of $points: a part is left"; ls; return 1; }
	done
}

@test "a new store, a backup and a restored store are whole or not there, whatever call fails" {
	calls="pwrite fdatasync fsync open rename ftruncate mmap"
	must order create MUG-01:2 --pay sandbox:approve -q
	every_file_failure copy.db "$calls" store backup copy.db -q
	must store backup saved.db -q
	every_file_failure again.db "$calls" -S again.db store restore saved.db -q
	every_file_failure new.db "$calls" -S new.db store init --currency EUR -q
}

# worker_slice FIRST STEP: in a folder of its own, a worker for every STEP-th of the calls, which fails.
worker_slice() {
	local n code
	mkdir "from-$1" && cp -r kept expected "from-$1" && cd "from-$1" || return 1
	export SHOPCTL_STORE=$PWD/t.db
	for ((n = $1; n <= points; n += $2)); do
		back
		code=0
		faulty "$n" EIO "$calls" worker --drain -q 2>complained || code=$?
		[[ $code =~ ^(0|74|78)$ ]] || { echo "$n of $points: exit $code"; cat complained; return 1; }
		must worker --drain -q || return 1
		state ord-1000 >got
		cmp -s expected got || { echo "$n of $points"; diff expected got; return 1; }
		sound "again after $n" || return 1
	done
}

@test "a worker whose calls fail one by one leaves work to the next one, and does none twice" {
	calls="pwrite fdatasync ftruncate open unlink mkdir lock"
	must order create MUG-01:2 POT-01:3 --pay sandbox:approve -q
	keep
	faulty 0 "" "$calls" worker --drain -q
	points=$(wc -l <points)
	[ "$points" -gt 100 ]
	state ord-1000 >expected
	for slice in 1 2 3; do
		worker_slice $slice $((3 * STRIDE)) >"slice-$slice" 2>&1 &
		slices+=($!)
	done
	for slice in 1 2 3; do
		wait "${slices[slice - 1]}" || { cat "slice-$slice"; return 1; }
	done
}
