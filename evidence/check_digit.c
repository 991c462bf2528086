#include "evidence/check_digit.h"

#include <stdbool.h>
#include <string.h>

#define FNC1 '\x1D'

static size_t digit_count(const char *value)
{
    return strspn(value, "0123456789");
}

char evidence_check_digit_of(const char *digits, size_t count)
{
    unsigned int sum = 0;

    for (size_t i = 0; i < count; i++)
        sum += (unsigned int)(digits[count - 1 - i] - '0') * (i % 2 == 0 ? 3 : 1);
    return (char)('0' + (10 - sum % 10) % 10);
}

/* `count` digits, the last of which is the check digit. */
static enum evidence_check check_number(const char *digits, size_t count,
                                        struct evidence_check_digits *ret_digits)
{
    char expected = evidence_check_digit_of(digits, count - 1);

    if (digits[count - 1] == expected)
        return EVIDENCE_CHECK_RIGHT;
    *ret_digits = (struct evidence_check_digits){digits[count - 1], expected};
    return EVIDENCE_CHECK_WRONG;
}

/* The UPC-A of an eight-digit UPC-E: number system, six digits of which the last says where zeros
 * were left out, check digit. Source: GS1 General Specifications, "UPC-E barcode". */
static void expand_upc_e(const char short_digits[8], char ret_digits[12])
{
    char zeros = short_digits[6];
    size_t kept = zeros <= '2' ? 2 : zeros == '3' ? 3 : zeros == '4' ? 4 : 5;
    size_t last = 5 - kept;

    memset(ret_digits, '0', 11);
    memcpy(ret_digits, short_digits, 1 + kept);
    memcpy(ret_digits + 11 - last, short_digits + 6 - last, last);
    if (kept == 2)
        ret_digits[3] = zeros;
    if (kept == 5)
        ret_digits[10] = zeros;
    ret_digits[11] = short_digits[7];
}

static enum evidence_check check_upc_e(const char *value, struct evidence_check_digits *ret_digits)
{
    size_t length = strlen(value);
    char digits[12];

    if (digit_count(value) != length || length < 6 || (length > 8 && length != 12))
        return EVIDENCE_CHECK_MALFORMED;
    if (length == 12)
        return check_number(value, length, ret_digits);
    if (length < 8)
        return EVIDENCE_CHECK_NONE; /* given without its check digit */
    if (value[0] > '1')
        return EVIDENCE_CHECK_MALFORMED;
    expand_upc_e(value, digits);
    return check_number(digits, sizeof(digits), ret_digits);
}

/* Data characters of a GS1 element by the first two digits of its identifier, for those of fixed
 * length; `identifier` says how many digits the identifier has, `is_checked` that the data ends in
 * a check digit. Source: GS1 General Specifications, "Element strings with predefined length". */
struct element_kind {
    char prefix[3];
    size_t identifier;
    size_t data;
    bool is_checked;
};

static const struct element_kind element_kinds[] = {
    {"00", 2, 18, true},  {"01", 2, 14, true}, {"02", 2, 14, true}, {"03", 2, 14, true},
    {"04", 2, 16, false}, {"11", 2, 6, false}, {"12", 2, 6, false}, {"13", 2, 6, false},
    {"14", 2, 6, false},  {"15", 2, 6, false}, {"16", 2, 6, false}, {"17", 2, 6, false},
    {"18", 2, 6, false},  {"19", 2, 6, false}, {"20", 2, 2, false}, {"31", 4, 6, false},
    {"32", 4, 6, false},  {"33", 4, 6, false}, {"34", 4, 6, false}, {"35", 4, 6, false},
    {"36", 4, 6, false},  {"41", 3, 13, true},
};

static const struct element_kind *kind_of(const char *element)
{
    for (size_t i = 0; i < sizeof(element_kinds) / sizeof(element_kinds[0]); i++) {
        if (strncmp(element, element_kinds[i].prefix, 2) == 0)
            return &element_kinds[i];
    }
    return NULL;
}

static enum evidence_check worse(enum evidence_check a, enum evidence_check b)
{
    return a > b ? a : b;
}

/* Elements one after the other; those of fixed length end by themselves, the others at FNC1. */
static enum evidence_check check_elements(const char *value,
                                          struct evidence_check_digits *ret_digits)
{
    enum evidence_check result = EVIDENCE_CHECK_NONE;

    while (*value != '\0' && result < EVIDENCE_CHECK_WRONG) {
        const struct element_kind *kind = kind_of(value);

        if (*value == FNC1) {
            value++;
            continue;
        }
        if (digit_count(value) < 2)
            return EVIDENCE_CHECK_MALFORMED;
        if (kind == NULL) {
            value += strcspn(value, "\x1D");
            continue;
        }
        if (digit_count(value) < kind->identifier + kind->data)
            return EVIDENCE_CHECK_MALFORMED;
        if (kind->is_checked)
            result = worse(result, check_number(value + kind->identifier, kind->data, ret_digits));
        value += kind->identifier + kind->data;
    }
    return result;
}

/* The form for people, with the identifiers in brackets: "(01)09506000134352(10)A1". */
static enum evidence_check check_bracketed(const char *value,
                                           struct evidence_check_digits *ret_digits)
{
    enum evidence_check result = EVIDENCE_CHECK_NONE;

    while (*value == '(' && result < EVIDENCE_CHECK_WRONG) {
        size_t identifier = digit_count(value + 1);
        const struct element_kind *kind = kind_of(value + 1);
        const char *data = value + 1 + identifier + 1;

        if (identifier < 2 || identifier > 4 || value[1 + identifier] != ')')
            return EVIDENCE_CHECK_MALFORMED;
        value = data + strcspn(data, "(");
        if (kind == NULL)
            continue;
        if (identifier != kind->identifier || digit_count(data) != kind->data ||
            (size_t)(value - data) != kind->data)
            return EVIDENCE_CHECK_MALFORMED;
        if (kind->is_checked)
            result = worse(result, check_number(data, kind->data, ret_digits));
    }
    return result;
}

static enum evidence_check check_gs1(const char *value, bool is_surely_gs1,
                                     struct evidence_check_digits *ret_digits)
{
    static const char *const identifiers[] = {"]C1", "]d2", "]Q3", "]e0"};
    static const char *const bracketed[] = {"(00)", "(01)", "(02)"};

    for (size_t i = 0; i < sizeof(identifiers) / sizeof(identifiers[0]); i++) {
        if (strncmp(value, identifiers[i], 3) == 0)
            return check_elements(value + 3, ret_digits);
    }
    for (size_t i = 0; i < sizeof(bracketed) / sizeof(bracketed[0]); i++) {
        if (strncmp(value, bracketed[i], 4) == 0)
            return check_bracketed(value, ret_digits);
    }
    if (is_surely_gs1 && *value == '(')
        return check_bracketed(value, ret_digits);
    if (is_surely_gs1 || *value == FNC1)
        return check_elements(value, ret_digits);
    return EVIDENCE_CHECK_NONE;
}

static bool is_one_of(const char *symbology, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(symbology, names[i]) == 0)
            return true;
    }
    return false;
}

enum evidence_check evidence_check_scan(const char *symbology, const char *value,
                                        struct evidence_check_digits *ret_digits)
{
    /* Readers drop the leading zero of an EAN-13, or add one to a UPC-A: both carry the same GTIN,
     * and a leading zero does not change the check digit. */
    static const struct {
        const char *symbology;
        size_t least, most;
    } plain[] = {
        {"ean_13", 12, 13}, {"ean_8", 8, 8},  {"upc_a", 12, 13},
        {"itf_14", 14, 14}, {"sscc", 18, 18},
    };
    static const char *const always_gs1[] = {"gs1_128", "gs1_datamatrix", "gs1_data_matrix"};
    static const char *const maybe_gs1[] = {"code_128", "data_matrix", "qr_code"};
    size_t length = strlen(value);
    bool is_number = length > 0 && digit_count(value) == length;

    for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++) {
        if (strcmp(symbology, plain[i].symbology) != 0)
            continue;
        if (!is_number || length < plain[i].least || length > plain[i].most)
            return EVIDENCE_CHECK_MALFORMED;
        return check_number(value, length, ret_digits);
    }
    if (strcmp(symbology, "upc_e") == 0)
        return check_upc_e(value, ret_digits);
    if (strcmp(symbology, "itf") == 0) {
        if (!is_number)
            return EVIDENCE_CHECK_MALFORMED;
        return length == 14 ? check_number(value, length, ret_digits) : EVIDENCE_CHECK_NONE;
    }
    if (is_one_of(symbology, always_gs1, sizeof(always_gs1) / sizeof(always_gs1[0])))
        return check_gs1(value, true, ret_digits);
    if (is_one_of(symbology, maybe_gs1, sizeof(maybe_gs1) / sizeof(maybe_gs1[0])))
        return check_gs1(value, false, ret_digits);
    return EVIDENCE_CHECK_NONE;
}
