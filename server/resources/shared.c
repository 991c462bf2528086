#include "server/resources/shared.h"

#include "server/resources/shared_link.h"
#include "server/resources/stored_file.h"
#include "server/resources/transaction.h"
#include "server/resources/visit_sheets.h"

#include <stdlib.h>
#include <string.h>

/* A PDF may have to be made first. */
#define PDF_WEIGHT 20

/** What a request asks of its link. */
struct reading {
    struct shared_link link;
    const char *json;
    struct uuid photo_id;
    const char *small_sha256, *medium_sha256;
    const char *asked_visit_id; /* NULL: the newest */
    const char *visit_id;
    int64_t signed_version;
};

static int read_page(struct request *request, void *context)
{
    struct reading *reading = context;
    return shared_view(request->db, request->arena, &reading->link, &reading->json);
}

static int read_documents(struct request *request, void *context)
{
    struct reading *reading = context;
    return shared_documents(request->db, request->arena, &reading->link, &reading->json);
}

static int read_photo(struct request *request, void *context)
{
    struct reading *reading = context;
    return shared_photo(request->db, request->arena, &reading->link, &reading->photo_id,
                        &reading->small_sha256, &reading->medium_sha256);
}

static int read_visit(struct request *request, void *context)
{
    struct reading *reading = context;
    return shared_visit(request->db, request->arena, &reading->link, reading->asked_visit_id,
                        &reading->visit_id, &reading->signed_version);
}

static int answer_json(struct request *request, struct reading *reading, transaction_work *read,
                       struct response *response)
{
    if (transaction_run(request, &reading->link.org_id, read, reading) < 0)
        return -1;
    if (!reading->json)
        return -1;
    response_json(response, 200, reading->json);
    return 0;
}

int shared_show(struct request *request, struct response *response)
{
    struct reading reading = {0};
    if (shared_link_open_to_view(request, &reading.link) < 0)
        return -1;
    return answer_json(request, &reading, read_page, response);
}

int shared_document_list(struct request *request, struct response *response)
{
    struct reading reading = {0};
    if (shared_link_open(request, 1, &reading.link) < 0)
        return -1;
    return answer_json(request, &reading, read_documents, response);
}

static int find_photo(struct request *request, struct reading *reading)
{
    if (shared_link_open(request, 1, &reading->link) < 0 ||
        request_uuid(request, "photo_id", &reading->photo_id) < 0 ||
        transaction_run(request, &reading->link.org_id, read_photo, reading) < 0)
        return -1;
    return reading->small_sha256 ? 0
                                 : problem_set(&request->problem, request->arena, PROBLEM_NOT_FOUND,
                                               "There is no such photo behind this link.");
}

int shared_photo_medium(struct request *request, struct response *response)
{
    struct reading reading = {0};
    if (find_photo(request, &reading) < 0)
        return -1;
    return stored_file_answer(request, reading.medium_sha256, "image/jpeg", response);
}

int shared_photo_small(struct request *request, struct response *response)
{
    struct reading reading = {0};
    if (find_photo(request, &reading) < 0)
        return -1;
    return stored_file_answer(request, reading.small_sha256, "image/jpeg", response);
}

int shared_sheet_pdf(struct request *request, struct response *response)
{
    struct reading reading = {.asked_visit_id = request_query(request, "visit")};
    struct visit_key key;
    if (shared_link_open(request, PDF_WEIGHT, &reading.link) < 0 ||
        transaction_run(request, &reading.link.org_id, read_visit, &reading) < 0)
        return -1;
    if (!reading.visit_id || reading.signed_version == 0 ||
        uuid_parse(reading.visit_id, &key.visit_id) < 0)
        return problem_set(&request->problem, request->arena, PROBLEM_NOT_FOUND,
                           "There is no signed sheet behind this link yet.");
    key.org_id = reading.link.org_id;
    return visit_sheet_pdf_answer(request, &key, visit_sheet_asked_version(request), NULL,
                                  response);
}
