#include "server/resources/photos.h"

#include "server/resources/actors.h"
#include "server/resources/entity.h"
#include "server/resources/photo_intake.h"
#include "server/resources/receipts.h"
#include "server/resources/stored_file.h"
#include "server/resources/visit_judgement.h"
#include "server/resources/waiting.h"

static int not_found(struct request *request)
{
    return problem_set(&request->problem, request->arena, PROBLEM_NOT_FOUND,
                       "There is no such photo.");
}

static int read_key(struct request *request, struct photo_key *ret)
{
    ret->org_id = request->actor.org_id;
    return request_uuid(request, "photo_id", &ret->id);
}

int photo_content_prepare(struct request *request, struct response *response)
{
    (void)response;
    struct decoded_photo *photo;
    if (photo_intake_decode(request, &request->body.files[0], "", false, &photo) < 0)
        return -1;
    request->prepared = photo;
    return 0;
}

static int renew_visit(struct request *request, const struct photo_key *key)
{
    struct photo_files files;
    if (photo_files(request->db, request->arena, key, &request->actor.user_id, &files) < 0 ||
        !files.visit_id)
        return -1;
    return visit_judgement_renew(request, files.visit_id);
}

static bool is_early(const struct request *request)
{
    return request->problem.is_set && request->problem.type == PROBLEM_NOT_YET_HERE;
}

int photo_await(struct request *request, const struct uuid *photo_id)
{
    char id[UUID_TEXT_BYTES];
    bool is_over;
    uuid_format(photo_id, id);
    problem_clear(&request->problem);
    if (waiting_is_over_of(request, "photo", arena_strdup(request->arena, id), &is_over) < 0)
        return -1;
    return problem_set(&request->problem, request->arena,
                       is_over ? PROBLEM_NOT_FOUND : PROBLEM_NOT_YET_HERE,
                       "No check-in of yours announced a photo of this id.");
}

int photo_store_late(struct request *request, const struct photo_key *key,
                     struct decoded_photo *photo, bool *ret_replayed)
{
    if (photo_intake_store(request, &key->id, "", photo, ret_replayed) < 0)
        return is_early(request) ? photo_await(request, &key->id) : -1;
    return *ret_replayed ? 0 : renew_visit(request, key);
}

static int read_photo(struct request *request, const struct photo_key *key, const char **ret_json)
{
    if (photo_get(request->db, request->arena, key, actor_own_only(request),
                  actor_language(request), ret_json) < 0)
        return -1;
    return *ret_json ? 0 : not_found(request);
}

int photo_receipt(struct request *request, const struct photo_key *key, const char **ret_receipt)
{
    const char *json;
    return read_photo(request, key, &json) < 0 ? -1 : receipt_of(request, json, ret_receipt);
}

int photo_content_put(struct request *request, struct response *response)
{
    struct photo_key key;
    const char *json, *receipt;
    bool replayed;
    if (read_key(request, &key) < 0 ||
        photo_store_late(request, &key, request->prepared, &replayed) < 0)
        return -1;
    if (replayed)
        response_header(response, "Idempotency-Replayed", "true");
    if (read_photo(request, &key, &json) < 0 || receipt_of(request, json, &receipt) < 0)
        return -1;
    receipt_add_header(response, receipt);
    response_json(response, replayed ? 200 : 201, json);
    return 0;
}

int photo_show(struct request *request, struct response *response)
{
    struct photo_key key;
    const char *json;
    if (read_key(request, &key) < 0 || read_photo(request, &key, &json) < 0)
        return -1;
    return entity_answer_digested(request, json, response);
}

/* Who looks at whose evidence is recorded; a technician's look at their own photos is not. */
static int record_view(struct request *request, const struct photo_key *key, const char *visit_id,
                       const char *action)
{
    if (request->actor.role == ROLE_TECHNICIAN)
        return 0;
    return evidence_view_insert(request->db, request->arena, &key->org_id, &request->actor.user_id,
                                visit_id, &key->id, action);
}

static int read_files(struct request *request, struct photo_key *ret_key, struct photo_files *ret)
{
    if (read_key(request, ret_key) < 0 ||
        photo_files(request->db, request->arena, ret_key, actor_own_only(request), ret) < 0)
        return -1;
    return ret->original ? 0 : not_found(request);
}

/* What is answered of bytes that a retention rule has removed. */
static int check_kept(struct request *request, const struct photo_removal *removal,
                      const char *what)
{
    return removal->day ? problem_set(&request->problem, request->arena, PROBLEM_REMOVED,
                                      "The %s was removed on %s under the retention rule \"%s\".",
                                      sentence_in(request->problem.language, what), removal->day,
                                      removal->rule)
                        : 0;
}

int photo_original(struct request *request, struct response *response)
{
    struct photo_key key;
    struct photo_files files;
    if (read_files(request, &key, &files) < 0 ||
        check_kept(request, &files.original_removal, "original") < 0 ||
        record_view(request, &key, files.visit_id, "downloaded") < 0)
        return -1;
    return stored_file_answer(request, files.original, files.is_video ? "video/mp4" : "image/jpeg",
                              response);
}

int photo_medium(struct request *request, struct response *response)
{
    struct photo_key key;
    struct photo_files files;
    if (read_files(request, &key, &files) < 0 ||
        check_kept(request, &files.thumbnails_removal, "picture") < 0 ||
        record_view(request, &key, files.visit_id, "viewed") < 0)
        return -1;
    return stored_file_answer(request, files.medium, "image/jpeg", response);
}

/* The small size fills lists: scrolling past it is not looking at it. */
int photo_small(struct request *request, struct response *response)
{
    struct photo_key key;
    struct photo_files files;
    if (read_files(request, &key, &files) < 0 ||
        check_kept(request, &files.thumbnails_removal, "picture") < 0)
        return -1;
    return stored_file_answer(request, files.small, "image/jpeg", response);
}
