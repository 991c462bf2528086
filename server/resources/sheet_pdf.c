#include "server/resources/visit_sheets.h"

#include "server/app.h"
#include "server/base/hex.h"
#include "server/base/log.h"
#include "server/blobs/blobs.h"
#include "server/resources/actors.h"
#include "server/resources/child.h"
#include "server/resources/json_fields.h"
#include "server/resources/sheet_document.h"
#include "server/resources/staging.h"
#include "server/resources/stored_file.h"
#include "server/resources/transaction.h"

#include <openssl/evp.h>
#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

#define RENDER_DEADLINE_MS 30000
#define PIECE_BYTES        16384

/* A rendering in progress: what the child is given, and whether a later one could show more. */
struct rendering {
    struct visit_key key;
    int64_t version;                  /* 0: the latest that is signed */
    const struct uuid *technician_id; /* whose visit it must be; NULL: anybody's */
    struct visit_sheet sheet;
    struct sheet_document document;
    struct sheet_document replaced; /* the signed version that this one corrects; no text: none */
    struct child_files files;
    bool is_complete;
    const char *job; /* NULL: there is a PDF already */
    uint8_t sha256[32];
    bool is_kept;
};

static bool document_names_photo_without_file(const json_t *document, const json_t *thumbnails)
{
    size_t i;
    const json_t *photo;
    json_array_foreach(json_object_get(document, "photos"), i, photo)
    {
        const char *sha256 = json_field_text(photo, "sha256");
        if (!sha256 || !json_object_get(thumbnails, sha256))
            return true;
    }
    return false;
}

static int add_thumbnail(struct request *request, struct rendering *rendering,
                         const struct visit_thumbnail *thumbnail, json_t *thumbnails)
{
    uint8_t digest[32];
    int fd;
    int64_t bytes;
    if (rendering->files.count == CHILD_FILES_MAX)
        return 0;
    if (hex_decode(thumbnail->small_sha256, digest, sizeof digest) < 0 ||
        blobs_get(request->app->blobs, &request->actor.org_id, digest, &fd, &bytes) < 0)
        return problem_set(&request->problem, request->arena, PROBLEM_INTERNAL,
                           "A stored thumbnail cannot be read.");
    int number = child_files_add(&rendering->files, fd);
    json_object_set_new(thumbnails, thumbnail->sha256, json_integer(number));
    return 0;
}

static int add_thumbnails(struct request *request, struct rendering *rendering, json_t *thumbnails)
{
    const struct visit_thumbnail *list;
    size_t count;
    if (visit_sheet_thumbnails(request->db, request->arena, &rendering->key, &list, &count) < 0)
        return -1;
    for (size_t i = 0; i < count; i++)
        if (add_thumbnail(request, rendering, &list[i], thumbnails) < 0)
            return -1;
    return 0;
}

/* The job's text; NULL with the problem set, or on exhaustion. */
static const char *make_job(struct request *request, struct rendering *rendering)
{
    const char *text = NULL;
    json_t *sheet = json_loads(rendering->sheet.json, 0, NULL);
    json_t *document = json_loads(rendering->document.text, 0, NULL);
    json_t *thumbnails = json_object();
    if (add_thumbnails(request, rendering, thumbnails) == 0) {
        rendering->is_complete = !document_names_photo_without_file(document, thumbnails);
        bool is_correction = rendering->replaced.text != NULL;
        json_t *job =
            json_pack("{s:s, s:s, s:O, s:O, s:s?, s:s?}", "document", rendering->document.text,
                      "document_sha256", rendering->document.sha256_text, "signature",
                      json_object_get(sheet, "signature"), "thumbnails", thumbnails,
                      "replaced_document", rendering->replaced.text, "replaced_sha256",
                      is_correction ? rendering->replaced.sha256_text : NULL);
        text = json_text(request->arena, job);
        json_decref(job);
    }
    json_decref(thumbnails);
    json_decref(document);
    json_decref(sheet);
    return text;
}

static int digest_file(int fd, uint8_t ret_sha256[32])
{
    unsigned char piece[PIECE_BYTES];
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    int good = context && EVP_DigestInit_ex(context, EVP_sha256(), NULL);
    off_t offset = 0;
    ssize_t length = 0;
    while (good && (length = pread(fd, piece, sizeof piece, offset)) > 0) {
        good = EVP_DigestUpdate(context, piece, (size_t)length);
        offset += length;
    }
    good = good && length == 0 && EVP_DigestFinal_ex(context, ret_sha256, NULL);
    EVP_MD_CTX_free(context);
    return good ? 0 : -1;
}

/* Who holds a PDF must be able to learn later that it is genuine, so none leaves unrecorded. */
static int record(struct request *request, void *context)
{
    const struct rendering *rendering = context;
    char digits[65];
    hex_encode(rendering->sha256, 32, digits);
    const char *sha256 = arena_strdup(request->arena, digits);
    if (!sha256 || issued_document_insert(request->db, request->arena, &rendering->key,
                                          rendering->sheet.version, sha256) < 0)
        return -1;
    return rendering->is_kept ? visit_sheet_set_pdf(request->db, request->arena, &rendering->key,
                                                    rendering->sheet.version, rendering->sha256)
                              : 0;
}

/* Keeps what is complete; an answer does not fail because keeping its file did. */
static int keep(struct request *request, struct rendering *rendering, int fd, const char *path)
{
    const struct uuid *org_id = &request->actor.org_id;
    rendering->is_kept = rendering->is_complete &&
                         blobs_put(request->app->blobs, org_id, rendering->sha256, fd, path) >= 0;
    if (rendering->is_complete && !rendering->is_kept)
        LOG(LOG_WARNING, "sheet_pdf_not_kept", LOG_TEXT("request_id", request->id));
    return transaction_run(request, org_id, record, rendering);
}

static int run_renderer(struct request *request, const struct rendering *rendering, const char *job,
                        int fd)
{
    int status = child_run(request, "render-sheet", job, &rendering->files, fd, RENDER_DEADLINE_MS);
    if (status == CHILD_BUSY)
        return problem_set(&request->problem, request->arena, PROBLEM_UNAVAILABLE,
                           "Too many PDFs are being made at this moment.");
    if (status == EX_IOERR)
        return problem_set(&request->problem, request->arena, PROBLEM_STORAGE_FULL,
                           "The PDF could not be written; the signed sheet itself is safe.");
    if (status != 0)
        return problem_set(&request->problem, request->arena, PROBLEM_INTERNAL,
                           "The PDF could not be made; the signed sheet itself is safe.");
    return 0;
}

static int take_rendered(struct request *request, const uint8_t sha256[32], int fd,
                         struct sheet_pdf *ret)
{
    char digits[65];
    hex_encode(sha256, 32, digits);
    ret->sha256 = arena_strdup(request->arena, digits);
    ret->fd = ret->sha256 ? dup(fd) : -1; /* the staging file closes its own */
    return ret->fd >= 0 ? 0
                        : problem_set(&request->problem, request->arena, PROBLEM_INTERNAL,
                                      "The PDF cannot be read.");
}

static int render(struct request *request, struct rendering *rendering, struct sheet_pdf *ret)
{
    int fd;
    const char *path;
    if (staging_open(request, &fd, &path) < 0 ||
        run_renderer(request, rendering, rendering->job, fd) < 0)
        return -1;
    if (digest_file(fd, rendering->sha256) < 0)
        return problem_set(&request->problem, request->arena, PROBLEM_UNAVAILABLE,
                           "The PDF could not be read back; the signed sheet itself is safe.");
    if (keep(request, rendering, fd, path) < 0)
        return -1;
    return take_rendered(request, rendering->sha256, fd, ret);
}

static int no_such_sheet(struct request *request)
{
    return problem_set(&request->problem, request->arena, PROBLEM_NOT_FOUND,
                       "This visit has no signed sheet of that version.");
}

static int find_version(struct request *request, struct rendering *rendering)
{
    if (rendering->version > 0)
        return 0;
    if (visit_sheet_latest_signed(request->db, request->arena, &rendering->key,
                                  rendering->technician_id, &rendering->version) < 0)
        return -1;
    return rendering->version > 0 ? 0 : no_such_sheet(request);
}

/* What a correction corrects never changes, so that the PDF stays the same, too. */
static int load_replaced(struct request *request, struct rendering *rendering)
{
    struct visit_sheet replaced;
    if (rendering->version < 2)
        return 0;
    if (visit_sheet_get(request->db, request->arena, &rendering->key, rendering->version - 1,
                        rendering->technician_id, &replaced) < 0)
        return -1;
    return replaced.json && replaced.is_signed
               ? sheet_document_of(request, &replaced, &rendering->replaced)
               : 0;
}

/* All that is needed from the database; the rendering itself takes longer than a transaction may.
 */
static int load(struct request *request, void *context)
{
    struct rendering *rendering = context;
    if (find_version(request, rendering) < 0 ||
        visit_sheet_get(request->db, request->arena, &rendering->key, rendering->version,
                        rendering->technician_id, &rendering->sheet) < 0)
        return -1;
    if (!rendering->sheet.is_signed)
        return no_such_sheet(request);
    if (rendering->sheet.pdf_sha256)
        return 0;
    if (sheet_document_of(request, &rendering->sheet, &rendering->document) < 0 ||
        load_replaced(request, rendering) < 0)
        return -1;
    rendering->job = make_job(request, rendering);
    return rendering->job ? 0 : -1;
}

static int open_kept(struct request *request, const char *sha256, struct sheet_pdf *ret)
{
    int64_t bytes;
    ret->sha256 = sha256;
    return stored_file_open(request, sha256, &ret->fd, &bytes);
}

int visit_sheet_pdf_open(struct request *request, const struct visit_key *key, int64_t version,
                         const struct uuid *technician_id, struct sheet_pdf *ret)
{
    struct rendering *rendering = arena_alloc(request->arena, sizeof *rendering);
    if (!rendering)
        return -1;
    rendering->key = *key;
    rendering->version = version;
    rendering->technician_id = technician_id;
    int result = transaction_run(request, &key->org_id, load, rendering);
    ret->version = rendering->version;
    if (result == 0)
        result = rendering->job ? render(request, rendering, ret)
                                : open_kept(request, rendering->sheet.pdf_sha256, ret);
    child_files_close(&rendering->files);
    return result;
}

int visit_sheet_pdf_answer(struct request *request, const struct visit_key *key, int64_t version,
                           const struct uuid *technician_id, struct response *response)
{
    struct sheet_pdf pdf = {.fd = -1};
    if (visit_sheet_pdf_open(request, key, version, technician_id, &pdf) < 0)
        return -1;
    return stored_file_answer_open(request, pdf.fd, pdf.sha256, "application/pdf", response);
}

int64_t visit_sheet_asked_version(struct request *request)
{
    const char *version = request_query(request, "version");
    return version ? strtoll(version, NULL, 10) : 0;
}

struct taken {
    struct visit_key key;
    int64_t version;
};

static int record_taken(struct request *request, void *context)
{
    const struct taken *taken = context;
    return visit_sheet_taken(request->db, request->arena, &taken->key, taken->version,
                             &request->actor.user_id);
}

/* A technician's visits are their own; whoever else takes a sheet away is on record before. */
int visit_sheet_pdf(struct request *request, struct response *response)
{
    struct taken taken = {.key = {.org_id = request->actor.org_id}};
    struct sheet_pdf pdf = {.fd = -1};
    if (request_uuid(request, "visit_id", &taken.key.visit_id) < 0 ||
        visit_sheet_pdf_open(request, &taken.key, visit_sheet_asked_version(request),
                             actor_own_only(request), &pdf) < 0)
        return -1;
    taken.version = pdf.version;
    if (request->actor.role != ROLE_TECHNICIAN &&
        transaction_run(request, &taken.key.org_id, record_taken, &taken) < 0) {
        close(pdf.fd);
        return -1;
    }
    return stored_file_answer_open(request, pdf.fd, pdf.sha256, "application/pdf", response);
}
