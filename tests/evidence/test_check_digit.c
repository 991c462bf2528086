#include "checks.h"

#include "evidence/check_digit.h"

#include <string.h>

struct example {
    const char *symbology;
    const char *value;
    enum evidence_check expected;
    char expected_digit; /* for EVIDENCE_CHECK_WRONG */
};

static void check(const struct example *example)
{
    struct evidence_check_digits digits = {'x', 'x'};
    enum evidence_check result = evidence_check_scan(example->symbology, example->value, &digits);

    if (result != example->expected)
        fail_msg("%s %s: %d, not %d", example->symbology, example->value, (int)result,
                 (int)example->expected);
    if (result == EVIDENCE_CHECK_WRONG)
        assert_int_equal(digits.expected, example->expected_digit);
    else
        assert_int_equal(digits.expected, 'x');
}

#define CHECK_ALL(examples)                                                                        \
    for (size_t i = 0; i < sizeof(examples) / sizeof((examples)[0]); i++)                          \
    check(&(examples)[i])

/* 4006381333931, 73513537, 036000291452: Wikipedia's "International Article Number" and "Universal
 * Product Code"; 15400141288763: its "ITF-14". */
static void test_retail_codes__are_checked(void **state)
{
    static const struct example examples[] = {
        {"ean_13", "4006381333931", EVIDENCE_CHECK_RIGHT, 0},
        {"ean_13", "4006381333932", EVIDENCE_CHECK_WRONG, '1'},
        {"ean_13", "4006381333913", EVIDENCE_CHECK_WRONG, '7'},
        {"ean_13", "036000291452", EVIDENCE_CHECK_RIGHT, 0}, /* its leading zero dropped */
        {"ean_13", "40063813339311", EVIDENCE_CHECK_MALFORMED, 0},
        {"ean_13", "40063813339", EVIDENCE_CHECK_MALFORMED, 0},
        {"ean_13", "400638133393X", EVIDENCE_CHECK_MALFORMED, 0},
        {"ean_13", "", EVIDENCE_CHECK_MALFORMED, 0},
        {"ean_13", "４００６３８１", EVIDENCE_CHECK_MALFORMED, 0},
        {"ean_8", "73513537", EVIDENCE_CHECK_RIGHT, 0},
        {"ean_8", "73513536", EVIDENCE_CHECK_WRONG, '7'},
        {"ean_8", "7351353", EVIDENCE_CHECK_MALFORMED, 0},
        {"upc_a", "036000291452", EVIDENCE_CHECK_RIGHT, 0},
        {"upc_a", "0036000291452", EVIDENCE_CHECK_RIGHT, 0},
        {"upc_a", "036000291450", EVIDENCE_CHECK_WRONG, '2'},
        {"itf_14", "15400141288763", EVIDENCE_CHECK_RIGHT, 0},
        {"itf_14", "15400141288764", EVIDENCE_CHECK_WRONG, '3'},
        {"itf_14", "1540014128876", EVIDENCE_CHECK_MALFORMED, 0},
        {"itf", "15400141288763", EVIDENCE_CHECK_RIGHT, 0},
        {"itf", "15400141288760", EVIDENCE_CHECK_WRONG, '3'},
        {"itf", "123456", EVIDENCE_CHECK_NONE, 0},
        {"itf", "12345A", EVIDENCE_CHECK_MALFORMED, 0},
        {"itf", "", EVIDENCE_CHECK_MALFORMED, 0},
    };

    (void)state;
    CHECK_ALL(examples);
}

/* One for each way in which UPC-E leaves out zeros. Each is the short form of the UPC-A beside it,
 * and has that one's check digit. */
static void test_upc_e__is_checked_as_the_upc_a_it_stands_for(void **state)
{
    static const char *const pairs[][2] = {
        {"01234505", "012000003455"}, {"04252614", "042100005264"}, {"01234523", "012200003453"},
        {"01234531", "012300000451"}, {"01234543", "012340000053"}, {"01234558", "012345000058"},
        {"01234565", "012345000065"}, {"01234590", "012345000096"}, {"11234562", "112345000062"},
    };
    struct evidence_check_digits digits = {0};

    (void)state;
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
        char expected = evidence_check_digit_of(pairs[i][1], 11);
        char value[9];

        memcpy(value, pairs[i][0], sizeof(value));
        value[7] = expected;
        assert_int_equal(evidence_check_scan("upc_e", value, &digits), EVIDENCE_CHECK_RIGHT);
        value[7] = expected == '9' ? '0' : (char)(expected + 1);
        assert_int_equal(evidence_check_scan("upc_e", value, &digits), EVIDENCE_CHECK_WRONG);
        assert_int_equal(digits.expected, expected);
        assert_int_equal(digits.found, value[7]);
    }
}

static void test_upc_e__without_its_check_digit_is_not_checked(void **state)
{
    static const struct example examples[] = {
        {"upc_e", "04252614", EVIDENCE_CHECK_RIGHT, 0},
        {"upc_e", "04252613", EVIDENCE_CHECK_WRONG, '4'},
        {"upc_e", "425261", EVIDENCE_CHECK_NONE, 0},
        {"upc_e", "0425261", EVIDENCE_CHECK_NONE, 0},
        {"upc_e", "042100005264", EVIDENCE_CHECK_RIGHT, 0},
        {"upc_e", "24252614", EVIDENCE_CHECK_MALFORMED, 0},
        {"upc_e", "42526", EVIDENCE_CHECK_MALFORMED, 0},
        {"upc_e", "042526140", EVIDENCE_CHECK_MALFORMED, 0},
        {"upc_e", "0425261A", EVIDENCE_CHECK_MALFORMED, 0},
    };

    (void)state;
    CHECK_ALL(examples);
}

/* 09506000134352 is GS1's own sample product; 106141412345678908 its sample SSCC. */
static void test_gs1_elements__are_checked(void **state)
{
    static const struct example examples[] = {
        {"sscc", "106141412345678908", EVIDENCE_CHECK_RIGHT, 0},
        {"sscc", "106141412345678907", EVIDENCE_CHECK_WRONG, '8'},
        {"sscc", "10614141234567890", EVIDENCE_CHECK_MALFORMED, 0},
        {"gs1_128", "0109506000134352", EVIDENCE_CHECK_RIGHT, 0},
        {"gs1_128", "0109506000134353", EVIDENCE_CHECK_WRONG, '2'},
        {"gs1_128", "00106141412345678908", EVIDENCE_CHECK_RIGHT, 0},
        {"gs1_128", "01095060001343", EVIDENCE_CHECK_MALFORMED, 0},
        {"gs1_128", "A1", EVIDENCE_CHECK_MALFORMED, 0},
        {"gs1_128", "1", EVIDENCE_CHECK_MALFORMED, 0},
        {"gs1_128", "", EVIDENCE_CHECK_NONE, 0},
        {"gs1_128", "10LOT7", EVIDENCE_CHECK_NONE, 0},
        /* After a date of fixed length, and after a lot that FNC1 ends. */
        {"gs1_128", "172610310109506000134352", EVIDENCE_CHECK_RIGHT, 0},
        {"gs1_128", "172610310109506000134350", EVIDENCE_CHECK_WRONG, '2'},
        {"gs1_128",
         "10LOT7\x1D"
         "0109506000134350",
         EVIDENCE_CHECK_WRONG, '2'},
        {"gs1_128",
         "310300150001"
         "09506000134352",
         EVIDENCE_CHECK_RIGHT, 0},
        {"gs1_128", "4149506000134352", EVIDENCE_CHECK_RIGHT, 0}, /* GLN */
        {"gs1_128", "4149506000134351", EVIDENCE_CHECK_WRONG, '2'},
        {"gs1_128", "(01)09506000134352(10)A1", EVIDENCE_CHECK_RIGHT, 0},
        {"gs1_128", "(10)A1(01)09506000134350", EVIDENCE_CHECK_WRONG, '2'},
        {"code_128", "]C1010950600013435010A1", EVIDENCE_CHECK_WRONG, '2'},
        {"code_128",
         "\x1D"
         "0109506000134352",
         EVIDENCE_CHECK_RIGHT, 0},
        {"code_128", "0109506000134350", EVIDENCE_CHECK_NONE, 0}, /* may be anything */
        {"data_matrix", "]d20109506000134350", EVIDENCE_CHECK_WRONG, '2'},
        {"data_matrix", "(01)09506000134352(21)77", EVIDENCE_CHECK_RIGHT, 0},
        {"data_matrix", "(01)0950600013435", EVIDENCE_CHECK_MALFORMED, 0},
        {"data_matrix", "(01)09506000134352x", EVIDENCE_CHECK_MALFORMED, 0},
        {"data_matrix", "(01", EVIDENCE_CHECK_NONE, 0},
        {"gs1_datamatrix", "(01", EVIDENCE_CHECK_MALFORMED, 0},
        {"gs1_datamatrix", "(", EVIDENCE_CHECK_MALFORMED, 0},
        {"gs1_128", "(1)A", EVIDENCE_CHECK_MALFORMED, 0},
        {"gs1_128", "(8008)2610", EVIDENCE_CHECK_NONE, 0},
        {"gs1_128", "(80080)2610", EVIDENCE_CHECK_MALFORMED, 0},
        {"gs1_128", "(21A)7", EVIDENCE_CHECK_MALFORMED, 0},
        {"gs1_128", "(0109)09506000134352", EVIDENCE_CHECK_MALFORMED, 0},
        /* The first wrong one is named. */
        {"gs1_128", "(01)09506000134350(00)106141412345678907", EVIDENCE_CHECK_WRONG, '2'},
        {"gs1_128", "010950600013435000106141412345678907", EVIDENCE_CHECK_WRONG, '2'},
        {"qr_code", "https://example.org/01/09506000134350", EVIDENCE_CHECK_NONE, 0},
        {"qr_code", "]Q30109506000134352", EVIDENCE_CHECK_RIGHT, 0},
    };

    (void)state;
    CHECK_ALL(examples);
}

static void test_other_symbologies__carry_none(void **state)
{
    static const struct example examples[] = {
        {"code_39", "4006381333932", EVIDENCE_CHECK_NONE, 0},
        {"pdf417", "", EVIDENCE_CHECK_NONE, 0},
        {"EAN_13", "4006381333932", EVIDENCE_CHECK_NONE, 0},
        {"", "1", EVIDENCE_CHECK_NONE, 0},
    };

    (void)state;
    CHECK_ALL(examples);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_retail_codes__are_checked),
        cmocka_unit_test(test_upc_e__is_checked_as_the_upc_a_it_stands_for),
        cmocka_unit_test(test_upc_e__without_its_check_digit_is_not_checked),
        cmocka_unit_test(test_gs1_elements__are_checked),
        cmocka_unit_test(test_other_symbologies__carry_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
