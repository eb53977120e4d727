#!/usr/bin/env bats
# What the binary loads at start: linked from archives nothing but libc's own; shared, nothing beyond the core's list.

setup() {
	cd "$BATS_TEST_DIRNAME/../.." || return 1
	build=${BUILD:-build}
}

needed() {
	readelf -d "$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p'
}

@test "from archives the binary needs the C library only" {
	[ -z "$(needed "$build/shopctl" | grep -vE '^(libc|libm|ld-linux-.*)\.so\.' || true)" ]
}

@test "shared, the binary needs the core's libraries only" {
	[ -x "$build/shopctl-shared" ] || skip "no shared build here"
	wrong=$(needed "$build/shopctl-shared" |
		grep -vE '^(libc|libm|libsqlite3|libjansson|libyaml-0|libglib-2\.0|libpopt|libcsv|libsodium)\.so\.' || true)
	[ -z "$wrong" ] || { echo "$wrong"; return 1; }
}
