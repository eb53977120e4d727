/*
 * The tables. Few and narrow: every process parses them (10 µs each). Words of which there are three or more are
 * compared one by one: SQLite builds a table of a longer IN list at each insert (10 µs again). CHECKs state the ranges, the
 * transition table and its triggers the allowed state changes; code asserts the same (SAFETY.md §2).
 */
#include "store/schema.h"

#include <stddef.h>

#define ID "id {i64} PRIMARY KEY"
#define VERSION "version {i64} NOT NULL DEFAULT 1, created_us {i64} NOT NULL, updated_us {i64} NOT NULL"
#define MAX_INT "9223372036854775807"

/* A guard: only changes listed in `transition` pass. */
#define TRANSITIONS(machine, table)                                                                \
	"CREATE TRIGGER tr_" table "_status BEFORE UPDATE OF status ON " table                     \
	" WHEN NEW.status <> OLD.status AND NOT EXISTS (SELECT 1 FROM transition WHERE machine = '" machine \
	"' AND from_status = OLD.status AND to_status = NEW.status)"                               \
	" BEGIN SELECT RAISE(ABORT, 'tr_" table "_status'); END"

#define APPEND_ONLY(table)                                                                         \
	"CREATE TRIGGER tr_" table "_update BEFORE UPDATE ON " table                               \
	" BEGIN SELECT RAISE(ABORT, 'tr_" table "_append_only'); END",                             \
		"CREATE TRIGGER tr_" table "_delete BEFORE DELETE ON " table                       \
		" BEGIN SELECT RAISE(ABORT, 'tr_" table "_append_only'); END"

const char *const store_schema_v1[] = {
	"CREATE TABLE meta (key {text} PRIMARY KEY, value {text} NOT NULL){strictrow}",
	"CREATE TABLE counter (type {text} PRIMARY KEY, next {i64} NOT NULL){strictrow}",
	"CREATE TABLE transition (machine {text} NOT NULL, from_status {text} NOT NULL, to_status {text} NOT NULL,"
	" CONSTRAINT pk_transition PRIMARY KEY (machine, from_status, to_status)){strictrow}",

	/* Journal, and what came of each keyed command. */
	"CREATE TABLE journal (seq {i64} PRIMARY KEY, type {text} NOT NULL, subject {text} NOT NULL,"
	" number {i64} NOT NULL, at_us {i64} NOT NULL, actor {text} NOT NULL, actor_kind {text} NOT NULL,"
	" txn {i64} NOT NULL, command {text}, correlation {i64} NOT NULL, causation {i64}, schema {i64} NOT NULL,"
	" reason {text}, payload {json} NOT NULL, hash {blob} NOT NULL){strict}",
	"CREATE UNIQUE INDEX uq_journal_subject_number ON journal (subject, number)",
	/* The last fact told of a product's stock, however long its history (stock_facts). */
	"CREATE INDEX ix_journal_stock_fact ON journal (subject, seq) WHERE type = 'inventory.low_stock'"
	" OR type = 'inventory.out_of_stock' OR type = 'inventory.back_in_stock'",
	APPEND_ONLY("journal"),
	"CREATE TABLE command_log (principal {text} NOT NULL, key {text} NOT NULL, request_hash {text} NOT NULL,"
	" result {text} NOT NULL, exit_code {i64} NOT NULL, money {i64} NOT NULL, event_from {i64}, event_to {i64},"
	" at_us {i64} NOT NULL){strict}",
	/* Beside the rows: an answer is longer than what a page of keys holds of one, and each search would read it. */
	"CREATE UNIQUE INDEX uq_command_log_principal_key ON command_log (principal, key)",

	/* Parties. */
	"CREATE TABLE customer (" ID ", name {text} NOT NULL, email {text}, phone {text}, company {text}, country {text},"
	" status {text} NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'archived')), " VERSION "){strict}",
	"CREATE UNIQUE INDEX uq_customer_email ON customer (lower(email)) WHERE email IS NOT NULL",
	"CREATE TABLE address (customer_id {i64} NOT NULL REFERENCES customer (id), n {i64} NOT NULL, label {text},"
	" name {text} NOT NULL, company {text}, street {text} NOT NULL, street2 {text}, city {text} NOT NULL,"
	" region {text}, postcode {text}, country {text} NOT NULL, phone {text},"
	" CONSTRAINT pk_address PRIMARY KEY (customer_id, n)){strictrow}",
	"CREATE TABLE supplier (" ID ", name {text} NOT NULL, email {text}, phone {text}, country {text},"
	" currency {text} NOT NULL, lead_days {i64} NOT NULL DEFAULT 7 CHECK (lead_days >= 0),"
	" over_percent {i64} CHECK (over_percent BETWEEN 0 AND 100),"
	" status {text} NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'archived')), " VERSION "){strict}",
	"CREATE UNIQUE INDEX uq_supplier_name ON supplier (name)",

	/* Catalogue and stock. */
	"CREATE TABLE product (" ID ", sku {text} NOT NULL, title {text} NOT NULL,"
	" status {text} NOT NULL CHECK (status = 'draft' OR status = 'active' OR status = 'archived'),"
	" category {text}, barcode {text},"
	" tax_class {text} NOT NULL DEFAULT 'standard', weight_g {i64} CHECK (weight_g >= 0),"
	" unit {text} NOT NULL DEFAULT '', qty_scale {i64} NOT NULL DEFAULT 0 CHECK (qty_scale BETWEEN 0 AND 6),"
	" track_stock {i64} NOT NULL DEFAULT 1 CHECK (track_stock IN (0, 1)),"
	" backorder {text} NOT NULL DEFAULT 'deny' CHECK (backorder = 'deny' OR backorder = 'allow'"
	" OR backorder = 'limit'),"
	" backorder_limit {i64} CHECK (backorder_limit >= 0), supplier_id {i64} REFERENCES supplier (id),"
	" reorder_point {i64} CHECK (reorder_point >= 0), reorder_qty {i64} CHECK (reorder_qty > 0), " VERSION "){strict}",
	"CREATE UNIQUE INDEX uq_product_sku ON product (sku)",
	"CREATE UNIQUE INDEX uq_product_barcode ON product (barcode) WHERE barcode IS NOT NULL",
	/* The price in force: bounded ones (sales) before open ones, then the latest begun. */
	"CREATE TABLE price (product_id {i64} NOT NULL REFERENCES product (id), n {i64} NOT NULL,"
	" amount_minor {i64} NOT NULL CHECK (amount_minor BETWEEN 0 AND 1000000000000), currency {text} NOT NULL,"
	" from_us {i64} NOT NULL, until_us {i64} NOT NULL DEFAULT " MAX_INT ", set_us {i64} NOT NULL, actor {text} NOT NULL,"
	" CONSTRAINT pk_price PRIMARY KEY (product_id, n), CONSTRAINT ck_price_span CHECK (until_us > from_us)){strictrow}",
	/* In PRICE_IN_FORCE's order: without it each order line sorts. */
	"CREATE INDEX ix_price_force ON price (product_id, (until_us = " MAX_INT "), from_us DESC, n DESC)",
	"CREATE TABLE location (" ID ", name {text} NOT NULL, country {text},"
	" is_default {i64} NOT NULL DEFAULT 0 CHECK (is_default IN (0, 1)),"
	" status {text} NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'archived')), " VERSION "){strict}",
	"CREATE UNIQUE INDEX uq_location_name ON location (name)",
	"CREATE TABLE stock (product_id {i64} NOT NULL REFERENCES product (id),"
	" location_id {i64} NOT NULL REFERENCES location (id), bucket {i64} NOT NULL DEFAULT 0,"
	" on_hand {i64} NOT NULL DEFAULT 0 CHECK (on_hand >= 0),"
	" allocated {i64} NOT NULL DEFAULT 0 CHECK (allocated >= 0),"
	" backordered {i64} NOT NULL DEFAULT 0 CHECK (backordered >= 0),"
	" safety_stock {i64} NOT NULL DEFAULT 0 CHECK (safety_stock >= 0),"
	" CONSTRAINT pk_stock PRIMARY KEY (product_id, location_id, bucket),"
	" CONSTRAINT ck_stock_oversold CHECK (allocated <= on_hand)){strictrow}",
	"CREATE TABLE movement (id {i64} PRIMARY KEY, product_id {i64} NOT NULL REFERENCES product (id),"
	" location_id {i64} NOT NULL REFERENCES location (id),"
	" kind {text} NOT NULL CHECK (kind = 'received' OR kind = 'adjusted' OR kind = 'allocated'"
	" OR kind = 'released' OR kind = 'shipped' OR kind = 'moved_in' OR kind = 'moved_out'),"
	" qty {i64} NOT NULL CHECK (qty <> 0), on_hand_after {i64} NOT NULL, allocated_after {i64} NOT NULL,"
	" unit_cost_minor {i64}, cost_currency {text}, reason {text}, ref {text}, order_id {i64}, line {i64}, shipment_id {i64},"
	" purchase_id {i64}, at_us {i64} NOT NULL, actor {text} NOT NULL){strict}",
	"CREATE INDEX ix_movement_product ON movement (product_id, id)",
	"CREATE INDEX ix_movement_cost ON movement (product_id, id) WHERE unit_cost_minor IS NOT NULL",
	APPEND_ONLY("movement"),

	/* Carts. */
	"CREATE TABLE cart (" ID ", customer_id {i64} REFERENCES customer (id), status {text} NOT NULL DEFAULT 'active',"
	" currency {text} NOT NULL, ship_to {json}, " VERSION "){strict}",
	"CREATE INDEX ix_cart_status ON cart (status, updated_us, id)",
	"CREATE INDEX ix_cart_customer ON cart (customer_id, id) WHERE customer_id IS NOT NULL",
	"CREATE TABLE cart_line (cart_id {i64} NOT NULL REFERENCES cart (id), product_id {i64} NOT NULL REFERENCES product (id),"
	" n {i64} NOT NULL, qty {i64} NOT NULL CHECK (qty > 0), price_minor {i64} CHECK (price_minor >= 0),"
	" CONSTRAINT pk_cart_line PRIMARY KEY (cart_id, product_id)){strictrow}",
	"CREATE TABLE hold (product_id {i64} NOT NULL, location_id {i64} NOT NULL, cart_id {i64} NOT NULL REFERENCES cart (id),"
	" qty {i64} NOT NULL CHECK (qty > 0), expires_us {i64} NOT NULL,"
	" CONSTRAINT pk_hold PRIMARY KEY (product_id, location_id, cart_id)){strictrow}",
	"CREATE INDEX ix_hold_cart ON hold (cart_id)",
	"CREATE INDEX ix_hold_expires ON hold (expires_us)",

	/* Orders. */
	"CREATE TABLE orders (" ID ", cart_id {i64} REFERENCES cart (id), customer_id {i64} REFERENCES customer (id),"
	" reference {text}, status {text} NOT NULL, payment_status {text} NOT NULL, fulfillment_status {text} NOT NULL,"
	" return_status {text} NOT NULL DEFAULT 'none', backordered {i64} NOT NULL DEFAULT 0 CHECK (backordered IN (0, 1)),"
	" held {i64} NOT NULL DEFAULT 0 CHECK (held >= 0), currency {text} NOT NULL, subtotal_minor {i64} NOT NULL,"
	" discount_minor {i64} NOT NULL DEFAULT 0, shipping_minor {i64} NOT NULL DEFAULT 0, tax_minor {i64} NOT NULL DEFAULT 0,"
	" total_minor {i64} NOT NULL CHECK (total_minor >= 0), due_minor {i64} NOT NULL CHECK (due_minor >= 0),"
	" rounding {text} NOT NULL DEFAULT 'line', pay_later {i64} NOT NULL CHECK (pay_later IN (0, 1)), pay_by_us {i64} NOT NULL,"
	" ship_to {json}, cancel_reason {text}, placed_us {i64} NOT NULL, confirmed_us {i64}, closed_us {i64}, " VERSION ","
	" CONSTRAINT ck_orders_total CHECK (total_minor = subtotal_minor - discount_minor + shipping_minor + tax_minor)){strict}",
	"CREATE UNIQUE INDEX uq_orders_cart_id ON orders (cart_id) WHERE cart_id IS NOT NULL",
	"CREATE UNIQUE INDEX uq_orders_reference ON orders (reference) WHERE reference IS NOT NULL",
	"CREATE INDEX ix_orders_status ON orders (status, id)",
	"CREATE INDEX ix_orders_placed ON orders (placed_us, id)",
	"CREATE INDEX ix_orders_payment ON orders (payment_status, id)",
	"CREATE INDEX ix_orders_fulfillment ON orders (fulfillment_status, id)",
	"CREATE INDEX ix_orders_customer ON orders (customer_id, id) WHERE customer_id IS NOT NULL",
	"CREATE TABLE order_line (order_id {i64} NOT NULL REFERENCES orders (id), n {i64} NOT NULL,"
	" product_id {i64} NOT NULL REFERENCES product (id), sku {text} NOT NULL, title {text} NOT NULL,"
	" tax_class {text} NOT NULL, tracked {i64} NOT NULL CHECK (tracked IN (0, 1)), qty_scale {i64} NOT NULL,"
	" unit_minor {i64} NOT NULL CHECK (unit_minor >= 0), cost_minor {i64},"
	" qty {i64} NOT NULL CHECK (qty > 0), allocated {i64} NOT NULL DEFAULT 0 CHECK (allocated >= 0),"
	" backordered {i64} NOT NULL DEFAULT 0 CHECK (backordered >= 0), shipped {i64} NOT NULL DEFAULT 0 CHECK (shipped >= 0),"
	" delivered {i64} NOT NULL DEFAULT 0 CHECK (delivered BETWEEN 0 AND shipped),"
	" canceled {i64} NOT NULL DEFAULT 0 CHECK (canceled >= 0), short {i64} NOT NULL DEFAULT 0 CHECK (short >= 0),"
	" subtotal_minor {i64} NOT NULL, discount_minor {i64} NOT NULL DEFAULT 0, tax_minor {i64} NOT NULL DEFAULT 0,"
	" total_minor {i64} NOT NULL, CONSTRAINT pk_order_line PRIMARY KEY (order_id, n),"
	" CONSTRAINT ck_order_line_qty CHECK (qty = allocated + backordered + shipped + canceled + short),"
	" CONSTRAINT ck_order_line_total CHECK (total_minor = subtotal_minor - discount_minor + tax_minor)){strictrow}",
	"CREATE INDEX ix_order_line_product ON order_line (product_id, order_id)",
	"CREATE TABLE order_hold (order_id {i64} NOT NULL REFERENCES orders (id), n {i64} NOT NULL, reason {text} NOT NULL,"
	" note {text}, placed_us {i64} NOT NULL, actor {text} NOT NULL, released_us {i64},"
	" CONSTRAINT pk_order_hold PRIMARY KEY (order_id, n)){strictrow}",
	/* Units promised to a line at a place; in_shipment of them already in an open shipment. */
	"CREATE TABLE allocation (order_id {i64} NOT NULL, line {i64} NOT NULL, location_id {i64} NOT NULL REFERENCES location (id),"
	" qty {i64} NOT NULL CHECK (qty > 0), in_shipment {i64} NOT NULL DEFAULT 0 CHECK (in_shipment BETWEEN 0 AND qty),"
	" CONSTRAINT pk_allocation PRIMARY KEY (order_id, line, location_id),"
	" CONSTRAINT fk_allocation_line FOREIGN KEY (order_id, line) REFERENCES order_line (order_id, n)){strictrow}",

	/* Money. */
	"CREATE TABLE payment (" ID ", order_id {i64} NOT NULL REFERENCES orders (id), status {text} NOT NULL,"
	" driver {text} NOT NULL, token {text}, currency {text} NOT NULL, amount_minor {i64} NOT NULL CHECK (amount_minor > 0),"
	" authorized_minor {i64} NOT NULL DEFAULT 0 CHECK (authorized_minor >= 0),"
	" captured_minor {i64} NOT NULL DEFAULT 0 CHECK (captured_minor BETWEEN 0 AND authorized_minor),"
	" refunded_minor {i64} NOT NULL DEFAULT 0 CHECK (refunded_minor BETWEEN 0 AND captured_minor),"
	" voided_minor {i64} NOT NULL DEFAULT 0 CHECK (voided_minor BETWEEN 0 AND authorized_minor - captured_minor),"
	" authorized_until_us {i64}, " VERSION "){strict}",
	"CREATE INDEX ix_payment_order ON payment (order_id, id)",
	"CREATE INDEX ix_payment_open ON payment (status, id)"
	" WHERE status = 'requires_payment_method' OR status = 'processing' OR status = 'requires_capture'",
	"CREATE TABLE payment_op (payment_id {i64} NOT NULL REFERENCES payment (id), n {i64} NOT NULL,"
	" kind {text} NOT NULL CHECK (kind = 'authorize' OR kind = 'capture' OR kind = 'void' OR kind = 'refund'), status {text} NOT NULL,"
	" amount_minor {i64} NOT NULL CHECK (amount_minor > 0), key {text} NOT NULL, provider_ref {text}, message {text}, ref {text},"
	" calls {i64} NOT NULL DEFAULT 0, created_us {i64} NOT NULL, sent_us {i64}, settled_us {i64},"
	" CONSTRAINT pk_payment_op PRIMARY KEY (payment_id, n)){strictrow}",
	"CREATE UNIQUE INDEX uq_payment_op_key ON payment_op (key)",
	"CREATE INDEX ix_payment_op_open ON payment_op (status, payment_id) WHERE status IN ('sent', 'pending', 'unknown')",
	/* Captures that failed are few and wanted at once. */
	"CREATE INDEX ix_payment_op_capture_failed ON payment_op (payment_id, n) WHERE kind = 'capture' AND status = 'failed'",
	"CREATE TABLE ledger (id {i64} PRIMARY KEY, entry {i64} NOT NULL, account {text} NOT NULL, currency {text} NOT NULL,"
	" amount_minor {i64} NOT NULL CHECK (amount_minor <> 0), order_id {i64} NOT NULL, payment_id {i64} NOT NULL,"
	" at_us {i64} NOT NULL){strict}",
	"CREATE INDEX ix_ledger_order ON ledger (order_id, account)",
	APPEND_ONLY("ledger"),

	/* Goods out. */
	"CREATE TABLE shipment (" ID ", order_id {i64} NOT NULL REFERENCES orders (id),"
	" location_id {i64} NOT NULL REFERENCES location (id), status {text} NOT NULL, carrier {text}, service {text},"
	" tracking {text}, tracking_status {text} NOT NULL DEFAULT 'unknown', label {text} NOT NULL DEFAULT 'none',"
	" shipped_us {i64}, delivered_us {i64}, " VERSION "){strict}",
	"CREATE INDEX ix_shipment_order ON shipment (order_id, id)",
	"CREATE INDEX ix_shipment_status ON shipment (status, id)",
	"CREATE TABLE shipment_line (shipment_id {i64} NOT NULL REFERENCES shipment (id), order_id {i64} NOT NULL,"
	" line {i64} NOT NULL, qty {i64} NOT NULL CHECK (qty > 0), CONSTRAINT pk_shipment_line PRIMARY KEY (shipment_id, line),"
	" CONSTRAINT fk_shipment_line_line FOREIGN KEY (order_id, line) REFERENCES order_line (order_id, n)){strictrow}",

	/* Shortage and supply. */
	"CREATE TABLE purchase (" ID ", supplier_id {i64} NOT NULL REFERENCES supplier (id),"
	" location_id {i64} NOT NULL REFERENCES location (id), status {text} NOT NULL, currency {text} NOT NULL, eta_us {i64},"
	" submitted_us {i64}, closed_us {i64}, " VERSION "){strict}",
	"CREATE INDEX ix_purchase_supplier ON purchase (supplier_id, status)",
	"CREATE TABLE purchase_line (purchase_id {i64} NOT NULL REFERENCES purchase (id), n {i64} NOT NULL,"
	" product_id {i64} NOT NULL REFERENCES product (id), ordered {i64} NOT NULL CHECK (ordered > 0),"
	" received {i64} NOT NULL DEFAULT 0 CHECK (received >= 0), closed {i64} NOT NULL DEFAULT 0 CHECK (closed >= 0),"
	" cost_minor {i64}, CONSTRAINT pk_purchase_line PRIMARY KEY (purchase_id, n)){strictrow}",
	"CREATE INDEX ix_purchase_line_product ON purchase_line (product_id)",
	"CREATE TABLE backorder (" ID ", order_id {i64} NOT NULL, line {i64} NOT NULL,"
	" product_id {i64} NOT NULL REFERENCES product (id), location_id {i64} NOT NULL REFERENCES location (id),"
	" status {text} NOT NULL, qty {i64} NOT NULL CHECK (qty > 0),"
	" allocated {i64} NOT NULL DEFAULT 0 CHECK (allocated >= 0), canceled {i64} NOT NULL DEFAULT 0 CHECK (canceled >= 0),"
	" promised_us {i64}, purchase_id {i64} REFERENCES purchase (id), placed_us {i64} NOT NULL, " VERSION ","
	" CONSTRAINT ck_backorder_qty CHECK (allocated + canceled <= qty),"
	" CONSTRAINT fk_backorder_line FOREIGN KEY (order_id, line) REFERENCES order_line (order_id, n)){strict}",
	"CREATE INDEX ix_backorder_waiting ON backorder (product_id, placed_us, id)"
	" WHERE status IN ('open', 'sourced', 'partially_allocated')",
	"CREATE INDEX ix_backorder_open ON backorder (placed_us, id)"
	" WHERE status IN ('open', 'sourced', 'partially_allocated', 'allocated')",
	"CREATE INDEX ix_backorder_order ON backorder (order_id, line)",

	/* Work. A job is an outside call to make, or an event whose reaction failed ("parked"). */
	"CREATE TABLE consumer (name {text} PRIMARY KEY, cursor {i64} NOT NULL, updated_us {i64} NOT NULL){strictrow}",
	"CREATE TABLE job (" ID ", queue {text} NOT NULL, kind {text} NOT NULL, subject {text} NOT NULL, event_seq {i64},"
	" target_id {i64}, target_n {i64}, state {text} NOT NULL"
	" CHECK (state = 'ready' OR state = 'leased' OR state = 'retry' OR state = 'done' OR state = 'dead' OR state = 'canceled'),"
	" attempt {i64} NOT NULL DEFAULT 0, crashes {i64} NOT NULL DEFAULT 0, fence {i64} NOT NULL DEFAULT 0, owner {text},"
	" lease_boot {text}, lease_until_us {i64}, not_before_us {i64} NOT NULL, last_error {text}, correlation {i64} NOT NULL,"
	" created_us {i64} NOT NULL, done_us {i64}){strict}",
	"CREATE INDEX ix_job_due ON job (not_before_us, id) WHERE state IN ('ready', 'retry', 'leased')",
	"CREATE INDEX ix_job_subject ON job (queue, subject, id) WHERE state IN ('ready', 'retry', 'leased', 'dead')",
	"CREATE UNIQUE INDEX uq_job_target ON job (kind, target_id, target_n) WHERE target_id IS NOT NULL",
	"CREATE UNIQUE INDEX uq_job_parked ON job (queue, event_seq) WHERE kind = 'parked'",
	"CREATE TABLE notification (id {i64} PRIMARY KEY, event_seq {i64} NOT NULL, template {text} NOT NULL,"
	" channel {text} NOT NULL, recipient {text} NOT NULL, subject {text} NOT NULL, body {text} NOT NULL,"
	" status {text} NOT NULL CHECK (status = 'queued' OR status = 'sent' OR status = 'failed' OR status = 'suppressed'),"
	" created_us {i64} NOT NULL,"
	" CONSTRAINT uq_notification_event_template_recipient UNIQUE (event_seq, template, recipient)){strict}",

	/* Guards of the state machines. */
	TRANSITIONS("cart", "cart"),
	TRANSITIONS("order", "orders"),
	TRANSITIONS("payment", "payment"),
	TRANSITIONS("operation", "payment_op"),
	TRANSITIONS("shipment", "shipment"),
	TRANSITIONS("backorder", "backorder"),
	TRANSITIONS("purchase", "purchase"),

#define SHOP_TRANSITION(machine, from, to, by)                                                     \
	"INSERT INTO transition (machine, from_status, to_status) VALUES ('" machine "', '" from "', '" to "')",
#include "store/transition_list.h"
#undef SHOP_TRANSITION
	NULL,
};
