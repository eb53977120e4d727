#!/usr/bin/env bats
# SQL of a stranger: it reads what is published, and nothing else.

load shop

setup() {
	shop_setup
	export SHOPCTL_NOW=2026-11-23T12:00:00Z
	must customer create --name 'Ana Lima' --email ana@example.com >/dev/null
	must product create MUG-01 --title 'Blue Mug' --price 10.00 >/dev/null
	must stock receive MUG-01 10 >/dev/null
	must order create --customer cus-1000 MUG-01:1 --pay sandbox:approve >/dev/null
	must order create MUG-01:6 >/dev/null
}

@test "a query answers in every format" {
	sql="SELECT fulfillment, count(*) AS n, sum(total_minor) / 200.0 AS half FROM v_order GROUP BY 1"
	[ "$(must query "$sql" -o md)" = $'| fulfillment | n | half |\n| --- | ---: | --- |\n| unfulfilled | 2 | 35.0 |' ]
	[ "$(must query "$sql" -o csv)" = $'fulfillment,n,half\nunfulfilled,2,35.0' ]
	is . '[{"fulfillment":"unfulfilled","n":2,"half":35}]' query "$sql"
	must query "$sql" | grep -q '^unfulfilled *2 '
	[ "$(must query 'SELECT id FROM v_order ORDER BY number' -o id | xargs)" = 'ord-1000 ord-1001' ]
	[ "$(must query "SELECT 1 AS a WHERE 0" -o csv)" = a ]
	is . '[]' query 'SELECT id FROM v_order WHERE 0'
	is . '[{"a":null,"b":"x","c":"ff00"}]' query "SELECT NULL AS a, 'x' AS b, x'ff00' AS c"
	[ "$(must query 'SELECT id, total_minor FROM v_order' --fields total_minor -o jsonl | head -1)" = '{"total_minor":1000}' ]
	echo 'SELECT count(*) AS n FROM v_event WHERE type = '"'order.placed'" >q.sql
	is . '[{"n":2}]' query @q.sql
	is . '[{"n":2}]' query 'SELECT count(*) AS n FROM v_order'
}

@test "every view can be read, and says the same as its command" {
	"$shopctl" query --help | grep '^Views: ' | tr -d ',.' | cut -d' ' -f2- | tr ' ' '\n' >views
	[ "$(wc -l <views)" -ge 18 ]
	while read -r view; do
		must query "SELECT * FROM $view" -o jsonl >/dev/null || return 1
	done <views
	[ "$(must query 'SELECT id, status, payment, customer, placed_at, reference, version FROM v_order ORDER BY number DESC' -o json)" = \
		"$(must order list --fields id,status,payment,customer,placed_at,reference,version -o json)" ]
	[ "$(must query 'SELECT sku, on_hand, allocated, held, available, backordered FROM v_stock' -o csv)" = \
		"$(must stock list --fields sku,on_hand,allocated,held,available,backordered -o csv)" ]
	[ "$(must query 'SELECT sku, title, price_minor FROM v_product' -o json | jq -c .)" = \
		"$(must product list -o json | jq -c 'map({sku, title, price_minor: .price.minor})')" ]
}

# forbidden SQL…: each is exit 77 and no byte of a result.
forbidden() {
	local sql
	for sql in "$@"; do
		refused 77 query "$sql" || { echo "$sql"; return 1; }
		says E_SQL_FORBIDDEN
	done
}

@test "what writes is refused" {
	forbidden 'DELETE FROM orders' 'DELETE FROM v_order' "UPDATE v_order SET status = 'x'" \
		'WITH x AS (SELECT 1) DELETE FROM v_order' 'CREATE TEMP TABLE x (a)' 'DROP VIEW v_order' \
		"ATTACH 'x.db' AS x" 'BEGIN' 'VACUUM' 'PRAGMA query_only = 0' 'PRAGMA user_version' 'EXPLAIN SELECT 1'
	[ ! -e x.db ]
}

@test "tables and columns that are not published are refused, whatever they are called" {
	forbidden 'SELECT * FROM orders' 'SELECT count(*) FROM payment_op' 'SELECT count(*) FROM main.orders' \
		'WITH v_order AS (SELECT * FROM payment_op) SELECT * FROM v_order' \
		'SELECT * FROM (SELECT key FROM payment_op) AS v_order' \
		'SELECT (SELECT max(key) FROM payment_op) FROM v_order' \
		'SELECT v_order.* FROM v_order JOIN payment_op' \
		'SELECT 1 FROM v_order WHERE EXISTS (SELECT 1 FROM payment_op)' \
		'SELECT * FROM sqlite_schema' 'SELECT count(*) FROM sqlite_temp_schema' \
		"SELECT * FROM pragma_table_info('orders')" 'SELECT count(*) FROM pragma_table_list' \
		"SELECT * FROM json_each('[1]')" 'SELECT * FROM dbstat'
	refused 2 query 'SELECT token FROM v_payment'
	says 'no such column: token, at character 8'
	refused 2 query 'SELECT * FROM main.v_order'
}

@test "functions outside the list are refused" {
	forbidden "SELECT load_extension('x')" 'SELECT randomblob(4)' 'SELECT sqlite_version()' \
		'SELECT last_insert_rowid()' 'SELECT 1 FROM v_order WHERE random() > 0' \
		'SELECT sqrt(2)' 'SELECT pow(2, 3)' 'SELECT mod(5, 3)' 'SELECT trunc(1.5)' 'SELECT sin(1)' 'SELECT log(2)'
	is . '[{"a":2,"b":1,"c":3}]' query 'SELECT ceil(1.2) AS a, floor(1.8) AS b, round(2.5) AS c'
	must query "SELECT upper('a'), round(2.5), group_concat(sku) FROM v_product" -o json >/dev/null
}

@test "a query without end is stopped, and so is one without bounds" {
	refused 124 query 'WITH RECURSIVE r(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM r) SELECT count(*) FROM r' --timeout 300ms
	SECONDS=0
	refused 124 query 'WITH RECURSIVE r(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM r) SELECT x FROM r WHERE x < 0'
	[ "$SECONDS" -le 7 ]
	says 'took longer than'
	is . '[{"n":5}]' query 'WITH RECURSIVE r(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM r WHERE x < 5) SELECT count(*) AS n FROM r'
	refused 2 query "SELECT replace(printf('%1000000d', 1), ' ', printf('%1000000d', 1)) AS x"
	says 'too much memory'
}

@test "what is no query is told with its place" {
	refused 2 query 'SELECT id FRM v_order'
	says 'at character 15'
	refused 2 query 'SELECT 1; SELECT 2'
	refused 2 query ''
	refused 2 query 'SELECT ?'
	refused 2 query 'SELECT 1 AS a, 2 AS a'
	refused 2 query 'SELECT id FROM v_ordr'
	refused 2 query "SELECT 'open"
}

@test "where narrows a list by SQL over its view" {
	[ "$(must order list --where 'total_minor > 5000' -o count)" = 1 ]
	is 'map(.id)' '["ord-1001"]' order list --where "customer IS NULL OR customer = 'cus-9'"
	is 'map(.id)' '["ord-1000"]' order list --where 'number < 1001' -F status:confirmed,pending --limit 5
	is 'map(.sku)' '["MUG-01"]' product list --where "title LIKE 'Blue%'"
	is 'map(.sku)' '["MUG-01"]' stock list --where 'available < 5'
	is length 0 stock list --where 'available > 5'
	is length 1 event list --where "type = 'customer.created'"
	is . '{"count":1}' order list --where 'total_minor < 5000 -- cheap' --count
	refused 2 order list --where 'totl > 5'
	says 'at character 1'
	refused 2 order list --where 'total_minor >'
	refused 77 order list --where 'number IN (SELECT order_id FROM payment_op)'
	refused 77 order list --where '1) UNION SELECT amount_minor FROM payment_op WHERE (1'
	refused 2 order log ord-1000 --where 1
}
