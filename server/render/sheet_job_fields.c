#include "server/render/sheet_job.h"

#include "server/base/clock.h"

#include <time.h>

#define TIME_BYTES 64

const char *sheet_job_text(const json_t *object, const char *name)
{
    return json_string_value(json_object_get(object, name));
}

static bool read_seconds(const json_t *object, const char *name, time_t *ret)
{
    int64_t time_ms;
    const char *text = sheet_job_text(object, name);
    if (!text || clock_parse_rfc3339(text, &time_ms) < 0)
        return false;
    *ret = (time_t)(time_ms / 1000);
    return true;
}

const char *sheet_job_local(const struct sheet_job *job, const json_t *object, const char *name)
{
    struct tm parts;
    time_t seconds;
    char *text = arena_alloc(job->arena, TIME_BYTES);
    if (!text || !read_seconds(object, name, &seconds) || !localtime_r(&seconds, &parts))
        return NULL;
    return strftime(text, TIME_BYTES, "%Y-%m-%d %H:%M", &parts) ? text : NULL;
}

const char *sheet_job_utc(const struct sheet_job *job, const json_t *object, const char *name)
{
    struct tm parts;
    time_t seconds;
    char *text = arena_alloc(job->arena, TIME_BYTES);
    if (!text || !read_seconds(object, name, &seconds) || !gmtime_r(&seconds, &parts))
        return NULL;
    return strftime(text, TIME_BYTES, "%Y-%m-%d %H:%M UTC", &parts) ? text : NULL;
}

const char *sheet_job_words(const struct sheet_pdf *sheet, const char *english, const char *chinese)
{
    return sheet->language == SHEET_PDF_CHINESE ? chinese : english;
}
