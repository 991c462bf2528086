#include "http_test.h"

#include "server/http/schema.h"

struct checked {
    int result;
    struct problem problem;
};

static struct checked check_in(struct arena *arena, const char *document_text,
                               const char *schema_text, const char *value_text)
{
    struct checked checked = {.result = -2};
    json_t *document = json_loads(document_text, 0, NULL);
    json_t *definition = json_loads(schema_text, 0, NULL);
    json_t *value = json_loads(value_text, JSON_DECODE_ANY, NULL);
    assert_true(document && definition && value);
    struct schema_compiler *compiler;
    const struct schema *schema;
    assert_int_equal(schema_compiler_create(arena, document, &compiler), 0);
    if (schema_compile(compiler, definition, &schema))
        print_error("%s\n", schema_compiler_error(compiler));
    else
        checked.result =
            schema_check(schema, value, "", PROBLEM_INVALID_FIELD, arena, &checked.problem);
    /* Schemas point into these; they go when the test is done, so they are kept for the arena's
     * life. */
    assert_int_equal(arena_defer(arena, (void (*)(void *))json_delete, document), 0);
    assert_int_equal(arena_defer(arena, (void (*)(void *))json_delete, definition), 0);
    assert_int_equal(arena_defer(arena, (void (*)(void *))json_delete, value), 0);
    return checked;
}

struct rule_case {
    const char *schema, *value;
    const char *pointer, *rule; /* NULL: accepted */
};

static void check_cases(struct arena *arena, const struct rule_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct checked checked = check_in(arena, "{}", cases[i].schema, cases[i].value);
        if (checked.result != (cases[i].rule ? -1 : 0))
            print_error("%s with %s\n", cases[i].schema, cases[i].value);
        assert_int_equal(checked.result, cases[i].rule ? -1 : 0);
        if (!cases[i].rule)
            continue;
        assert_string_equal(checked.problem.errors[0].pointer, cases[i].pointer);
        assert_string_equal(checked.problem.errors[0].rule, cases[i].rule);
    }
}

static void test_schema__checks_types(void **state)
{
    static const struct rule_case cases[] = {
        {"{\"type\":\"integer\"}", "5", NULL, NULL},
        {"{\"type\":\"integer\"}", "5.0", "", "type"},
        {"{\"type\":\"integer\"}", "\"5\"", "", "type"},
        {"{\"type\":\"integer\"}", "true", "", "type"},
        {"{\"type\":\"number\"}", "5", NULL, NULL},
        {"{\"type\":\"boolean\"}", "1", "", "type"},
        {"{\"type\":[\"string\",\"null\"]}", "null", NULL, NULL},
        {"{\"type\":[\"string\",\"null\"]}", "{}", "", "type"},
        {"{\"type\":\"object\"}", "[]", "", "type"},
        {"{}", "[{}]", NULL, NULL},
    };
    check_cases(*state, cases, ARRAY_LENGTH(cases));
}

static void test_schema__checks_numbers(void **state)
{
    static const struct rule_case cases[] = {
        {"{\"minimum\":-90,\"maximum\":90}", "90", NULL, NULL},
        {"{\"minimum\":-90,\"maximum\":90}", "90.0000001", "", "maximum"},
        {"{\"minimum\":-90,\"maximum\":90}", "-91", "", "minimum"},
        {"{\"exclusiveMinimum\":0}", "0", "", "exclusiveMinimum"},
        {"{\"exclusiveMaximum\":1}", "1", "", "exclusiveMaximum"},
        {"{\"type\":\"integer\"}", "9007199254740991", NULL, NULL},
        {"{\"type\":\"integer\"}", "9007199254740993", "", "safe_integer"},
        {"{}", "-9007199254740993", "", "safe_integer"},
    };
    check_cases(*state, cases, ARRAY_LENGTH(cases));
}

static void test_schema__checks_texts(void **state)
{
    static const struct rule_case cases[] = {
        {"{\"minLength\":2,\"maxLength\":3}", "\"\\u4e2d\\ud83d\\ude00\\u4e2d\"", NULL, NULL},
        {"{\"maxLength\":3}", "\"abcd\"", "", "maxLength"},
        {"{\"minLength\":2}", "\"\\u4e2d\"", "", "minLength"},
        {"{\"maxLength\":9,\"pattern\":\"^[a-z]+$\"}", "\"abc\"", NULL, NULL},
        {"{\"maxLength\":9,\"pattern\":\"^[a-z]+$\"}", "\"aBc\"", "", "pattern"},
        {"{\"type\":\"string\"}", "\"a\\nb\\tc\"", NULL, NULL},
        {"{\"type\":\"string\"}", "\"a\\u0007b\"", "", "no_control_characters"},
        {"{\"type\":\"string\"}", "\"a\\u007fb\"", "", "no_control_characters"},
        {"{\"enum\":[\"a\",\"b\"]}", "\"b\"", NULL, NULL},
        {"{\"enum\":[\"a\",\"b\"]}", "\"c\"", "", "enum"},
        {"{\"const\":3}", "4", "", "const"},
    };
    check_cases(*state, cases, ARRAY_LENGTH(cases));
}

static void test_schema__checks_formats(void **state)
{
    static const struct {
        const char *format, *good, *bad;
    } cases[] = {
        {"uuid", "0f8fad5b-d9cb-469f-a165-70867728950e", "0f8fad5bd9cb469fa16570867728950e"},
        {"uuid", "0F8FAD5B-D9CB-469F-A165-70867728950E", "00000000-0000-0000-0000-000000000000"},
        {"date-time", "2026-05-04T07:31:22.417Z", "2026-05-04 07:31:22"},
        {"date-time", "2026-05-04T07:31:22+08:00", "2026-02-30T00:00:00Z"},
        {"date", "2024-02-29", "2026-02-29"},
        {"date", "2026-05-04", "2026-5-4"},
        {"email", "a@b.example", "a@b"},
        {"email", "a.b+c@d.example", "a b@c.example"},
        {"sha256", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
         "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855"},
        {"time-zone", "Asia/Shanghai", "Asia/Shang hai"},
        {"time-zone", "Etc/GMT+8", "../etc/passwd/"},
        {"clock", "23:59", "24:00"},
        {"clock", "00:00", "09:60"},
        {"clock", "09:30", "9:30"},
        {"clock", "12:05", "12-05"},
        {"uri", "https://example.org/a", "no scheme"},
        {"slug", "north-west-2", "-north"},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        char *schema = arena_printf(*state, "{\"format\":\"%s\"}", cases[i].format);
        char *good = arena_printf(*state, "\"%s\"", cases[i].good),
             *bad = arena_printf(*state, "\"%s\"", cases[i].bad);
        const struct rule_case pair[] = {{schema, good, NULL, NULL}, {schema, bad, "", "format"}};
        check_cases(*state, pair, 2);
    }
}

static void test_schema__checks_objects_and_lists(void **state)
{
    static const char object[] =
        "{\"type\":\"object\",\"required\":[\"id\"],\"additionalProperties\":false,"
        "\"properties\":{\"id\":{\"type\":\"integer\"},\"a/b~c\":{\"type\":\"integer\"},"
        "\"list\":{\"type\":\"array\",\"minItems\":1,\"maxItems\":3,\"uniqueItems\":true,"
        "\"items\":{\"type\":\"integer\"}}}}";
    static const char ids[] = "{\"type\":\"array\",\"uniqueItems\":true,\"maxItems\":9,"
                              "\"items\":{\"type\":\"string\",\"format\":\"uuid\"}}";
    static const struct rule_case cases[] = {
        {object, "{\"id\":1}", NULL, NULL},
        {object, "{}", "/id", "required"},
        {object, "{\"id\":1,\"more\":2}", "/more", "additionalProperties"},
        {object, "{\"id\":1,\"a/b~c\":\"x\"}", "/a~1b~0c", "type"},
        {object, "{\"id\":1,\"list\":[]}", "/list", "minItems"},
        {object, "{\"id\":1,\"list\":[1,2,3,4]}", "/list", "maxItems"},
        {object, "{\"id\":1,\"list\":[1,\"x\"]}", "/list/1", "type"},
        {object, "{\"id\":1,\"list\":[1,2,1]}", "/list/2", "uniqueItems"},
        {ids, "[\"0b9e7c1e-0000-4000-8000-00000000000a\",\"0b9e7c1e-0000-4000-8000-00000000000A\"]",
         "/1", "uniqueItems"},
        {"{\"type\":\"array\",\"uniqueItems\":true,\"maxItems\":9,\"items\":{\"type\":\"string\"}}",
         "[\"a\",\"A\"]", NULL, NULL},
        {"{\"additionalProperties\":{\"type\":\"integer\"}}", "{\"a\":\"x\"}", "/a", "type"},
        {"{\"minProperties\":1}", "{}", "", "minProperties"},
        {"{\"maxProperties\":1}", "{\"a\":1,\"b\":2}", "", "maxProperties"},
    };
    check_cases(*state, cases, ARRAY_LENGTH(cases));
}

static void test_schema__checks_alternatives(void **state)
{
    static const char either[] = "{\"oneOf\":[{\"type\":\"object\",\"required\":[\"a\"]},{\"type\":"
                                 "\"object\",\"required\":[\"b\"]}]}";
    static const char maybe[] =
        "{\"oneOf\":[{\"type\":\"null\"},{\"type\":\"object\",\"required\":[\"a\"]}]}";
    static const struct rule_case cases[] = {
        {either, "{\"a\":1}", NULL, NULL},
        {either, "{\"a\":1,\"b\":1}", "", "oneOf"},
        {either, "{}", "", "oneOf"},
        {maybe, "null", NULL, NULL},
        {maybe, "{}", "/a", "required"}, /* the only form of that type is the one to explain */
        {"{\"anyOf\":[{\"minimum\":5},{\"maximum\":7}]}", "6", NULL, NULL},
        {"{\"anyOf\":[{\"minimum\":5},{\"maximum\":3}]}", "4", "", "anyOf"},
        {"{\"allOf\":[{\"minimum\":5},{\"maximum\":7}]}", "8", "", "maximum"},
    };
    check_cases(*state, cases, ARRAY_LENGTH(cases));
}

static void test_schema__follows_references(void **state)
{
    static const char document[] = "{\"tree\":{\"type\":\"object\",\"properties\":{\"sub\":{\"$"
                                   "ref\":\"#/tree\"},\"n\":{\"type\":\"integer\"}}}}";
    struct checked checked =
        check_in(*state, document, "{\"$ref\":\"#/tree\"}", "{\"sub\":{\"sub\":{\"n\":\"x\"}}}");
    /* The document of the compiler and the definition are two values here; the reference is
     * resolved in the first. */
    assert_int_equal(checked.result, -1);
    assert_string_equal(checked.problem.errors[0].pointer, "/sub/sub/n");
}

static void test_schema__collects_errors_up_to_the_ceiling(void **state)
{
    char list[512] = "[\"x\"";
    size_t length = strlen(list);
    for (int i = 1; i < 60; i++)
        length += (size_t)snprintf(list + length, sizeof list - length, ",\"x\"");
    snprintf(list + length, sizeof list - length, "]");
    struct checked checked = check_in(*state, "{}", "{\"items\":{\"type\":\"integer\"}}", list);
    assert_int_equal(checked.result, -1);
    assert_int_equal(checked.problem.error_count, PROBLEM_ERRORS_MAX);
    assert_string_equal(checked.problem.errors[31].pointer, "/31");
}

static void test_schema__refuses_to_compile_what_it_cannot_enforce(void **state)
{
    static const char *const schemas[] = {
        "{\"if\":{}}",
        "{\"multipleOf\":3}",
        "{\"format\":\"hostname\"}",
        "{\"type\":\"text\"}",
        "{\"$ref\":\"#/nowhere\"}",
        "{\"pattern\":\"^a\"}",
        "{\"maxLength\":9,\"pattern\":\"\\\\d\"}",
        "{\"uniqueItems\":true}",
        "{\"minimum\":\"1\"}",
    };
    for (size_t i = 0; i < ARRAY_LENGTH(schemas); i++) {
        struct schema_compiler *compiler;
        const struct schema *schema;
        json_t *definition = json_loads(schemas[i], 0, NULL);
        assert_int_equal(schema_compiler_create(*state, definition, &compiler), 0);
        assert_int_equal(schema_compile(compiler, definition, &schema), -1);
        json_decref(definition);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(test_schema__checks_types),
        ARENA_TEST(test_schema__checks_numbers),
        ARENA_TEST(test_schema__checks_texts),
        ARENA_TEST(test_schema__checks_formats),
        ARENA_TEST(test_schema__checks_objects_and_lists),
        ARENA_TEST(test_schema__checks_alternatives),
        ARENA_TEST(test_schema__follows_references),
        ARENA_TEST(test_schema__collects_errors_up_to_the_ceiling),
        ARENA_TEST(test_schema__refuses_to_compile_what_it_cannot_enforce),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
