#include "server/http/accept_encoding.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#define WEIGHT_MOST 1000

/* "0.35" as 350. More than three decimals, or anything else, is no weight: 0, the safe reading. */
static int read_weight(const char *text, const char *end)
{
    int weight = 0;
    int scale = WEIGHT_MOST;
    for (; text < end && (isdigit((unsigned char)*text) || (*text == '.' && scale == WEIGHT_MOST));
         text++) {
        if (*text == '.') {
            scale /= 10;
            continue;
        }
        if (scale == 0)
            return 0;
        weight += (*text - '0') * scale;
        if (scale < WEIGHT_MOST)
            scale /= 10;
    }
    text += strspn(text, " \t");
    return text >= end && weight <= WEIGHT_MOST ? weight : 0;
}

/* The weight of one member of the list, which begins with the coding's name. */
static int weight_of(const char *parameters, const char *end)
{
    parameters += strspn(parameters, " \t");
    if (parameters >= end)
        return WEIGHT_MOST;
    if (*parameters != ';')
        return 0;
    parameters++;
    parameters += strspn(parameters, " \t");
    return end - parameters > 2 && strncasecmp(parameters, "q=", 2) == 0
               ? read_weight(parameters + 2, end)
               : 0;
}

int accept_encoding_weight(const char *accepted, const char *coding)
{
    int others = 0;
    size_t length = strlen(coding);
    for (const char *at = accepted; at && *at;) {
        at += strspn(at, " \t,");
        const char *end = at + strcspn(at, ",");
        size_t name_length = strcspn(at, " \t;,");
        if (name_length == length && strncasecmp(at, coding, length) == 0)
            return weight_of(at + name_length, end);
        if (name_length == 1 && *at == '*')
            others = weight_of(at + 1, end);
        at = end;
    }
    return others;
}
