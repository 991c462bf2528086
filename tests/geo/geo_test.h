/** cmocka with what it wants included first, and a comparison of doubles. */
#ifndef FIELDPROOF_TESTS_GEO_GEO_TEST_H
#define FIELDPROOF_TESTS_GEO_GEO_TEST_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/** cmocka's assert_float_equal() compares floats: of 20,000 km it sees two metres at best. */
#define assert_near(actual, expected, tolerance)                                                   \
    do {                                                                                           \
        double actual_ = (actual);                                                                 \
        double expected_ = (expected);                                                             \
                                                                                                   \
        if (!(fabs(actual_ - expected_) <= (tolerance)))                                           \
            fail_msg("%s is %.12g, not %.12g", #actual, actual_, expected_);                       \
    } while (0)

#endif
