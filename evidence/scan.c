#include "evidence/scan.h"

#include "evidence/check_digit.h"

static struct evidence_finding *state(const struct evidence_scan *scan, enum evidence_code code,
                                      struct evidence_findings *findings)
{
    struct evidence_finding *finding = evidence_findings_add(findings, code);

    evidence_finding_set_text(finding, "symbology", scan->symbology);
    evidence_finding_set_text(finding, "value", scan->value);
    return finding;
}

static void judge_check_digit(const struct evidence_scan *scan, struct evidence_findings *findings)
{
    struct evidence_check_digits digits = {0};
    enum evidence_check check = evidence_check_scan(scan->symbology, scan->value, &digits);
    struct evidence_finding *finding = NULL;

    if (check == EVIDENCE_CHECK_MALFORMED)
        (void)state(scan, EVIDENCE_SCAN_MALFORMED, findings);
    if (check != EVIDENCE_CHECK_WRONG)
        return;
    finding = state(scan, EVIDENCE_SCAN_CHECK_DIGIT_WRONG, findings);
    evidence_finding_number(finding, "found_digit", digits.found - '0');
    evidence_finding_number(finding, "expected_digit", digits.expected - '0');
}

static void judge_asset(const struct evidence_scan *scan, struct evidence_findings *findings)
{
    struct evidence_finding *finding = NULL;

    switch (scan->match) {
    case EVIDENCE_ASSET_NOT_SOUGHT:
        return;
    case EVIDENCE_ASSET_UNKNOWN:
        (void)state(scan, EVIDENCE_SCAN_ASSET_UNKNOWN, findings);
        return;
    case EVIDENCE_ASSET_AT_SITE:
        finding = state(scan, EVIDENCE_SCAN_ASSET_MATCHED, findings);
        break;
    case EVIDENCE_ASSET_AT_OTHER_SITE:
        finding = state(scan, EVIDENCE_SCAN_ASSET_OTHER_SITE, findings);
        evidence_finding_set_text(finding, "asset_site", scan->asset_site);
        break;
    }
    evidence_finding_set_text(finding, "asset", scan->asset);
}

void evidence_scan_judge(const struct evidence_scan *scan, struct evidence_findings *findings)
{
    judge_check_digit(scan, findings);
    judge_asset(scan, findings);
}
