/** cmocka.h with what it wants included first. */
#ifndef FIELDPROOF_TESTS_GEO_CMOCKA_ALL_H
#define FIELDPROOF_TESTS_GEO_CMOCKA_ALL_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#endif
