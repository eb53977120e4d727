#!/usr/bin/env bats
# The arrows between the layers point one way: cmd → serve, worker, report, import → search → domain → journal → store → base;
# only the worker (and cmd) reaches the gateways, which know no store.

setup() {
	cd "$BATS_TEST_DIRNAME/../.." || return 1
}

# includes FOLDER: "file: header" of every quoted include in its sources.
includes() {
	grep -rHoE '^#include "[^"]+"' "$1" --include='*.[ch]' | sed -E 's/:#include "(.*)"/: \1/'
}

# only FOLDER PATTERN: every quoted include of the folder matches one of the patterns.
only() {
	local wrong
	wrong=$(includes "$1" | grep -vE ": ($2)$" || true)
	[ -z "$wrong" ] || { echo "arrows that point the wrong way:"; echo "$wrong"; return 1; }
}

# none TEXT: there is no such line.
none() {
	[ -z "$1" ] || { echo "$1"; return 1; }
}

base='shop/(error|error_catalog|ids|json|money|quantity|record|record_path|text|times)\.h'
store="$base|shop/(store|transition)\.h"
journal="$store|shop/(journal|command_log)\.h"
domain="$journal|shop/[a-z_]+\.h"

@test "base knows nothing above it" {
	only lib/base "$base|(base/)?[a-z_]+\.h"
}

@test "the store knows only base" {
	only lib/store "$store|shop/query\.h|store/([a-z_]+/)?[a-z_]+\.h"
}

@test "the journal knows the store's seam and base" {
	only lib/journal "$journal|journal/[a-z_]+\.h|store/(db|store_internal)\.h"
}

@test "the domain knows the journal and the store's seam, never the worker, a gateway or a command" {
	only lib/domain "$domain|domain/([a-z]+/)?[a-z_]+\.h|store/db\.h|journal/[a-z_]+\.h"
	none "$(includes lib/domain | grep -E ': shop/(worker|report|import)\.h')"
}

@test "import uses the domain, never the worker, a gateway or the database" {
	only lib/import "$domain|(import|domain)/[a-z_]+\.h"
}

@test "search uses the domain and the store's seam, never the worker, a report or a command" {
	only lib/search "$domain|search/[a-z_]+\.h|store/(db|side)\.h|domain/product/product_row\.h"
	none "$(includes lib/search | grep -E ': shop/(worker|import|check|next|status|why)\.h')"
	none "$(includes lib/domain | grep -E ': shop/search\.h')"
}

@test "declare uses the domain and the readers of import, never the worker, a gateway or the database" {
	only lib/declare "$domain|(declare|import|domain)/[a-z_]+\.h"
}

@test "a gateway knows no store" {
	[ -d lib/gateways ]
	only lib/gateways "$base|gateways/[a-z_]+\.h"
}

@test "the worker uses the domain and the gateways, never a command" {
	[ -d lib/worker ]
	only lib/worker "$domain|(worker|domain|gateways|store|journal)/[a-z_]+\.h"
}

@test "only the worker and its commands reach a gateway" {
	wrong=$(includes lib | grep ': gateways/' | grep -vE '^lib/(worker|gateways)/' || true)
	[ -z "$wrong" ] || { echo "$wrong"; return 1; }
}

@test "commands see public headers only" {
	only cmd 'shop/[a-z_]+\.h|shopctl\.h|(frame|out|[a-z]+)/[a-z_]+\.h'
	none "$(includes cmd | grep -E ': (domain|journal|gateways|base)/|: store/(db|driver|sqlite|store_internal|schema)\.h')"
}

@test "one folder knows the database" {
	none "$(grep -rlE '#include <(sqlite3|libpq-fe)\.h>' lib cmd | grep -v '^lib/store/')"
}

@test "only commands and the frame print, exit and read the environment" {
	none "$(grep -rnE '\b(printf|puts|putchar|fprintf|exit|abort|getenv|secure_getenv)\(' lib --include='*.c')"
}

@test "SQL stands in the library only, and is never put together by formatting" {
	none "$(grep -rnE '"(SELECT|INSERT INTO|UPDATE|DELETE FROM) ' cmd --include='*.c')"
	none "$(grep -rnE 'printf[a-z_]*\([^;]*"(SELECT|INSERT INTO|UPDATE [a-z]+ SET|DELETE FROM) ' lib --include='*.c')"
}

@test "no writable global: state lives in the invocation, the store or the caller" {
	build=${BUILD:-build}
	[ -d "$build/lib" ]
	# Clang's objects; with LTO gcc's hold no machine code to look at.
	none "$(find "$build/lib" "$build/cmd" -name '*.o' -print0 | xargs -0 nm -A -f sysv |
		grep -E '\|\.(data|bss)$|\*COM\*' || true)"
}

@test "no folder of sources holds more than 25 files" {
	for folder in cmd/* lib/*; do
		[ -d "$folder" ] || continue
		count=$(find "$folder" -maxdepth 1 -name '*.c' | wc -l)
		[ "$count" -le 25 ] || { echo "$folder: $count files"; return 1; }
	done
}
