#!/usr/bin/env bats
# What only reads does so where nothing may be written, and says the same.

setup() {
	top=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
	export SHOPCTL="${SHOPCTL:-$top/build/shopctl}" LANG=C.UTF-8 HOME=$BATS_TEST_TMPDIR
	unset SHOPCTL_OUTPUT SHOPCTL_CONFIG SHOPCTL_STORE SHOPCTL_NOW XDG_CONFIG_HOME
	[ "$(id -u)" -eq 0 ] && as=(setpriv --reuid=65534 --regid=65534 --clear-groups) || as=()
	there=$(mktemp -d /tmp/shop-XXXXXX)
}

teardown() {
	chmod -R u+w "$there"
	rm -rf "$there"
}

@test "every example of a command that only reads works in a folder that may not be written, on a file that may not be" {
	(cd "$there" && "$top/tests/docs/shop")
	cp "$SHOPCTL" "$top/tests/docs/examples" "$there/"
	"$SHOPCTL" help --json | jq -r '(.commands[], .nouns[].commands[]) | select(.needs == "read") | .examples[] |
		select(test(" > |--out|xargs|&& |\\| shopctl") | not) | "read\t" + .' >"$there/read"
	[ "$(wc -l <"$there/read")" -gt 80 ]
	chmod -R a+rX,a-w "$there"
	before=$(cat "$there"/shop.db* | md5sum)
	cd "$there"
	SHOPCTL=$there/shopctl SHOPCTL_STORE=shop.db run "${as[@]}" ./examples --in-order <read
	[ "$status" -eq 0 ] || { echo "$output"; return 1; }
	[ "$(cat "$there"/shop.db* | md5sum)" = "$before" ]
}
