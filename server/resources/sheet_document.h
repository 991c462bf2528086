/** The document of a visit sheet: what is displayed, hashed and signed. */
#ifndef FIELDPROOF_RESOURCES_SHEET_DOCUMENT_H
#define FIELDPROOF_RESOURCES_SHEET_DOCUMENT_H

#include "server/http/request.h"
#include "server/store/visit_sheet.h"

struct sheet_document {
    const char *text; /**< canonical JSON (RFC 8785); the arena's */
    uint8_t sha256[32];
    char sha256_text[65];
};

/** A signed sheet's document as it was signed, a draft's as it would be signed now. */
int sheet_document_of(struct request *request, const struct visit_sheet *sheet,
                      struct sheet_document *ret) MUST_CHECK;

#endif
