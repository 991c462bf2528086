/** Check digits of the GS1 family: EAN-13, EAN-8, UPC-A, UPC-E, ITF-14, SSCC and GTIN in GS1 data.
 */
#ifndef FIELDPROOF_EVIDENCE_CHECK_DIGIT_H
#define FIELDPROOF_EVIDENCE_CHECK_DIGIT_H

#include <stddef.h>

enum evidence_check {
    EVIDENCE_CHECK_NONE, /**< this symbology or value carries no check digit */
    EVIDENCE_CHECK_RIGHT,
    EVIDENCE_CHECK_WRONG,
    EVIDENCE_CHECK_MALFORMED, /**< not as long as, or with other characters than, the symbology has
                               */
};

/** The digit of a wrong check. */
struct evidence_check_digits {
    char found;    /**< '0'..'9' */
    char expected; /**< '0'..'9' */
};

/**
 * Checks a scanned value.
 *
 * @param symbology W3C BarcodeDetector's names (ean_13, ean_8, upc_a, upc_e, itf, code_128,
 *        data_matrix, qr_code, …) and itf_14, gs1_128, gs1_datamatrix, sscc; others: no check.
 *        `itf` counts as ITF-14 when 14 digits long. code_128, data_matrix and qr_code count as GS1
 *        when the value begins with a GS1 identifier (]C1, ]d2, ]Q3), with FNC1 (byte 29), or with
 * a bracketed (00), (01), (02).
 * @param ret_digits written only for EVIDENCE_CHECK_WRONG.
 */
enum evidence_check evidence_check_scan(const char *symbology, const char *value,
                                        struct evidence_check_digits *ret_digits);

/**
 * The GS1 check digit that belongs after `count` digits: weights 3, 1, 3, … from the right, to the
 * next multiple of ten. Source: GS1 General Specifications, "Standard check digit calculations".
 *
 * @param digits '0'..'9' only.
 */
char evidence_check_digit_of(const char *digits, size_t count);

#endif
