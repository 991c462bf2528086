#include "http_test.h"

#include "server/http/contract.h"
#include "server/http/json.h"
#include "server/http/route.h"

#include <stdio.h>

#define ROUTES_MAX 200

static enum route_body body_of(const json_t *operation)
{
    const json_t *content = json_object_get(json_object_get(operation, "requestBody"), "content");
    if (json_object_get(content, "multipart/form-data"))
        return BODY_JSON_OR_MULTIPART;
    if (json_object_get(content, "image/jpeg"))
        return BODY_JPEG;
    if (json_object_get(content, "text/csv"))
        return BODY_CSV;
    if (json_object_get(content, "application/offset+octet-stream"))
        return BODY_UPLOAD;
    return content ? BODY_JSON : BODY_NONE;
}

static const char *upper(struct arena *arena, const char *text)
{
    char *copy = arena_strdup(arena, text);
    for (char *c = copy; *c; c++)
        *c = (char)(*c & ~0x20);
    return copy;
}

static size_t routes_of(struct arena *arena, const json_t *document, struct route *ret_routes)
{
    static const char *const methods[] = {"get",    "post", "put",    "patch",
                                          "delete", "head", "options"};
    const char *path;
    json_t *item;
    size_t count = 0;
    json_object_foreach(json_object_get(document, "paths"), path, item)
    {
        for (size_t i = 0; i < ARRAY_LENGTH(methods); i++) {
            const json_t *operation = json_object_get(item, methods[i]);
            if (!operation)
                continue;
            assert_true(count < ROUTES_MAX);
            ret_routes[count++] = (struct route){
                .method = upper(arena, methods[i]),
                .path = path,
                .operation_id = json_string_value(json_object_get(operation, "operationId")),
                .body = body_of(operation),
            };
        }
    }
    return count;
}

static void test_contract__enforces_every_keyword_it_uses(void **state)
{
    static struct route all[ROUTES_MAX];
    json_t *document = json_loadb(contract_text, contract_text_bytes, 0, NULL);
    assert_non_null(document);
    size_t count = routes_of(*state, document, all);
    const struct contract *contract;
    const char *error = "";
    int result =
        contract_create(*state, contract_text, contract_text_bytes, all, count, &contract, &error);
    if (result)
        print_error("%s\n", error);
    assert_int_equal(result, 0);
    assert_true(count > 60);
    json_decref(document);
}

static const char small[] =
    "{\"paths\":{\"/a\":{\"get\":{\"operationId\":\"getA\",\"parameters\":["
    "{\"name\":\"limit\",\"in\":\"query\",\"schema\":{\"type\":\"integer\",\"minimum\":1,"
    "\"maximum\":200}},"
    "{\"name\":\"from\",\"in\":\"query\",\"required\":true,\"schema\":{\"type\":\"string\","
    "\"format\":\"date\"}},"
    "{\"name\":\"open\",\"in\":\"query\",\"schema\":{\"type\":\"boolean\"}}]},"
    "\"post\":{\"operationId\":\"postA\",\"requestBody\":{\"content\":{\"application/"
    "json\":{\"schema\":{\"type\":"
    "\"object\",\"dependentRequired\":{}}}}}}}}}";

static const struct route get_a = {
    .method = "GET", .path = "/a", .operation_id = "getA", .body = BODY_NONE};

static int check_query(struct arena *arena, const char *query, struct request *ret_request)
{
    const struct contract *contract;
    const char *error;
    assert_int_equal(contract_create(arena, small, sizeof small - 1, &get_a, 1, &contract, &error),
                     0);
    *ret_request = (struct request){.arena = arena, .query = query};
    return contract_check_query(contract_operation(contract, 0), ret_request);
}

static void test_contract__checks_query_parameters(void **state)
{
    static const struct {
        const char *query, *pointer, *rule;
    } refused[] = {
        {NULL, "query:from", "required"},
        {"from=2026-05-04&frm=1", "query:frm", "unknown"},
        {"from=2026-05-04&from=2026-05-04", "query:from", "repeated"},
        {"from=yesterday", "query:from", "format"},
        {"from=2026-05-04&limit=0", "query:limit", "minimum"},
        {"from=2026-05-04&limit=201", "query:limit", "maximum"},
        {"from=2026-05-04&limit=1.5", "query:limit", "type"},
        {"from=2026-05-04&limit=", "query:limit", "type"},
        {"from=2026-05-04&limit=99999999999999999999", "query:limit", "type"},
        {"from=2026-05-04&open=yes", "query:open", "type"},
    };
    struct request request;
    for (size_t i = 0; i < ARRAY_LENGTH(refused); i++) {
        assert_int_equal(check_query(*state, refused[i].query, &request), -1);
        assert_int_equal(request.problem.type, PROBLEM_INVALID_PARAMETER);
        assert_string_equal(request.problem.errors[0].pointer, refused[i].pointer);
        assert_string_equal(request.problem.errors[0].rule, refused[i].rule);
    }
    assert_int_equal(check_query(*state, "from=2026-05-04&limit=200&open=true", &request), 0);
    assert_int_equal(check_query(*state, "from=2026%2D05-04&", &request), 0);
}

static void test_contract__refuses_an_ill_formed_query(void **state)
{
    struct request request;
    assert_int_equal(check_query(*state, "from=%zz", &request), -1);
    assert_int_equal(check_query(*state, "from=%ff", &request), -1);
    assert_int_equal(check_query(*state, "=x", &request), -1);
}

static void test_contract__refuses_to_start_when_it_disagrees(void **state)
{
    const struct route wrong[] = {
        {.method = "GET", .path = "/b", .operation_id = "getA", .body = BODY_NONE},
        {.method = "GET", .path = "/a", .operation_id = "getB", .body = BODY_NONE},
        {.method = "PUT", .path = "/a", .operation_id = "getA", .body = BODY_NONE},
        {.method = "GET", .path = "/a", .operation_id = "getA", .body = BODY_JSON},
        {.method = "POST",
         .path = "/a",
         .operation_id = "postA",
         .body = BODY_JSON}, /* a keyword nobody enforces */
    };
    for (size_t i = 0; i < ARRAY_LENGTH(wrong); i++) {
        const struct contract *contract = NULL;
        const char *error = NULL;
        assert_int_equal(
            contract_create(*state, small, sizeof small - 1, &wrong[i], 1, &contract, &error), -1);
        assert_non_null(error);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(test_contract__enforces_every_keyword_it_uses),
        ARENA_TEST(test_contract__checks_query_parameters),
        ARENA_TEST(test_contract__refuses_an_ill_formed_query),
        ARENA_TEST(test_contract__refuses_to_start_when_it_disagrees),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
