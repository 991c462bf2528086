#include "server/base/blank.h"

#include <string.h>

bool text_is_blank(const char *text)
{
    static const char wide_space[] = "\u3000";
    while (text && *text != '\0') {
        if (strchr(" \t\r\n", *text))
            text++;
        else if (strncmp(text, wide_space, sizeof wide_space - 1) == 0)
            text += sizeof wide_space - 1;
        else
            return false;
    }
    return true;
}
