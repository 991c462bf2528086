#include "evidence/editing_software.h"

#include "evidence/text.h"

#include <stddef.h>
#include <string.h>

/* The names under which these programs sign the files they save (EXIF 2.32, tag 0x0131 Software).
 * Camera firmware signs the same tag ("HDR+ 1.0", "17.1", "MediaTek Camera Application"), so only
 * editors stand here. Apps that merely stamp date and place on a picture ("watermark cameras") are
 * left out: technicians are often told to use them. */
static const char *const editors[] = {
    "ACDSee",    "Affinity Photo", "Aviary",       "BeautyPlus",    "BeFunky",   "Camera Raw",
    "Canva",     "CorelDRAW",      "Darktable",    "Facetune",      "FaceApp",   "Fotor",
    "GIMP",      "ImageMagick",    "Lightroom",    "Luminar",       "Meitu",     "MeituPic",
    "Paint.NET", "PaintShop",      "Photo Editor", "PhotoDirector", "PhotoGrid", "PhotoScape",
    "Photoshop", "PicsArt",        "Pixelmator",   "Pixlr",         "Polarr",    "RawTherapee",
    "Remini",    "Snapseed",       "VSCO",         "XnView",        "Xingtu",    "美图秀秀",
    "醒图",
};

static bool is_word_byte(unsigned char byte)
{
    return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= 'a' && byte <= 'z');
}

/* Chinese has no spaces between words, so only ASCII letters and digits join on. */
static bool has_word(const char *text, const char *word)
{
    size_t length = strlen(word);

    for (const char *at = text; *at != '\0'; at++) {
        bool begins = at == text || !is_word_byte((unsigned char)at[-1]);
        bool joins_on = is_word_byte((unsigned char)word[length - 1]);

        if (begins && evidence_text_agrees(at, word, length) &&
            !(joins_on && is_word_byte((unsigned char)at[length])))
            return true;
    }
    return false;
}

bool evidence_is_editing_software(const char *software)
{
    for (size_t i = 0; i < sizeof(editors) / sizeof(editors[0]); i++) {
        if (has_word(software, editors[i]))
            return true;
    }
    return false;
}
