#include "server/resources/work_orders.h"

#include "server/base/buffer.h"
#include "server/base/clock.h"
#include "server/base/hex.h"
#include "server/resources/cursor.h"
#include "server/resources/entity.h"
#include "server/resources/policies.h"
#include "server/resources/snapshot_text.h"
#include "server/store/phone_changes.h"

#include <openssl/evp.h>
#include <string.h>

/*
 * The phone's change feed. A cursor holds a snapshot of the database: what that did not see is new.
 * Between the pages of one answer it holds the snapshot that the answer began from, how far the
 * phone is, and the snapshot of the first page, from which the next answer will begin.
 */

#define ANSWER_BYTES_MAX ((size_t)16 * 1024 * 1024)
#define DIGEST_TEXT      17
/* An empty answer gives the same cursor again, so that its ETag stays; a cursor ages no further. */
#define CURSOR_RENEW_MS (INT64_C(24) * 60 * 60 * 1000)

enum { USER, INCARNATION, KNOWN, KNOWN_AT, NEXT, NEXT_AT, LAST_KIND, LAST_ID, SHOWN, KEYS };

/** What a phone shows that is no list: each goes out when it is not what the phone has. */
enum { ORGANISATION, POLICY, TECHNICIAN, SHOWN_COUNT };

struct shown {
    const char *json[SHOWN_COUNT];
    char digests[(size_t)SHOWN_COUNT * (DIGEST_TEXT - 1) + 1];
};

static bool is_kind(const char *text)
{
    return strcmp(text, "work_order") == 0 || strcmp(text, "retake") == 0 ||
           strcmp(text, "correction") == 0;
}

/* A cursor is one of a whole answer, or of a page that has others after it. */
static bool is_well_formed(const char *const keys[KEYS])
{
    struct uuid id;
    bool is_whole = !*keys[NEXT];
    if (uuid_parse(keys[USER], &id) < 0 || !moment_is_valid(keys[KNOWN_AT]) ||
        strlen(keys[SHOWN]) != (size_t)SHOWN_COUNT * (DIGEST_TEXT - 1))
        return false;
    if (is_whole)
        return snapshot_is_valid(keys[KNOWN]) && !*keys[NEXT_AT] && !*keys[LAST_KIND] &&
               !*keys[LAST_ID];
    return (!*keys[KNOWN] || snapshot_is_valid(keys[KNOWN])) && snapshot_is_valid(keys[NEXT]) &&
           moment_is_valid(keys[NEXT_AT]) && is_kind(keys[LAST_KIND]) &&
           uuid_parse(keys[LAST_ID], &id) == 0;
}

static int read_since(struct request *request, const char *since, const char *keys[KEYS])
{
    struct uuid user;
    if (cursor_read(request->arena, since, KEYS, keys) < 0 || !is_well_formed(keys))
        return problem_add(&request->problem, request->arena, PROBLEM_INVALID_PARAMETER,
                           "query:since", "cursor",
                           "Use the cursor of an earlier answer; without one you get everything.");
    if (uuid_parse(keys[USER], &user) < 0 || !uuid_equal(&user, &request->actor.user_id))
        return problem_add(&request->problem, request->arena, PROBLEM_INVALID_PARAMETER,
                           "query:since", "cursor",
                           "This cursor is another user's; without one you get everything.");
    return 0;
}

static const char *text_or_null(const char *text)
{
    return text && *text ? text : NULL;
}

static int read_changes(struct request *request, const char *const keys[KEYS],
                        struct phone_changes *ret)
{
    const struct phone_cursor cursor = {
        .incarnation = text_or_null(keys[INCARNATION]),
        .known = text_or_null(keys[KNOWN]),
        .known_at = text_or_null(keys[KNOWN_AT]),
        .last_kind = text_or_null(keys[LAST_KIND]),
        .last_id = text_or_null(keys[LAST_ID]),
    };
    return phone_changes_read(request->db, request->arena, &request->actor.org_id,
                              &request->actor.user_id, &cursor, ret);
}

static int read_shown(struct request *request, const struct phone_changes *changes,
                      struct shown *ret)
{
    struct shown shown = {
        .json = {[ORGANISATION] = changes->organisation, [TECHNICIAN] = changes->technician}};
    shown.json[POLICY] =
        policy_json(request, changes->policy_overrides, changes->organisation_version);
    for (size_t i = 0; i < SHOWN_COUNT; i++) {
        uint8_t sha256[32];
        const char *json = shown.json[i];
        if (!json || EVP_Digest(json, strlen(json), sha256, NULL, EVP_sha256(), NULL) != 1)
            return -1;
        hex_encode(sha256, (DIGEST_TEXT - 1) / 2, shown.digests + i * (DIGEST_TEXT - 1));
    }
    *ret = shown;
    return 0;
}

/* Nothing to tell: the phone keeps its cursor, unless that is getting old. */
static bool says_nothing(const char *const keys[KEYS], const struct phone_changes *changes,
                         const struct shown *shown)
{
    int64_t known_at_ms, now_ms;
    return changes->continues && changes->count == 0 && !changes->has_more && !*keys[NEXT] &&
           strcmp(keys[SHOWN], shown->digests) == 0 &&
           clock_parse_rfc3339(keys[KNOWN_AT], &known_at_ms) == 0 &&
           clock_parse_rfc3339(changes->moment, &now_ms) == 0 &&
           now_ms - known_at_ms < CURSOR_RENEW_MS;
}

static const char *next_cursor(struct request *request, const char *const keys[KEYS],
                               const struct phone_changes *changes, const struct shown *shown)
{
    char user[UUID_TEXT_BYTES];
    bool is_later_page = changes->continues && *keys[NEXT];
    const char *snapshot = is_later_page ? keys[NEXT] : changes->snapshot;
    const char *moment = is_later_page ? keys[NEXT_AT] : changes->moment;
    uuid_format(&request->actor.user_id, user);
    const char *next[KEYS] = {[USER] = user,
                              [INCARNATION] = changes->incarnation,
                              [KNOWN] = snapshot,
                              [KNOWN_AT] = moment,
                              [NEXT] = "",
                              [NEXT_AT] = "",
                              [LAST_KIND] = "",
                              [LAST_ID] = "",
                              [SHOWN] = shown->digests};
    if (changes->has_more) {
        next[KNOWN] = changes->continues ? keys[KNOWN] : "";
        next[KNOWN_AT] = changes->continues ? keys[KNOWN_AT] : moment;
        next[NEXT] = snapshot;
        next[NEXT_AT] = moment;
        next[LAST_KIND] = changes->last_kind;
        next[LAST_ID] = changes->last_id;
    }
    return cursor_write(request->arena, next, KEYS);
}

static const char *write_answer(struct request *request, const char *cursor,
                                const char *known_digests, const struct phone_changes *changes,
                                const struct shown *shown)
{
    static const char *const names[SHOWN_COUNT] = {"organisation", "policy", "technician"};
    struct buffer buffer;
    buffer_init(&buffer, request->arena, ANSWER_BYTES_MAX);
    buffer_printf(&buffer, "{\"cursor\":\"%s\",\"complete\":%s,\"full\":%s", cursor,
                  changes->has_more ? "false" : "true", changes->continues ? "false" : "true");
    for (size_t i = 0; i < SHOWN_COUNT; i++) {
        size_t at = i * (DIGEST_TEXT - 1);
        bool is_known = changes->continues &&
                        strncmp(known_digests + at, shown->digests + at, DIGEST_TEXT - 1) == 0;
        buffer_printf(&buffer, ",\"%s\":", names[i]);
        buffer_append_text(&buffer, is_known ? "null" : shown->json[i]);
    }
    buffer_append_text(&buffer, ",\"work_orders\":");
    buffer_append_text(&buffer, changes->work_orders);
    buffer_append_text(&buffer, ",\"retakes\":");
    buffer_append_text(&buffer, changes->retakes);
    buffer_append_text(&buffer, ",\"corrections\":");
    buffer_append_text(&buffer, changes->corrections);
    buffer_append_text(&buffer, ",\"deleted\":");
    buffer_append_text(&buffer, changes->deleted);
    buffer_append_text(&buffer, "}");
    return buffer.failed ? NULL : buffer.text;
}

int my_changes_show(struct request *request, struct response *response)
{
    const char *since = request_query(request, "since");
    const char *keys[KEYS] = {"", "", "", "", "", "", "", "", ""};
    struct phone_changes changes;
    struct shown shown;
    if ((since && read_since(request, since, keys) < 0) ||
        read_changes(request, keys, &changes) < 0 || read_shown(request, &changes, &shown) < 0)
        return -1;
    const char *cursor =
        says_nothing(keys, &changes, &shown) ? since : next_cursor(request, keys, &changes, &shown);
    const char *json = cursor ? write_answer(request, cursor, keys[SHOWN], &changes, &shown) : NULL;
    return json ? entity_answer_digested(request, json, response) : -1;
}
