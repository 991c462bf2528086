#include "server/render/render_sheet.h"

#include "server/render/sheet_job.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

/* A document of 1 MB, a signature of 50,000 points and 200 thumbnails fit, with room to spare. */
#define ARENA_CEILING_BYTES ((size_t)256 * 1024 * 1024)
#define CPU_CEILING_S       20

static int fail(const char *why)
{
    fprintf(stderr, "render-sheet: %s\n", why);
    return 1;
}

/* The site's local times are printed, so the process lives in the site's time zone. */
static void enter_time_zone(const json_t *document)
{
    const char *zone = sheet_job_text(json_object_get(document, "site"), "time_zone");
    setenv("TZ", zone ? zone : "UTC", 1);
    tzset();
}

static int render(struct arena *arena, const json_t *json)
{
    struct sheet_pdf sheet;
    const char *text = sheet_job_text(json, "document");
    json_t *document = text ? json_loads(text, 0, NULL) : NULL;
    if (!document)
        return fail("the document is not JSON");
    enter_time_zone(document);
    const char *replaced_text = sheet_job_text(json, "replaced_document");
    json_t *replaced = replaced_text ? json_loads(replaced_text, 0, NULL) : NULL;
    struct sheet_job job = {arena, document, json_object_get(json, "signature"),
                            json_object_get(json, "thumbnails"), replaced};
    int status = 0;
    if (sheet_job_read(&job, sheet_job_text(json, "document_sha256"), &sheet) < 0 ||
        sheet_job_read_missing(&job, &sheet) < 0 ||
        sheet_job_read_changes(&job, sheet_job_text(json, "replaced_sha256"), &sheet) < 0)
        status = fail("the job cannot be read");
    else {
        int error = sheet_pdf_render(&sheet, STDOUT_FILENO);
        status = error < 0 ? fail(sheet_pdf_describe(error)) : 0;
        if (error == SHEET_PDF_WRITE_FAILED)
            status = EX_IOERR;
    }
    json_decref(replaced);
    json_decref(document);
    return status;
}

int render_sheet_main(void)
{
    setrlimit(RLIMIT_CPU, &(struct rlimit){CPU_CEILING_S, CPU_CEILING_S});
    json_t *json = json_loadf(stdin, 0, NULL);
    struct arena *arena = arena_create(ARENA_CEILING_BYTES);
    int status = json && arena ? render(arena, json) : fail("the job is not JSON");
    arena_free(arena);
    json_decref(json);
    return status;
}
