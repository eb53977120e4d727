/*
 * libsmartcols by dlopen: tables cost the commands that draw none nothing.
 */
#ifndef SHOPCTL_OUT_SMARTCOLS_H
#define SHOPCTL_OUT_SMARTCOLS_H

#include "shop/error.h"

#include <libsmartcols/libsmartcols.h>
#include <stddef.h>

/* The functions used, by their own names. */
struct smartcols {
	struct libscols_table *(*scols_new_table)(void);
	void (*scols_unref_table)(struct libscols_table *);
	struct libscols_column *(*scols_table_new_column)(struct libscols_table *, const char *,
							  double, int);
	struct libscols_line *(*scols_table_new_line)(struct libscols_table *,
						      struct libscols_line *);
	int (*scols_line_set_data)(struct libscols_line *, size_t, const char *);
	int (*scols_line_set_color)(struct libscols_line *, const char *);
	struct libscols_cell *(*scols_line_get_cell)(struct libscols_line *, size_t);
	int (*scols_cell_set_color)(struct libscols_cell *, const char *);
	int (*scols_table_enable_noheadings)(struct libscols_table *, int);
	int (*scols_table_enable_colors)(struct libscols_table *, int);
	int (*scols_table_enable_noencoding)(struct libscols_table *, int);
	int (*scols_table_set_termforce)(struct libscols_table *, int);
	int (*scols_table_set_termwidth)(struct libscols_table *, size_t);
	int (*scols_print_table_to_string)(struct libscols_table *, char **);
};

/** Open the library and find its functions. Fails with E_MODULE. */
bool smartcols_open(struct smartcols *ret_functions, struct shop_error *err) SHOP_CHECKED;

#endif
