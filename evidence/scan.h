/** What a barcode scan tells: whether it can be right, and whose asset it is. */
#ifndef FIELDPROOF_EVIDENCE_SCAN_H
#define FIELDPROOF_EVIDENCE_SCAN_H

#include "evidence/evidence.h"

enum evidence_asset_match {
    EVIDENCE_ASSET_NOT_SOUGHT, /**< a part, a parcel: not meant to be an asset */
    EVIDENCE_ASSET_UNKNOWN,    /**< no asset of the organisation has this barcode or serial */
    EVIDENCE_ASSET_AT_SITE,
    EVIDENCE_ASSET_AT_OTHER_SITE,
};

/** One scan and what was found for it. */
struct evidence_scan {
    const char *symbology; /**< as in evidence/check_digit.h */
    const char *value;
    enum evidence_asset_match match;
    const char *asset;      /**< its name, when known; NULL: left out */
    const char *asset_site; /**< the name of the site it belongs to, for another site; or NULL */
};

/** States what the scan tells; no threshold plays a part. */
void evidence_scan_judge(const struct evidence_scan *scan, struct evidence_findings *findings);

#endif
