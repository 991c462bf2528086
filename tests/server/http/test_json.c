#include "http_test.h"

#include "server/http/json.h"

static int parse(struct arena *arena, const char *text, size_t length, struct problem *ret_problem)
{
    const json_t *value = NULL;
    *ret_problem = (struct problem){.is_set = false};
    return json_parse(text, length, "", arena, ret_problem, &value);
}

static void test_json__refuses_what_is_not_strict(void **state)
{
    static const struct {
        const char *text, *rule;
    } cases[] = {
        {"", "json"},
        {"{", "json"},
        {"{\"a\":1,}", "json"},
        {"{\"a\":1} x", "json"},
        {"{'a':1}", "json"},
        {"{\"a\":NaN}", "json"},
        {"{\"a\":Infinity}", "json"},
        {"{\"a\":01}", "json"},
        {"{\"a\":+1}", "json"},
        {"{\"a\":1e400}", "number_range"},
        {"{\"a\":99999999999999999999}", "number_range"},
        {"{\"a\":1,\"a\":2}", "unique_names"},
        {"\"\xff\"", "utf8"},
        {"\"\xed\xa0\x80\"", "utf8"},
        {"\"\\u0000\"", "no_nul"},
        {"\"\\ud800\"", "json"},
        {"\"a\nb\"", "json"},
    };
    struct problem problem;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        assert_int_equal(parse(*state, cases[i].text, strlen(cases[i].text), &problem), -1);
        assert_int_equal(problem.type, PROBLEM_INVALID_BODY);
        assert_string_equal(problem.errors[0].rule, cases[i].rule);
    }
    assert_int_equal(parse(*state, "{\"a\":1}\0", 8, &problem), -1);
}

static void test_json__accepts_what_is(void **state)
{
    static const char *const texts[] = {"null", "{}", "[1,-0.5e3,\"\\ud83d\\ude00\"]",
                                        " {\"a\":9007199254740993} "};
    struct problem problem;
    for (size_t i = 0; i < ARRAY_LENGTH(texts); i++)
        assert_int_equal(parse(*state, texts[i], strlen(texts[i]), &problem), 0);
}

static void nest(char *text, size_t depth)
{
    memset(text, '[', depth);
    memset(text + depth, ']', depth);
}

static void test_json__has_a_ceiling_on_depth(void **state)
{
    static char text[400000];
    struct problem problem;
    nest(text, JSON_DEPTH_MAX);
    assert_int_equal(parse(*state, text, (size_t)2 * JSON_DEPTH_MAX, &problem), 0);
    nest(text, JSON_DEPTH_MAX + 1);
    assert_int_equal(parse(*state, text, (size_t)2 * (JSON_DEPTH_MAX + 1), &problem), -1);
    assert_string_equal(problem.errors[0].rule, "max_depth");
    nest(text, 200000);
    assert_int_equal(parse(*state, text, 400000, &problem), -1);
}

static void test_json__counts_no_brackets_inside_texts(void **state)
{
    static char text[4096];
    struct problem problem;
    memset(text, '[', sizeof text);
    memcpy(text, "[\"\\\"", 4);
    memcpy(text + sizeof text - 2, "\"]", 2);
    assert_int_equal(parse(*state, text, sizeof text, &problem), 0);
}

static void test_json__has_a_ceiling_on_values(void **state)
{
    static char text[2 * JSON_VALUES_MAX + 8];
    struct problem problem;
    for (size_t i = 0; i < sizeof text; i += 2)
        memcpy(text + i, "1,", 2);
    text[0] = '[';
    assert_int_equal(parse(*state, text, sizeof text, &problem), -1);
    assert_string_equal(problem.errors[0].rule, "max_values");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(test_json__refuses_what_is_not_strict),
        ARENA_TEST(test_json__accepts_what_is),
        ARENA_TEST(test_json__has_a_ceiling_on_depth),
        ARENA_TEST(test_json__counts_no_brackets_inside_texts),
        ARENA_TEST(test_json__has_a_ceiling_on_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
