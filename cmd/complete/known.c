/* What the library has a list of: payment methods, carriers, currencies, kinds, views. */
#include "complete/complete_private.h"

#include "shop/payment.h"
#include "shop/query.h"
#include "shop/search.h"
#include "shop/shipment.h"

#include <string.h>

static void offer_methods(struct completion *c)
{
	char *method;

	for (size_t n = 0; (method = shop_payment_method(n)) != NULL; n++) {
		(void)complete_offer(c, CANDIDATE_WORD, method, NULL);
		g_free(method);
	}
}

static void offer_carriers(struct completion *c)
{
	for (const struct shop_carrier *carrier = shop_carriers(); carrier->name != NULL; carrier++)
		(void)complete_offer(c, CANDIDATE_WORD, carrier->name, NULL);
}

static void offer_currencies(struct completion *c)
{
	size_t count;
	const struct shop_currency *currencies = shop_currency_all(&count);

	for (size_t i = 0; i < count; i++)
		(void)complete_offer(c, CANDIDATE_WORD, currencies[i].code, currencies[i].name);
}

/* The zones of the system's table: code, place, name, remark, apart by tabs. */
static void offer_zones(struct completion *c)
{
	char *text = NULL, **lines;

	if (!g_file_get_contents("/usr/share/zoneinfo/zone1970.tab", &text, NULL, NULL))
		return;
	lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line != NULL; line++) {
		char **parts = g_strsplit(*line, "\t", 4);

		if (**line != '#' && g_strv_length(parts) >= 3)
			(void)complete_offer(c, CANDIDATE_WORD, parts[2], parts[3]);
		g_strfreev(parts);
	}
	g_strfreev(lines);
	g_free(text);
}

static void offer_searched(struct completion *c)
{
	const char *kind;

	complete_behind(c, ",");
	for (size_t n = 0; (kind = shop_search_kind(n)) != NULL; n++)
		(void)complete_offer(c, CANDIDATE_WORD, kind, NULL);
}

/* The SQL is one word to the shell: what stands behind its last blank is what is being typed. */
static void offer_views(struct completion *c)
{
	complete_behind(c, " \t\n(,=");
	for (const struct shop_view *view = shop_published_views; view->name != NULL; view++)
		(void)complete_offer(c, CANDIDATE_OPEN, view->name, view->doc);
}

void complete_known(struct completion *c, enum arg_hint hint)
{
	switch (hint) {
	case HINT_METHOD:
		offer_methods(c);
		break;
	case HINT_CARRIER:
		offer_carriers(c);
		break;
	case HINT_CURRENCY:
		offer_currencies(c);
		break;
	case HINT_ZONE:
		offer_zones(c);
		break;
	case HINT_SEARCHED:
		offer_searched(c);
		break;
	case HINT_SQL:
		offer_views(c);
		break;
	default:
		break;
	}
}
