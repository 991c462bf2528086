/** Visit sheets: /v1/visits/{visit_id}/sheet, its signatures and its PDF. */
#ifndef FIELDPROOF_RESOURCES_VISIT_SHEETS_H
#define FIELDPROOF_RESOURCES_VISIT_SHEETS_H

#include "server/http/route.h"
#include "server/store/visit_sheet.h"

route_handler visit_sheet_show;
route_handler visit_sheet_put;
route_handler visit_sheet_add_signature; /**< server/resources/visit_signatures.c */
route_handler visit_sheet_pdf;           /**< server/resources/sheet_pdf.c */

/** A sheet as getSheet answers it, and its tag. */
int visit_sheet_json(struct request *request, const struct visit_sheet *sheet,
                     const char **ret_json, const char **ret_tag) MUST_CHECK;

/** The PDF of a signed version. */
struct sheet_pdf {
    int fd;             /**< open for reading; the caller closes it */
    const char *sha256; /**< 64 digits */
    int64_t version;    /**< of the sheet */
};

/** Opens what visit_sheet_pdf_answer answers with; made first where it is not kept yet. */
int visit_sheet_pdf_open(struct request *request, const struct visit_key *key, int64_t version,
                         const struct uuid *technician_id, struct sheet_pdf *ret) MUST_CHECK;

/**
 * Answers with the PDF of a signed version, and records that it was given out. Outside of a
 * transaction; request->actor.org_id must be the visit's.
 *
 * @param version 0: the latest that is signed.
 * @param technician_id whose visit it must be; NULL: anybody's.
 */
int visit_sheet_pdf_answer(struct request *request, const struct visit_key *key, int64_t version,
                           const struct uuid *technician_id, struct response *response) MUST_CHECK;

/** What ?version= says; 0 without it. */
int64_t visit_sheet_asked_version(struct request *request);

#endif
