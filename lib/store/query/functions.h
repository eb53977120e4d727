/* The SQL functions strangers may call. */
#ifndef SHOP_STORE_QUERY_FUNCTIONS_H
#define SHOP_STORE_QUERY_FUNCTIONS_H

#include <stdbool.h>

/** Whether a function of this name is on the list. */
bool query_function_is_allowed(const char *name);

#endif
