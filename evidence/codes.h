/**
 * Every code a finding can have: severity, effect on the verdict, titles, numbers and sentences, in
 * one table (evidence/code_table.c). docs/evidence-rules.md explains each and is compared with it
 * by a test.
 */
#ifndef FIELDPROOF_EVIDENCE_CODES_H
#define FIELDPROOF_EVIDENCE_CODES_H

/** How strongly a finding speaks, to people. */
enum evidence_severity { EVIDENCE_INFO, EVIDENCE_WARN, EVIDENCE_FAIL };

/** What follows; ordered, the worst wins. No verdict ever blocks work on site. */
enum evidence_verdict { EVIDENCE_ACCEPTED, EVIDENCE_NEEDS_REVIEW, EVIDENCE_REJECTED };

enum evidence_language { EVIDENCE_ENGLISH, EVIDENCE_CHINESE };
#define EVIDENCE_LANGUAGE_COUNT 2

enum evidence_code {
    /* fix */
    EVIDENCE_FIX_MISSING,
    EVIDENCE_FIX_INVALID,
    EVIDENCE_NULL_ISLAND,
    EVIDENCE_ACCURACY_MISSING,
    EVIDENCE_LOW_ACCURACY,
    EVIDENCE_FIX_TOO_COARSE,
    EVIDENCE_GEOFENCE_INSIDE,
    EVIDENCE_GEOFENCE_UNCERTAIN,
    EVIDENCE_GEOFENCE_OUTSIDE,
    EVIDENCE_WRONG_DATUM_SUSPECTED,
    EVIDENCE_SITE_DATUM_SUSPECTED,
    EVIDENCE_STALE_FIX,
    EVIDENCE_FIX_TIME_AHEAD,
    EVIDENCE_MOCK_LOCATION,
    EVIDENCE_EXTERNAL_RECEIVER,
    EVIDENCE_IMPOSSIBLE_SPEED,
    EVIDENCE_REPEATED_COORDINATES,
    /* time */
    EVIDENCE_CLOCK_SKEW,
    EVIDENCE_CAPTURED_IN_FUTURE,
    EVIDENCE_CAPTURED_AFTER_SENT,
    EVIDENCE_SENT_LATE,
    /* photo */
    EVIDENCE_PHOTO_TAKEN_BEFORE,
    EVIDENCE_PHOTO_TAKEN_AFTER,
    EVIDENCE_PHOTO_TAKEN_ELSEWHERE,
    EVIDENCE_PHOTO_REUSED,
    EVIDENCE_PHOTO_SENT_TWICE,
    EVIDENCE_PHOTO_EDITED,
    EVIDENCE_PHOTO_OTHER_CAMERA,
    EVIDENCE_PHOTO_TOO_SMALL,
    EVIDENCE_PHOTO_TOO_DARK,
    EVIDENCE_PHOTO_BLURRED,
    /* scan */
    EVIDENCE_SCAN_MALFORMED,
    EVIDENCE_SCAN_CHECK_DIGIT_WRONG,
    EVIDENCE_SCAN_ASSET_MATCHED,
    EVIDENCE_SCAN_ASSET_UNKNOWN,
    EVIDENCE_SCAN_ASSET_OTHER_SITE,
    /* visit */
    EVIDENCE_CHECKLIST_INCOMPLETE,
    EVIDENCE_TIME_ON_SITE_SHORT,
    EVIDENCE_DEPARTURE_BEFORE_ARRIVAL,
    EVIDENCE_DEPARTURE_WITHOUT_ARRIVAL,
    EVIDENCE_ARRIVAL_MISSING,
    EVIDENCE_SIGNED_EVIDENCE_MISSING,
};
#define EVIDENCE_CODE_COUNT (EVIDENCE_SIGNED_EVIDENCE_MISSING + 1)

/** What is known of a code. All of it is static. */
struct evidence_code_entry {
    const char *name; /**< "geofence_outside": the word in the API and in the database */
    enum evidence_severity severity;
    enum evidence_verdict effect; /**< unless the organisation's policy says otherwise */
    const char *numbers;          /**< the names its numbers can have, separated by spaces */
    const char *title[EVIDENCE_LANGUAGE_COUNT];    /**< a few words, for a filter or a badge */
    const char *sentence[EVIDENCE_LANGUAGE_COUNT]; /**< template, see evidence/sentence.h */
    /** The same of a video, whose place and time stand in the file itself; NULL: as of a photo */
    const char *video_sentence[EVIDENCE_LANGUAGE_COUNT];
};

/** Indexed by enum evidence_code. */
extern const struct evidence_code_entry evidence_codes[EVIDENCE_CODE_COUNT];

/** @return 0, or -1 when no code has that name (`ret_code` untouched). */
__attribute__((warn_unused_result)) int evidence_code_of(const char *name,
                                                         enum evidence_code *ret_code);

/** "info", "warn", "fail". */
const char *evidence_severity_name(enum evidence_severity severity);

/** "accepted", "needs_review", "rejected". */
const char *evidence_verdict_name(enum evidence_verdict verdict);

/** @return 0, or -1 when no verdict has that name (`ret_verdict` untouched). */
__attribute__((warn_unused_result)) int evidence_verdict_named(const char *name,
                                                               enum evidence_verdict *ret_verdict);

#endif
