/*
 * Finding libsmartcols and its functions at run time.
 */
#include "out/smartcols.h"

#include <dlfcn.h>
#include <locale.h>
#include <string.h>

#define FUNCTION(name)                                                                             \
	{                                                                                          \
#name, offsetof(struct smartcols, name)                                            \
	}

static const struct {
	const char *name;
	size_t offset;
} functions[] = {
	FUNCTION(scols_new_table),
	FUNCTION(scols_unref_table),
	FUNCTION(scols_table_new_column),
	FUNCTION(scols_table_new_line),
	FUNCTION(scols_line_set_data),
	FUNCTION(scols_line_set_color),
	FUNCTION(scols_line_get_cell),
	FUNCTION(scols_cell_set_color),
	FUNCTION(scols_table_enable_noheadings),
	FUNCTION(scols_table_enable_colors),
	FUNCTION(scols_table_enable_noencoding),
	FUNCTION(scols_table_set_termforce),
	FUNCTION(scols_table_set_termwidth),
	FUNCTION(scols_print_table_to_string),
};

bool smartcols_open(struct smartcols *ret_functions, struct shop_error *err)
{
	void *library = dlopen("libsmartcols.so.1", RTLD_LAZY | RTLD_LOCAL);
	size_t i;

	if (library == NULL) {
		shop_fail(err, E_MODULE,
			  "tables need the package libsmartcols1, or take another -o format");
		return shop_fail_because(err, "%s", dlerror());
	}
	for (i = 0; i < sizeof(functions) / sizeof(functions[0]); i++) {
		void *function = dlsym(library, functions[i].name);

		if (function == NULL)
			return shop_fail(err, E_MODULE,
					 "the package libsmartcols1 is too old: no %s",
					 functions[i].name);
		/* POSIX has an object pointer hold a function's; ISO C wants the bytes copied. */
		memcpy((char *)ret_functions + functions[i].offset, &function, sizeof(function));
	}
	/* Widths of UTF-8 text: our text is always UTF-8, whatever the terminal's locale. */
	(void)setlocale(LC_CTYPE, "C.UTF-8");
	return true;
}
