/** Picture editors, told by what they write into EXIF's Software tag. */
#ifndef FIELDPROOF_EVIDENCE_EDITING_SOFTWARE_H
#define FIELDPROOF_EVIDENCE_EDITING_SOFTWARE_H

#include <stdbool.h>

/** True when the text names a known editor as a whole word; case does not matter in ASCII. */
bool evidence_is_editing_software(const char *software);

#endif
