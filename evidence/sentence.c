#include "evidence/sentence.h"

#include "evidence/quantity.h"
#include "evidence/text.h"

#include <math.h>
#include <string.h>

#define NAME_MAX_BYTES 40

struct renderer {
    const struct evidence_finding *finding;
    enum evidence_language language;
    struct evidence_text *text;
};

static double utc_offset_min_of(const struct evidence_finding *finding)
{
    const struct evidence_number *offset = evidence_finding_get(finding, "utc_offset_min");

    return offset != NULL ? offset->value : 0;
}

static void render_quantity(const struct renderer *renderer, const struct evidence_number *number,
                            int detail, struct evidence_text *text)
{
    evidence_quantity_add(text, evidence_unit_of(number->name), number->value,
                          utc_offset_min_of(renderer->finding), renderer->language, detail);
}

static bool reads_same(const struct renderer *renderer, const struct evidence_number *a,
                       const struct evidence_number *b, int detail)
{
    char bytes_a[64];
    char bytes_b[64];
    struct evidence_text text_a = evidence_text_in(bytes_a, sizeof(bytes_a));
    struct evidence_text text_b = evidence_text_in(bytes_b, sizeof(bytes_b));

    render_quantity(renderer, a, detail, &text_a);
    render_quantity(renderer, b, detail, &text_b);
    return strcmp(bytes_a, bytes_b) == 0;
}

/* "±100 m is more than 100 m" convinces nobody: numbers of one unit that differ get as many digits
 * as it takes to see it. */
static int telling_detail(const struct renderer *renderer, const struct evidence_number *number)
{
    const struct evidence_finding *finding = renderer->finding;
    int detail = 0;

    for (size_t i = 0; i < finding->number_count; i++) {
        const struct evidence_number *other = &finding->numbers[i];

        if (other->is_text || fabs(other->value) == fabs(number->value) ||
            evidence_unit_of(other->name) != evidence_unit_of(number->name))
            continue;
        while (detail < EVIDENCE_DETAIL_MAX && reads_same(renderer, number, other, detail))
            detail++;
    }
    return detail;
}

/* "ean_13" is EAN-13. */
static void render_symbology(const char *name, struct evidence_text *text)
{
    for (; *name != '\0'; name++) {
        char byte[2] = {*name, '\0'};

        if (*name == '_')
            byte[0] = '-';
        else if (*name >= 'a' && *name <= 'z')
            byte[0] = (char)(*name - 'a' + 'A');
        evidence_text_add(text, byte);
    }
}

static void render_list(const char *lines, enum evidence_language language,
                        struct evidence_text *text)
{
    static const char *const between[] = {", ", "、"};
    bool is_first = true;

    for (lines += strspn(lines, "\n"); *lines != '\0'; lines += strspn(lines, "\n")) {
        char line[EVIDENCE_TEXT_MAX];
        size_t length = strcspn(lines, "\n");

        memcpy(line, lines, length);
        line[length] = '\0';
        evidence_text_add(text, is_first ? "" : between[language]);
        evidence_text_add(text, line);
        lines += length;
        is_first = false;
    }
}

static void render_text(const struct renderer *renderer, const struct evidence_number *number)
{
    static const struct {
        const char *word;
        const char *proper;
    } datums[] = {{"wgs84", "WGS-84"}, {"gcj02", "GCJ-02"}, {"bd09", "BD-09"}};
    const char *value = evidence_finding_text(renderer->finding, number);

    if (strcmp(number->name, "symbology") == 0) {
        render_symbology(value, renderer->text);
        return;
    }
    for (size_t i = 0; i < sizeof(datums) / sizeof(datums[0]); i++) {
        if (strstr(number->name, "_datum") != NULL && strcmp(value, datums[i].word) == 0) {
            evidence_text_add(renderer->text, datums[i].proper);
            return;
        }
    }
    render_list(value, renderer->language, renderer->text);
}

/* What stands between braces, taken apart: name, then '<' with a word for negative and one for
 * other values, or nothing. */
struct slot {
    char name[NAME_MAX_BYTES];
    const char *words;   /* NULL: print the number */
    size_t first_length; /* of the word for negative values */
    size_t words_length;
};

static struct slot slot_of(const char *inside, size_t length)
{
    struct slot slot = {0};
    size_t name_length = strcspn(inside, "<}");

    if (name_length >= sizeof(slot.name))
        name_length = sizeof(slot.name) - 1;
    memcpy(slot.name, inside, name_length);
    if (inside[name_length] == '<') {
        slot.words = inside + name_length + 1;
        slot.words_length = length - name_length - 1;
        slot.first_length = strcspn(slot.words, "|}");
    }
    return slot;
}

static void render_word(const struct slot *slot, double value, struct evidence_text *text)
{
    size_t skipped = value < 0 ? 0 : slot->first_length + 1;
    size_t length = value < 0 ? slot->first_length : slot->words_length - slot->first_length - 1;
    char word[NAME_MAX_BYTES];

    if (length >= sizeof(word))
        length = sizeof(word) - 1;
    memcpy(word, slot->words + skipped, length);
    word[length] = '\0';
    evidence_text_add(text, word);
}

static void render_slot(const struct renderer *renderer, const char *inside, size_t length)
{
    struct slot slot = slot_of(inside, length);
    const struct evidence_number *number = evidence_finding_get(renderer->finding, slot.name);

    if (number == NULL)
        evidence_text_add(renderer->text, "?");
    else if (slot.words != NULL)
        render_word(&slot, number->value, renderer->text);
    else if (number->is_text)
        render_text(renderer, number);
    else
        render_quantity(renderer, number, telling_detail(renderer, number), renderer->text);
}

static bool has_all_numbers(const struct renderer *renderer, const char *part, size_t length)
{
    for (const char *at = memchr(part, '{', length); at != NULL;
         at = memchr(at + 1, '{', length - (size_t)(at + 1 - part))) {
        struct slot slot = slot_of(at + 1, strcspn(at + 1, "}"));

        if (evidence_finding_get(renderer->finding, slot.name) == NULL)
            return false;
    }
    return true;
}

static void render(const struct renderer *renderer, const char *template)
{
    char plain[5] = {0};

    while (*template != '\0') {
        if (*template == '{') {
            size_t length = strcspn(template + 1, "}");

            render_slot(renderer, template + 1, length);
            template += length + 2;
        } else if (*template == '[') {
            size_t length = strcspn(template, "]");

            template += has_all_numbers(renderer, template, length) ? 1 : length + 1;
        } else if (*template == ']') {
            template ++;
        } else {
            size_t length = evidence_utf8_length(template);

            memcpy(plain, template, length);
            plain[length] = '\0';
            evidence_text_add(renderer->text, plain);
            template += length;
        }
    }
}

int evidence_sentence(const struct evidence_finding *finding, enum evidence_language language,
                      char *ret_text, size_t size)
{
    struct evidence_text text = evidence_text_in(ret_text, size);
    struct renderer renderer = {finding, language, &text};

    const struct evidence_code_entry *entry = &evidence_codes[finding->code];
    const char *of_video = finding->is_of_video ? entry->video_sentence[language] : NULL;

    render(&renderer, of_video != NULL ? of_video : entry->sentence[language]);
    return text.cut ? -1 : (int)text.used;
}
