/*
 * What customers hear of: one rendered message per (event, template, recipient) in the outbox,
 * never two. Sending is another step. Without an address the message is kept as suppressed, so that
 * staff can see it.
 */
#include "worker/consumers.h"

#include "shop/money.h"
#include "shop/quantity.h"
#include "shop/text.h"
#include "shop/times.h"
#include "store/db.h"

#include <jansson.h>

/* A message being written. */
struct letter {
	const char *template;
	int64_t order_id;
	char order[SHOP_ID_TEXT];
	char *email; /* NULL = none */
	char *name;  /* NULL = a guest */
	char *currency;
	GString *body;
};

#define AUTO_LETTER SHOP_CLEANUP(letter_done)

static void letter_done(struct letter *letter)
{
	g_free(letter->email);
	g_free(letter->name);
	g_free(letter->currency);
	if (letter->body != NULL)
		g_string_free(letter->body, TRUE);
	*letter = (struct letter){0};
}

static bool begin(struct shop_store *store, struct letter *letter, const char *template,
		  int64_t order_id, struct shop_error *err)
{
	static const char sql[] = "SELECT c.email, c.name, o.currency FROM orders o"
				  " LEFT JOIN customer c ON c.id = o.customer_id WHERE o.id = $1";
	AUTO_QUERY struct db_query q = {0};

	letter->template = template;
	letter->order_id = order_id;
	shop_id_format(SHOP_ID_ORDER, order_id, letter->order);
	letter->body = g_string_new(NULL);
	if (!db_query(&q, store, sql, "d", err, order_id))
		return false;
	if (db_next(&q)) {
		letter->email = db_text_dup(&q, 0);
		letter->name = db_text_dup(&q, 1);
		letter->currency = db_text_dup(&q, 2);
	}
	if (letter->name != NULL)
		g_string_append_printf(letter->body, "Dear %s,\n\n", letter->name);
	else
		g_string_append(letter->body, "Hello,\n\n");
	return db_done(&q, err);
}

static bool tell(struct shop_store *store, const struct letter *letter,
		 const struct shop_event *event, struct shop_error *err)
{
	AUTO_EVENT struct shop_event_draft e = {0};

	shop_event_begin(&e,
			 letter->email == NULL ? "notification.suppressed" : "notification.queued",
			 SHOP_ID_ORDER, letter->order_id);
	shop_json_id(&e.json, "event", SHOP_ID_EVENT, event->seq);
	shop_json_text(&e.json, "template", letter->template);
	shop_json_text(&e.json, "channel", "email");
	return shop_event_append(store, &e, err);
}

static bool send(struct shop_store *store, const struct letter *letter, const char *subject,
		 const struct shop_event *event, struct shop_error *err)
{
	static const char sql[] =
		"INSERT INTO notification (id, event_seq, template, channel, recipient, subject, "
		"body,"
		" status, created_us) VALUES ((SELECT COALESCE(max(id), 0) + 1 FROM notification),"
		" $1, $2, 'email', $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
	const bool known = letter->email != NULL;
	bool inserted;

	if (!db_change(store, &inserted, sql, "dttttti", err, event->seq, letter->template,
		       known ? letter->email : "", subject, letter->body->str,
		       known ? "queued" : "suppressed", shop_store_context(store)->now_us))
		return false;
	return !inserted || tell(store, letter, event, err);
}

static void append_line(GString *body, int64_t qty, int64_t scale, const char *title)
{
	char text[SHOP_QUANTITY_TEXT];

	g_string_append_printf(body, "  %s x %s\n", shop_quantity_format(qty, (int)scale, text),
			       title);
}

/* Lines of a query: quantity, scale, title. */
static bool append_lines(struct shop_store *store, GString *body, const char *sql, int64_t id,
			 struct shop_error *err)
{
	AUTO_QUERY struct db_query q = {0};

	if (!db_query(&q, store, sql, "d", err, id))
		return false;
	while (db_next(&q))
		append_line(body, db_int(&q, 0), db_int(&q, 1), db_text(&q, 2));
	return db_done(&q, err);
}

static bool append_waiting(struct shop_store *store, const struct letter *letter,
			   struct shop_error *err)
{
	static const char sql[] = "SELECT backordered, qty_scale, title FROM order_line"
				  " WHERE order_id = $1 AND backordered > 0 ORDER BY n";
	const size_t before = letter->body->len;

	g_string_append(letter->body, "\nThese follow as soon as they are in stock:\n");
	if (!append_lines(store, letter->body, sql, letter->order_id, err))
		return false;
	if (g_str_has_suffix(letter->body->str, "stock:\n"))
		g_string_truncate(letter->body, before);
	return true;
}

static bool append_total(struct shop_store *store, const struct letter *letter,
			 struct shop_error *err)
{
	static const char sql[] = "SELECT total_minor FROM orders WHERE id = $1";
	char text[SHOP_MONEY_TEXT];
	int64_t total;

	if (!db_get(store, &total, sql, "d", err, letter->order_id))
		return false;
	g_string_append_printf(
		letter->body, "\nTotal: %s\n",
		shop_money_format_full(shop_money_of(total, letter->currency), text));
	return true;
}

static bool order_by(struct shop_store *store, const char *subject, enum shop_id_type type,
		     const char *sql, int64_t *ret_id, int64_t *ret_order_id,
		     struct shop_error *err)
{
	if (!shop_id_parse(subject, type, ret_id, err) ||
	    !db_get(store, ret_order_id, sql, "d", err, *ret_id))
		return false;
	return *ret_order_id != SHOP_NULL || shop_fail(err, E_NOT_FOUND, "no %s", subject);
}

bool notify_order_placed(struct shop_store *store, const struct shop_event *event,
			 struct shop_error *err)
{
	static const char lines[] =
		"SELECT qty, qty_scale, title FROM order_line WHERE order_id = $1 ORDER BY n";
	AUTO_LETTER struct letter letter = {0};
	AUTO_TEXT char *subject = NULL;
	int64_t id;

	if (!shop_id_parse(event->subject, SHOP_ID_ORDER, &id, err) ||
	    !begin(store, &letter, "order_confirmation", id, err))
		return false;
	subject = g_strdup_printf("We have your order %s", letter.order);
	g_string_append(letter.body, "thank you for your order:\n\n");
	return append_lines(store, letter.body, lines, id, err) &&
	       append_waiting(store, &letter, err) && append_total(store, &letter, err) &&
	       send(store, &letter, subject, event, err);
}

static bool append_tracking(struct shop_store *store, const struct letter *letter, int64_t id,
			    struct shop_error *err)
{
	static const char sql[] = "SELECT carrier, tracking FROM shipment WHERE id = $1";
	AUTO_QUERY struct db_query q = {0};

	if (!db_query(&q, store, sql, "d", err, id))
		return false;
	if (db_next(&q) && db_text(&q, 1) != NULL)
		g_string_append_printf(letter->body, "\nTracking: %s %s\n",
				       db_text(&q, 0) == NULL ? "" : db_text(&q, 0),
				       db_text(&q, 1));
	return db_done(&q, err);
}

bool notify_shipment_shipped(struct shop_store *store, const struct shop_event *event,
			     struct shop_error *err)
{
	static const char order[] = "SELECT order_id FROM shipment WHERE id = $1";
	static const char lines[] = "SELECT s.qty, l.qty_scale, l.title FROM shipment_line s"
				    " JOIN order_line l ON l.order_id = s.order_id AND l.n = s.line"
				    " WHERE s.shipment_id = $1 ORDER BY s.line";
	AUTO_LETTER struct letter letter = {0};
	AUTO_TEXT char *subject = NULL;
	int64_t order_id;
	int64_t id;

	if (!order_by(store, event->subject, SHOP_ID_SHIPMENT, order, &id, &order_id, err) ||
	    !begin(store, &letter, "shipment_shipped", order_id, err))
		return false;
	subject = g_strdup_printf("Your order %s is on its way", letter.order);
	g_string_append(letter.body, "these have left us:\n\n");
	return append_lines(store, letter.body, lines, id, err) &&
	       append_waiting(store, &letter, err) && append_tracking(store, &letter, id, err) &&
	       send(store, &letter, subject, event, err);
}

bool notify_order_canceled(struct shop_store *store, const struct shop_event *event,
			   struct shop_error *err)
{
	AUTO_LETTER struct letter letter = {0};
	AUTO_TEXT char *subject = NULL;
	int64_t id;

	if (!shop_id_parse(event->subject, SHOP_ID_ORDER, &id, err) ||
	    !begin(store, &letter, "order_canceled", id, err))
		return false;
	subject = g_strdup_printf("Your order %s was canceled", letter.order);
	g_string_append_printf(
		letter.body, "your order %s was canceled. What you have paid comes back to you.\n",
		letter.order);
	return send(store, &letter, subject, event, err);
}

static bool append_promise(struct shop_store *store, const struct letter *letter, int64_t id,
			   struct shop_error *err)
{
	static const char lines[] =
		"SELECT b.qty - b.allocated - b.canceled, l.qty_scale, l.title FROM backorder b"
		" JOIN order_line l ON l.order_id = b.order_id AND l.n = b.line WHERE b.id = $1";
	static const char promised[] = "SELECT promised_us FROM backorder WHERE id = $1";
	char text[SHOP_TIME_TEXT];
	int64_t at_us;

	if (!append_lines(store, letter->body, lines, id, err) ||
	    !db_get(store, &at_us, promised, "d", err, id))
		return false;
	if (at_us == SHOP_NULL)
		g_string_append(letter->body, "\nWe do not know yet when they come.\n");
	else
		g_string_append_printf(letter->body, "\nWe expect them on %.10s.\n",
				       shop_time_format_utc(at_us, text));
	return true;
}

bool notify_backorder_delayed(struct shop_store *store, const struct shop_event *event,
			      struct shop_error *err)
{
	static const char order[] = "SELECT order_id FROM backorder WHERE id = $1";
	AUTO_LETTER struct letter letter = {0};
	AUTO_TEXT char *subject = NULL;
	int64_t order_id;
	int64_t id;

	if (!order_by(store, event->subject, SHOP_ID_BACKORDER, order, &id, &order_id, err) ||
	    !begin(store, &letter, "backorder_delayed", order_id, err))
		return false;
	subject = g_strdup_printf("Your order %s is late", letter.order);
	g_string_append(letter.body, "we are sorry, these take longer than we said:\n\n");
	return append_promise(store, &letter, id, err) && send(store, &letter, subject, event, err);
}

/* The final failure cancels the order, and that is what the customer hears then. */
bool notify_payment_failed(struct shop_store *store, const struct shop_event *event,
			   struct shop_error *err)
{
	static const char order[] = "SELECT order_id FROM payment WHERE id = $1";
	AUTO_LETTER struct letter letter = {0};
	AUTO_TEXT char *subject = NULL;
	json_t *data = json_loads(event->payload, 0, NULL);
	const bool final = json_is_true(json_object_get(data, "final"));
	int64_t order_id;
	int64_t id;

	json_decref(data);
	if (final)
		return true;
	if (!order_by(store, event->subject, SHOP_ID_PAYMENT, order, &id, &order_id, err) ||
	    !begin(store, &letter, "payment_failed", order_id, err))
		return false;
	subject = g_strdup_printf("The payment of your order %s failed", letter.order);
	g_string_append(letter.body,
			"your payment was declined. We keep your order for a while: please try\n"
			"another way to pay.\n");
	return append_total(store, &letter, err) && send(store, &letter, subject, event, err);
}

bool notify_payment_refunded(struct shop_store *store, const struct shop_event *event,
			     struct shop_error *err)
{
	static const char order[] = "SELECT order_id FROM payment WHERE id = $1";
	AUTO_LETTER struct letter letter = {0};
	AUTO_TEXT char *subject = NULL;
	char text[SHOP_MONEY_TEXT];
	json_t *data = json_loads(event->payload, 0, NULL);
	const int64_t amount =
		json_integer_value(json_object_get(json_object_get(data, "amount"), "minor"));
	int64_t order_id;
	int64_t id;

	json_decref(data);
	if (!order_by(store, event->subject, SHOP_ID_PAYMENT, order, &id, &order_id, err) ||
	    !begin(store, &letter, "payment_refunded", order_id, err))
		return false;
	subject = g_strdup_printf("Your refund for order %s", letter.order);
	g_string_append_printf(
		letter.body, "%s are on their way back to you.\n",
		shop_money_format_full(shop_money_of(amount, letter.currency), text));
	return send(store, &letter, subject, event, err);
}
