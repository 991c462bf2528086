#include "template.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#define UUID_PREFIX "ffffffff-ffff-4fff-bfff-fffffffffff"
#define TIME_TEXT   "2000-01-01T00:00:00.000Z"
#define DIGITS_TEXT "999999"

enum kind { KIND_UUID, KIND_TIME, KIND_DIGITS };

enum { UUID_LENGTH = 36, UUID_COUNT = 16, DIGITS_LENGTH = sizeof DIGITS_TEXT - 1 };

void template_die(const char *what)
{
    (void)fprintf(stderr, "%s: %s: %s\n", program_invocation_short_name, what, strerror(errno));
    exit(EXIT_FAILURE);
}

int64_t template_now_us(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

void template_random_seed(struct template_random *random)
{
    if (getrandom(random->state, sizeof random->state, 0) != sizeof random->state)
        template_die("getrandom");
}

static uint64_t next(struct template_random *random)
{
    uint64_t a = random->state[0], b = random->state[1];
    random->state[0] = b;
    a ^= a << 23;
    random->state[1] = a ^ b ^ (a >> 17) ^ (b >> 26);
    return random->state[1] + b;
}

static void find(struct template *template, enum kind kind, const char *text)
{
    const char *end = template->bytes + template->length;
    const char *found = template->bytes;
    size_t length = strlen(text);
    while ((found = memmem(found, (size_t)(end - found), text, length))) {
        if (template->place_count == TEMPLATE_PLACES_MAX || end - found < UUID_LENGTH) {
            errno = E2BIG;
            template_die("placeholders");
        }
        int which = kind == KIND_UUID ? (int)strtol((char[]){found[length], 0}, NULL, 16) : 0;
        template->places[template->place_count++] =
            (struct template_place){kind, which, (size_t)(found - template->bytes)};
        found += length;
    }
}

void template_read(const char *path, struct template *ret)
{
    FILE *file = fopen(path, "rbe");
    long length = 0;
    if (!file || fseek(file, 0, SEEK_END) != 0 || (length = ftell(file)) <= 0 ||
        fseek(file, 0, SEEK_SET) != 0)
        template_die(path);
    *ret = (struct template){.bytes = malloc((size_t)length), .length = (size_t)length};
    if (!ret->bytes || fread(ret->bytes, 1, ret->length, file) != ret->length)
        template_die(path);
    (void)fclose(file);
    find(ret, KIND_UUID, UUID_PREFIX);
    find(ret, KIND_TIME, TIME_TEXT);
    find(ret, KIND_DIGITS, DIGITS_TEXT);
}

static void random_uuid(struct template_random *random, char text[UUID_LENGTH + 1])
{
    uint64_t a = next(random), b = next(random);
    (void)snprintf(text, UUID_LENGTH + 1, "%08x-%04x-4%03x-%04x-%012llx", (unsigned)(a >> 32),
                   (unsigned)(a >> 16 & 0xffff), (unsigned)(a & 0xfff),
                   (unsigned)(b >> 48 & 0x3fff) | 0x8000U,
                   (unsigned long long)(b & 0xffffffffffffULL));
}

static void present_time(char text[sizeof TIME_TEXT])
{
    struct timespec now;
    struct tm utc;
    char seconds[20];
    (void)clock_gettime(CLOCK_REALTIME, &now);
    (void)gmtime_r(&now.tv_sec, &utc);
    (void)strftime(seconds, sizeof seconds, "%Y-%m-%dT%H:%M:%S", &utc);
    (void)snprintf(text, sizeof TIME_TEXT, "%s.%03uZ", seconds,
                   (unsigned)(now.tv_nsec / 1000000) % 1000);
}

void template_fill(const struct template *template, struct template_random *random, char *bytes)
{
    char uuids[UUID_COUNT][UUID_LENGTH + 1] = {{0}};
    char time[sizeof TIME_TEXT] = "";
    char digits[DIGITS_LENGTH + 1];
    for (int i = 0; i < template->place_count; i++) {
        const struct template_place *place = &template->places[i];
        switch (place->kind) {
        case KIND_UUID:
            if (!uuids[place->which][0])
                random_uuid(random, uuids[place->which]);
            memcpy(bytes + place->at, uuids[place->which], UUID_LENGTH);
            break;
        case KIND_TIME:
            if (!time[0])
                present_time(time);
            memcpy(bytes + place->at, time, sizeof time - 1);
            break;
        default:
            (void)snprintf(digits, sizeof digits, "%06u", (unsigned)(next(random) % 1000000));
            memcpy(bytes + place->at, digits, DIGITS_LENGTH);
        }
    }
}
