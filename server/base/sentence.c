#include "server/base/sentence.h"

#include "server/base/sentence_table.h"

#include <stdlib.h>
#include <string.h>

static int compare(const void *english, const void *pair)
{
    return strcmp(english, ((const struct sentence_pair *)pair)->english);
}

const char *sentence_in(enum language language, const char *english)
{
    if (language != LANGUAGE_CHINESE)
        return english;
    const struct sentence_pair *pair =
        bsearch(english, sentences, sentence_count, sizeof *sentences, compare);
    return pair ? pair->chinese : english;
}
