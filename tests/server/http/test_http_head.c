#include "http_test.h"

#include "server/http/http_head.h"

/* A head with Host and, behind it, up to two more headers. */
static struct http_head head_with(const char *name_1, const char *value_1, const char *name_2,
                                  const char *value_2)
{
    struct http_head head = {.method = "POST",
                             .target = "/v1/check-ins",
                             .version = "1.1",
                             .header_count = 1,
                             .headers = {{"Host", "localhost"}}};
    if (name_1)
        head.headers[head.header_count++] = (struct http_header){name_1, value_1};
    if (name_2)
        head.headers[head.header_count++] = (struct http_header){name_2, value_2};
    return head;
}

static int check(const struct http_head *head, struct http_framing *ret_framing)
{
    const char *reason = NULL;
    int result = http_head_check(head, ret_framing, &reason);
    assert_true(result == 0 || reason != NULL);
    return result;
}

static void test_http_head__reads_the_framing(void **state)
{
    (void)state;
    struct http_framing framing;
    struct http_head head = head_with("content-length", "12", "Expect", "100-continue");
    assert_int_equal(check(&head, &framing), 0);
    assert_int_equal(framing.content_length, 12);
    assert_true(framing.expects_continue);
    head = head_with("Transfer-Encoding", "chunked", NULL, NULL);
    assert_int_equal(check(&head, &framing), 0);
    assert_true(framing.is_chunked);
    assert_int_equal(framing.content_length, -1);
}

static void test_http_head__refuses_what_parsers_read_differently(void **state)
{
    (void)state;
    const struct http_head heads[] = {
        head_with("Content-Length", "5", "Transfer-Encoding", "chunked"),
        head_with("Content-Length", "5", "Content-Length", "5"),
        head_with("Content-Length", "5", "content-length", "6"),
        head_with("Content-Length", "+5", NULL, NULL),
        head_with("Content-Length", "-5", NULL, NULL),
        head_with("Content-Length", "5x", NULL, NULL),
        head_with("Content-Length", "5, 5", NULL, NULL),
        head_with("Content-Length", "0x5", NULL, NULL),
        head_with("Content-Length", "", NULL, NULL),
        head_with("Content-Length", "99999999999999999999", NULL, NULL),
        head_with("Host", "other", NULL, NULL),
        head_with("Authorization", "Bearer a", "Authorization", "Bearer b"),
        head_with("Content-Type", "a/b", "Content-Type", "c/d"),
        head_with("Expect", "200-maybe", NULL, NULL),
        head_with("X-Bad\x01", "a", NULL, NULL),
        head_with("X Y", "a", NULL, NULL),
        head_with("X", "a\x02", NULL, NULL),
        head_with("X", "a\rb", NULL, NULL),
    };
    struct http_framing framing;
    for (size_t i = 0; i < ARRAY_LENGTH(heads); i++)
        assert_int_equal(check(&heads[i], &framing), -1);
}

static void test_http_head__refuses_bad_hosts(void **state)
{
    (void)state;
    static const char *const hosts[] = {"", "a b", "a/b", "a@b", "a,b"};
    struct http_framing framing;
    struct http_head head = head_with(NULL, NULL, NULL, NULL);
    for (size_t i = 0; i < ARRAY_LENGTH(hosts); i++) {
        head.headers[0].value = hosts[i];
        assert_int_equal(check(&head, &framing), -1);
    }
    head.header_count = 0;
    assert_int_equal(check(&head, &framing), -1);
    head.version = "1.0";
    assert_int_equal(check(&head, &framing), 0);
}

static void test_http_head__refuses_bad_targets(void **state)
{
    (void)state;
    static const char *const targets[] = {"*",      "http://localhost/v1",
                                          "v1",     "/a%",
                                          "/a%4",   "/a%zz",
                                          "/a%00",  "/a b",
                                          "/a\x7f", "/a\t",
                                          "/a#b"};
    struct http_framing framing;
    for (size_t i = 0; i < ARRAY_LENGTH(targets); i++) {
        struct http_head head = head_with(NULL, NULL, NULL, NULL);
        head.target = targets[i];
        assert_int_equal(check(&head, &framing), -1);
        head.target = "/";
        head.query = i < 3 ? "a=%" : targets[i] + 1;
        assert_int_equal(check(&head, &framing), -1);
    }
}

static void test_http_head__decodes_escapes(void **state)
{
    (void)state;
    char text[64];
    assert_int_equal(http_percent_decode("a%2Bb+c", 7, true, text), 0);
    assert_string_equal(text, "a+b c");
    assert_int_equal(http_percent_decode("a+%e4%b8%ad", 11, false, text), 0);
    assert_string_equal(text, "a+\xe4\xb8\xad");
    assert_int_equal(http_percent_decode("%4", 2, false, text), -1);
    assert_int_equal(http_percent_decode("%0a", 3, false, text), -1);
    assert_int_equal(http_percent_decode("%c0%80", 6, false, text), -1);
}

static void test_http_head__knows_clean_text(void **state)
{
    (void)state;
    static const char *const dirty[] = {"\xc0\xaf",
                                        "\xed\xa0\x80",
                                        "\xf4\x90\x80\x80",
                                        "\xe0\x80\x80",
                                        "\xf0\x80\x80\x80",
                                        "\xe4\xb8",
                                        "\x80",
                                        "\x1b",
                                        "\x7f",
                                        "\r"};
    for (size_t i = 0; i < ARRAY_LENGTH(dirty); i++)
        assert_false(http_text_is_clean(dirty[i], strlen(dirty[i]), "\t\n"));
    assert_true(http_text_is_clean("a\t\n\xf0\x9f\x98\x80", 7, "\t\n"));
    assert_false(http_text_is_clean("a\0b", 3, "\t\n"));
}

static void test_http_head__finds_tokens_in_lists(void **state)
{
    (void)state;
    assert_true(http_list_has("Upgrade, Keep-Alive", "keep-alive"));
    assert_true(http_list_has("keep-alive;q=1", "keep-alive"));
    assert_false(http_list_has("keep-alives", "keep-alive"));
    assert_false(http_list_has("", "keep-alive"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_http_head__reads_the_framing),
        cmocka_unit_test(test_http_head__refuses_what_parsers_read_differently),
        cmocka_unit_test(test_http_head__refuses_bad_hosts),
        cmocka_unit_test(test_http_head__refuses_bad_targets),
        cmocka_unit_test(test_http_head__decodes_escapes),
        cmocka_unit_test(test_http_head__knows_clean_text),
        cmocka_unit_test(test_http_head__finds_tokens_in_lists),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
