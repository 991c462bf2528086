#include "evidence/codes.h"

#include <stddef.h>
#include <string.h>

static const char *const severity_names[] = {
    [EVIDENCE_INFO] = "info", [EVIDENCE_WARN] = "warn", [EVIDENCE_FAIL] = "fail"};
static const char *const verdict_names[] = {[EVIDENCE_ACCEPTED] = "accepted",
                                            [EVIDENCE_NEEDS_REVIEW] = "needs_review",
                                            [EVIDENCE_REJECTED] = "rejected"};

int evidence_code_of(const char *name, enum evidence_code *ret_code)
{
    for (size_t i = 0; i < EVIDENCE_CODE_COUNT; i++) {
        if (strcmp(evidence_codes[i].name, name) == 0) {
            *ret_code = (enum evidence_code)i;
            return 0;
        }
    }
    return -1;
}

const char *evidence_severity_name(enum evidence_severity severity)
{
    return severity_names[severity];
}

const char *evidence_verdict_name(enum evidence_verdict verdict)
{
    return verdict_names[verdict];
}

int evidence_verdict_named(const char *name, enum evidence_verdict *ret_verdict)
{
    for (size_t i = 0; i < sizeof(verdict_names) / sizeof(verdict_names[0]); i++) {
        if (strcmp(verdict_names[i], name) == 0) {
            *ret_verdict = (enum evidence_verdict)i;
            return 0;
        }
    }
    return -1;
}
