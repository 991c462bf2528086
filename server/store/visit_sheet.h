/** Visit sheets and their signatures in the database. Queries: visit_sheet.sql. */
#ifndef FIELDPROOF_STORE_VISIT_SHEET_H
#define FIELDPROOF_STORE_VISIT_SHEET_H

#include "server/store/db.h"

#include <stdbool.h>

/** Names a visit of one organisation. */
struct visit_key {
    struct uuid org_id;
    struct uuid visit_id;
};

/** Where the sheets of a visit stand. */
struct visit_sheet_standing {
    bool visit_is_own;
    int64_t latest_version; /**< 0: there is no sheet */
    bool latest_is_signed;
    const char *work_orders;  /**< JSON array of ids, or NULL */
    int64_t last_check_in_ms; /**< when the server received the latest; 0: there is none */
    const char *site_id;
};

/** Also locks the visit until the transaction ends. */
int visit_sheet_standing(struct db *db, struct arena *arena, const struct visit_key *key,
                         const struct uuid *technician_id,
                         struct visit_sheet_standing *ret) MUST_CHECK;

/** Makes or replaces the draft of a version. */
int visit_sheet_write(struct db *db, struct arena *arena, const struct visit_key *key,
                      int64_t version, const char *body, const struct uuid *writer_id) MUST_CHECK;

/** Whether the version's content is what the body says. */
int visit_sheet_is_same(struct db *db, struct arena *arena, const struct visit_key *key,
                        int64_t version, const char *body, bool *ret_same) MUST_CHECK;

/** A sheet; `json` is NULL when there is none. */
struct visit_sheet {
    const char *json;     /**< without its document */
    const char *document; /**< JSON text: as it was signed, or as it would be signed now */
    bool is_signed;
    int64_t version;
    const char *pdf_sha256; /**< 64 digits, or NULL */
};

/** @param version 0: the latest. @param technician_id NULL: anybody's visit. */
int visit_sheet_get(struct db *db, struct arena *arena, const struct visit_key *key,
                    int64_t version, const struct uuid *technician_id,
                    struct visit_sheet *ret) MUST_CHECK;

/** The newest versions of a visit's sheet, newest first; the list is the arena's. */
int visit_sheet_list(struct db *db, struct arena *arena, const struct visit_key *key,
                     const struct visit_sheet **ret, size_t *ret_count) MUST_CHECK;

/** Makes the draft a signed sheet. */
int visit_sheet_sign(struct db *db, struct arena *arena, const struct visit_key *key,
                     int64_t version, const char *document,
                     const uint8_t document_sha256[32]) MUST_CHECK;

/** Records the signature. @param body the contract's SignatureCreate. @param differs JSON array:
 * what was signed under another name than is known. @param missing JSON array: what was signed and
 * never came; NULL: nothing. */
int signature_insert(struct db *db, struct arena *arena, const struct visit_key *key,
                     const char *body, const char *differs, const char *missing,
                     int64_t received_at_ms, const struct uuid *collector_id,
                     const uint8_t content_sha256[32]) MUST_CHECK;

/** The digest ("\\x…") under a signature's id, and whether it is this visit's; NULL: the id is
 * free. */
int signature_content(struct db *db, struct arena *arena, const struct visit_key *key,
                      const struct uuid *id, const char **ret_content,
                      bool *ret_same_visit) MUST_CHECK;

int visit_sheet_set_pdf(struct db *db, struct arena *arena, const struct visit_key *key,
                        int64_t version, const uint8_t pdf_sha256[32]) MUST_CHECK;

/** The newest signed version, 0 when there is none. @param technician_id NULL: anybody's visit. */
int visit_sheet_latest_signed(struct db *db, struct arena *arena, const struct visit_key *key,
                              const struct uuid *technician_id, int64_t *ret_version) MUST_CHECK;

/** Remembers that a PDF of this digest was given out. */
int issued_document_insert(struct db *db, struct arena *arena, const struct visit_key *key,
                           int64_t version, const char *sha256_digits) MUST_CHECK;

/** Queues it for the audit trail that the person of this transaction took the PDF away. */
int visit_sheet_taken(struct db *db, struct arena *arena, const struct visit_key *key,
                      int64_t version, const struct uuid *user_id) MUST_CHECK;

/** Pairs of digests: a photo's bytes, its small thumbnail. */
struct visit_thumbnail {
    const char *sha256;
    const char *small_sha256;
};

int visit_sheet_thumbnails(struct db *db, struct arena *arena, const struct visit_key *key,
                           const struct visit_thumbnail **ret, size_t *ret_count) MUST_CHECK;

#endif
