/*
 * What people and firms have in common: names, e-mail, telephone, country, checked and put in
 * place.
 *
 * In all of these a NULL text leaves the field as it is, and "" clears it.
 */
#ifndef SHOP_DOMAIN_PARTY_H
#define SHOP_DOMAIN_PARTY_H

#include "shop/error.h"

#include <stddef.h>

#define PARTY_PHONE_MAX 40

/** A text of at most `max` code points. Fails with E_TEXT, E_CARD_NUMBER. */
bool party_text(const char *text, const char *field, size_t max, char **to,
		struct shop_error *err) SHOP_CHECKED;

/** A text of at most SHOP_NAME_MAX code points that must be there in the end. Fails with E_TEXT,
 * E_CARD_NUMBER. */
bool party_required(const char *text, const char *field, char **to,
		    struct shop_error *err) SHOP_CHECKED;

/** An e-mail address. Fails with E_INVALID. */
bool party_email(const char *text, char **to, struct shop_error *err) SHOP_CHECKED;

/** A country code. Fails with E_INVALID. */
bool party_country(const char *text, char **to, struct shop_error *err) SHOP_CHECKED;

#endif
