/*
 * SQLite's archive names libm for SQL functions, sin() to trunc(), that no statement here uses; to
 * load libm for them is a fourteenth of what a command takes to start. These stand in for it where
 * archives are linked (Makefile, ARCHIVES). Whoever needs one of them in C takes its line out.
 */
#include <glib.h>
#include <math.h>

#define NO_MATH_1(name)                                                                            \
	double name(double x)                                                                      \
	{                                                                                          \
		(void)x;                                                                           \
		g_assert_not_reached();                                                            \
	}

#define NO_MATH_2(name)                                                                            \
	double name(double x, double y)                                                            \
	{                                                                                          \
		(void)x, (void)y;                                                                  \
		g_assert_not_reached();                                                            \
	}

/* clang-format off */
NO_MATH_1(acos) NO_MATH_1(acosh) NO_MATH_1(asin) NO_MATH_1(asinh) NO_MATH_1(atan) NO_MATH_1(atanh)
NO_MATH_1(cos) NO_MATH_1(cosh) NO_MATH_1(sin) NO_MATH_1(sinh) NO_MATH_1(tan) NO_MATH_1(tanh)
NO_MATH_1(exp) NO_MATH_1(log) NO_MATH_1(sqrt) NO_MATH_1(trunc)
NO_MATH_2(atan2) NO_MATH_2(fmod) NO_MATH_2(pow)
	/* clang-format on */
