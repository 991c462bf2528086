/**
 * Texts of unknown encoding, as spreadsheets export them: UTF-8 with or without a byte order mark,
 * UTF-16 with one, and GB18030 (or GBK, or GB2312, which are parts of it), in which Chinese
 * versions of Excel write CSV.
 */
#ifndef FIELDPROOF_BASE_TEXT_ENCODING_H
#define FIELDPROOF_BASE_TEXT_ENCODING_H

#include "server/base/arena.h"

enum text_encoding_error {
    TEXT_ENCODING_NO_MEMORY = -1,
    TEXT_ENCODING_UNKNOWN = -2, /**< none of these encodings */
};

/**
 * The text as UTF-8 without a byte order mark, in the arena and followed by a NUL.
 *
 * Bytes that are UTF-8 are taken as that. Others are GB18030 only if they look like Chinese: most
 * of their two-byte characters are those of GB2312. A Western European text (Windows-1252) is
 * refused, rather than read as Chinese nonsense.
 */
int text_encoding_to_utf8(struct arena *arena, const char *bytes, size_t length, char **ret_text,
                          size_t *ret_length) MUST_CHECK;

#endif
