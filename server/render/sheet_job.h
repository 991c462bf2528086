/** A rendering job on its way from JSON to the renderer's structures. */
#ifndef FIELDPROOF_RENDER_SHEET_JOB_H
#define FIELDPROOF_RENDER_SHEET_JOB_H

#include "media/sheet/sheet_pdf.h"
#include "server/base/arena.h"

#include <jansson.h>

/** A job that is being read. */
struct sheet_job {
    struct arena *arena;
    const json_t *document;
    const json_t *signature;
    const json_t *thumbnails;
    const json_t *replaced; /**< the document of the version that this one corrects, or NULL */
};

/**
 * Fills the sheet from the job. Everything belongs to the arena or to the JSON.
 * The process's time zone must be the site's (TZ): local times follow it.
 * @return 0, or -1 when the arena is exhausted or the document is not of a schema that is known.
 */
int sheet_job_read(const struct sheet_job *job, const char *document_sha256,
                   struct sheet_pdf *ret) MUST_CHECK;

/** Parts of the above, a file each. */
int sheet_job_read_fixes(const struct sheet_job *job, struct sheet_pdf *sheet) MUST_CHECK;
int sheet_job_read_photos(const struct sheet_job *job, struct sheet_pdf *sheet) MUST_CHECK;
int sheet_job_read_signature(const struct sheet_job *job, struct sheet_pdf *sheet) MUST_CHECK;

/** What was signed and never came, by the signature's list. */
int sheet_job_read_missing(const struct sheet_job *job, struct sheet_pdf *sheet) MUST_CHECK;

int sheet_job_read_changes(const struct sheet_job *job, const char *replaced_sha256,
                           struct sheet_pdf *sheet) MUST_CHECK;

/** What a photo's role and a check-in's kind are called on the sheet. */
const char *sheet_job_role(const struct sheet_pdf *sheet, const char *role);
const char *sheet_job_kind(const struct sheet_pdf *sheet, const char *kind);

/** A member's text; NULL when it is absent or null. */
const char *sheet_job_text(const json_t *object, const char *name);

/** "2026-11-20 09:14" in the process's time zone; NULL for no time. */
const char *sheet_job_local(const struct sheet_job *job, const json_t *object, const char *name);

/** "01:14 UTC"; NULL for no time. */
const char *sheet_job_utc(const struct sheet_job *job, const json_t *object, const char *name);

/** Chinese text for a Chinese sheet, English for another. */
const char *sheet_job_words(const struct sheet_pdf *sheet, const char *english,
                            const char *chinese);

#endif
