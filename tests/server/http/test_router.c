#include "http_test.h"

#include "server/http/router.h"

static const struct route table[] = {
    {.method = "GET", .path = "/v1/sites", .operation_id = "listSites"},
    {.method = "POST", .path = "/v1/sites", .operation_id = "createSite"},
    {.method = "GET", .path = "/v1/sites/{site_id}", .operation_id = "getSite"},
    {.method = "GET", .path = "/v1/sites/mine", .operation_id = "getMine"},
    {.method = "PATCH", .path = "/v1/sites/{site_id}", .operation_id = "changeSite"},
    {.method = "HEAD", .path = "/v1/uploads/{upload_id}", .operation_id = "getUpload"},
    {.method = "PATCH", .path = "/v1/uploads/{upload_id}", .operation_id = "patchUpload"},
    {.method = "GET", .path = "/v1/files/{name}", .operation_id = "getFile"},
    {.method = "HEAD", .path = "/v1/files/{name}", .operation_id = "lookAtFile"},
    {.method = "GET", .path = "/v1/{kind}/{id}/history/{version}", .operation_id = "getVersion"},
};

static enum router_result find(struct arena *arena, const char *method, const char *path,
                               struct router_match *ret)
{
    const struct router *router;
    assert_int_equal(router_create(arena, table, ARRAY_LENGTH(table), &router), 0);
    memset(ret, 0, sizeof *ret);
    return router_find(router, arena, method, path, ret);
}

static void test_router__finds_routes_and_names_parameters(void **state)
{
    struct router_match match;
    assert_int_equal(find(*state, "GET", "/v1/a%20b/7/history/c", &match), ROUTER_FOUND);
    assert_string_equal(match.route->operation_id, "getVersion");
    assert_int_equal(match.parameter_count, 3);
    assert_string_equal(match.parameters[0].name, "kind");
    assert_string_equal(match.parameters[0].value, "a b");
    assert_string_equal(match.parameters[2].value, "c");
    assert_int_equal(find(*state, "POST", "/v1/sites", &match), ROUTER_FOUND);
    assert_string_equal(match.route->operation_id, "createSite");
}

static void test_router__prefers_fixed_segments(void **state)
{
    struct router_match match;
    assert_int_equal(find(*state, "GET", "/v1/sites/mine", &match), ROUTER_FOUND);
    assert_string_equal(match.route->operation_id, "getMine");
    assert_int_equal(find(*state, "GET", "/v1/sites/yours", &match), ROUTER_FOUND);
    assert_string_equal(match.route->operation_id, "getSite");
}

static void test_router__head_finds_the_get_route(void **state)
{
    struct router_match match;
    assert_int_equal(find(*state, "HEAD", "/v1/sites", &match), ROUTER_FOUND);
    assert_string_equal(match.route->operation_id, "listSites");
}

static void test_router__a_head_route_of_its_own_goes_before_get(void **state)
{
    struct router_match match;
    assert_int_equal(find(*state, "HEAD", "/v1/uploads/1", &match), ROUTER_FOUND);
    assert_string_equal(match.route->operation_id, "getUpload");
    assert_int_equal(find(*state, "HEAD", "/v1/files/1", &match), ROUTER_FOUND);
    assert_string_equal(match.route->operation_id, "lookAtFile");
    assert_int_equal(find(*state, "GET", "/v1/uploads/1", &match), ROUTER_NO_METHOD);
    assert_string_equal(match.allow, "HEAD, PATCH");
}

static void test_router__says_which_methods_are_allowed(void **state)
{
    struct router_match match;
    assert_int_equal(find(*state, "DELETE", "/v1/sites", &match), ROUTER_NO_METHOD);
    assert_string_equal(match.allow, "GET, HEAD, POST");
    assert_int_equal(find(*state, "DELETE", "/v1/sites/1", &match), ROUTER_NO_METHOD);
    assert_string_equal(match.allow, "GET, HEAD, PATCH");
}

static void test_router__refuses_other_paths(void **state)
{
    static const struct {
        const char *path;
        enum router_result result;
    } cases[] = {
        {"/", ROUTER_NO_PATH},
        {"/v1", ROUTER_NO_PATH},
        {"/v1/sites/", ROUTER_NO_PATH},
        {"//v1/sites", ROUTER_NO_PATH},
        {"/v1/sites/1/2", ROUTER_NO_PATH},
        {"/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a", ROUTER_NO_PATH},
        {"/v1/../v1/sites", ROUTER_BAD_PATH},
        {"/v1/sites/%2e%2e", ROUTER_BAD_PATH},
        {"/v1/sites/a%2fb", ROUTER_BAD_PATH},
        {"/v1/sites/a%00", ROUTER_BAD_PATH},
        {"/v1/sites/%0a", ROUTER_BAD_PATH},
        {"/v1/sites/%ff", ROUTER_BAD_PATH},
        {"/v1/sites/%4", ROUTER_BAD_PATH},
    };
    struct router_match match;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++)
        assert_int_equal(find(*state, "GET", cases[i].path, &match), cases[i].result);
}

static void test_router__refuses_a_table_with_the_same_route_twice(void **state)
{
    const struct route twice[] = {table[0], table[0]};
    const struct router *router;
    assert_int_equal(router_create(*state, twice, 2, &router), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(test_router__finds_routes_and_names_parameters),
        ARENA_TEST(test_router__prefers_fixed_segments),
        ARENA_TEST(test_router__head_finds_the_get_route),
        ARENA_TEST(test_router__a_head_route_of_its_own_goes_before_get),
        ARENA_TEST(test_router__says_which_methods_are_allowed),
        ARENA_TEST(test_router__refuses_other_paths),
        ARENA_TEST(test_router__refuses_a_table_with_the_same_route_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
