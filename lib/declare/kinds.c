/*
 * The table of kinds. A new kind is a file with its fields and its domain calls, and one line here.
 */
#include "declare/declare_run.h"

#include <string.h>

static const struct declare_kind *const kinds[] = {
	&declare_location,
	&declare_supplier,
	&declare_customer,
	&declare_product,
	&declare_price,
	&declare_stock,
	NULL,
};

const char *const shop_declare_kinds[] = {
	"location", "supplier", "customer", "product", "price", "stock", NULL,
};

const struct declare_kind *const *declare_kinds(void)
{
	return kinds;
}

size_t declare_kind_place(const struct declare_kind *kind)
{
	size_t i = 0;

	while (kinds[i] != kind)
		i++;
	return i;
}

const struct declare_kind *declare_kind_find(const char *name)
{
	for (size_t i = 0; kinds[i] != NULL; i++) {
		size_t length = strlen(kinds[i]->name);

		if (strncmp(kinds[i]->name, name, length) == 0 &&
		    (name[length] == '\0' || strcmp(name + length, "s") == 0))
			return kinds[i];
	}
	return NULL;
}

int declare_field_find(const struct declare_kind *kind, const char *name)
{
	for (size_t i = 0; i < kind->count; i++)
		if (strcmp(kind->fields[i].name, name) == 0)
			return (int)i;
	return -1;
}

bool declare_kind_unknown(const char *name, struct shop_error *err)
{
	const char *near =
		shop_text_nearest(name, shop_declare_kinds, G_N_ELEMENTS(shop_declare_kinds) - 1);
	AUTO_TEXT char *all = g_strjoinv(", ", (char **)(uintptr_t)shop_declare_kinds);

	if (near != NULL)
		shop_fail(err, E_VALUE, "no kind \"%.40s\", did you mean %s?", name, near);
	else
		shop_fail(err, E_VALUE, "no kind \"%.40s\"; there are %s", name, all);
	return shop_fail_field(err, "kind");
}

void shop_declare_describe(GString *to)
{
	g_string_append(
		to,
		"Kinds and their fields (* names the object, ! is said only when it is made):\n");
	for (size_t i = 0; kinds[i] != NULL; i++) {
		size_t from = to->len;

		g_string_append_printf(to, "  %-9s", kinds[i]->name);
		for (size_t f = 0; f < kinds[i]->count; f++) {
			const struct declare_field *field = &kinds[i]->fields[f];

			if (to->len - from > 80) {
				g_string_append(to, "\n           ");
				from = to->len - 11;
			}
			g_string_append_printf(to, " %s%s", field->name,
					       field->flags & DECLARE_KEY     ? "*"
					       : field->flags & DECLARE_FIXED ? "!"
									      : "");
		}
		g_string_append_c(to, '\n');
	}
}
