#include "http_test.h"

#include "server/http/multipart.h"

#include <stdio.h>

static const char content_type[] = "multipart/form-data; boundary=B";

/* What the callbacks were told, as one text: "name|type|data;". */
struct heard {
    char text[4096];
    size_t length;
    bool stops;
};

static void hear(struct heard *heard, const char *bytes, size_t length)
{
    assert_true(heard->length + length < sizeof heard->text);
    memcpy(heard->text + heard->length, bytes, length);
    heard->length += length;
    heard->text[heard->length] = '\0';
}

static int part_begin(void *context, const struct multipart_part *part)
{
    struct heard *heard = context;
    hear(heard, part->name, strlen(part->name));
    hear(heard, "|", 1);
    hear(heard, part->media_type, strlen(part->media_type));
    hear(heard, "|", 1);
    return heard->stops ? -1 : 0;
}

static int part_data(void *context, const char *bytes, size_t length)
{
    hear(context, bytes, length);
    return 0;
}

static int part_end(void *context)
{
    hear(context, ";", 1);
    return 0;
}

static const struct multipart_callbacks callbacks = {part_begin, part_data, part_end};

/* Feeds the body in pieces of which the first two end at `first` and `second`. */
static int feed(const char *type, const char *body, size_t length, size_t first, size_t second,
                struct heard *ret_heard)
{
    static struct multipart parser;
    memset(ret_heard, 0, sizeof *ret_heard);
    int result = multipart_init(&parser, type, &callbacks, ret_heard);
    if (!result)
        result = multipart_feed(&parser, body, first);
    if (!result)
        result = multipart_feed(&parser, body + first, second - first);
    if (!result)
        result = multipart_feed(&parser, body + second, length - second);
    return result ? result : multipart_finish(&parser);
}

static int feed_whole(const char *body, struct heard *ret_heard)
{
    return feed(content_type, body, strlen(body), 0, 0, ret_heard);
}

#define PART(name) "--B\r\nContent-Disposition: form-data; name=\"" name "\"\r\n\r\n"

/* Data that looks like a boundary as long as possible, at the start, in the middle and at the end.
 */
static const char tricky[] =
    "preamble\r\n" PART("a") "\r\n--\r\r\n--A\r\n-\r--B--\r\n"
                             "\r\n--B \t\r\nContent-Type: IMAGE/jpeg; x=y\r\ncontent-disposition: "
                             "form-data; filename=\"../../x\"; name=b\r\n\r\n"
                             "\r\n" PART("empty") "\r\n--B--\r\nepilogue";
static const char tricky_heard[] = "a||\r\n--\r\r\n--A\r\n-\r--B--\r\n;b|image/jpeg|;empty||;";

static void test_multipart__hears_the_same_however_it_is_cut(void **state)
{
    (void)state;
    struct heard heard;
    size_t length = sizeof tricky - 1;
    for (size_t first = 0; first <= length; first++) {
        for (size_t second = first; second <= length; second++) {
            assert_int_equal(feed(content_type, tricky, length, first, second, &heard), 0);
            assert_string_equal(heard.text, tricky_heard);
        }
    }
}

static void test_multipart__hears_the_same_byte_by_byte(void **state)
{
    (void)state;
    static struct multipart parser;
    struct heard heard = {.length = 0};
    assert_int_equal(multipart_init(&parser, content_type, &callbacks, &heard), 0);
    for (size_t i = 0; i < sizeof tricky - 1; i++)
        assert_int_equal(multipart_feed(&parser, tricky + i, 1), 0);
    assert_int_equal(multipart_finish(&parser), 0);
    assert_string_equal(heard.text, tricky_heard);
}

static void test_multipart__refuses_every_truncation(void **state)
{
    (void)state;
    struct heard heard;
    size_t end = strlen(tricky) - strlen("\r\nepilogue");
    for (size_t length = 0; length < end; length++)
        assert_int_equal(feed(content_type, tricky, length, 0, 0, &heard), MULTIPART_INCOMPLETE);
    assert_int_equal(feed(content_type, tricky, end, 0, 0, &heard), 0);
}

static void test_multipart__reads_boundaries(void **state)
{
    (void)state;
    static const struct {
        const char *type;
        int result;
    } cases[] = {
        {"multipart/form-data; boundary=B", 0},
        {"multipart/form-data; charset=utf-8; BOUNDARY=\"B\"", 0},
        {"multipart/form-data", MULTIPART_BOUNDARY_INVALID},
        {"multipart/form-data; boundary=", MULTIPART_BOUNDARY_INVALID},
        {"multipart/form-data; boundary=\"B ", MULTIPART_BOUNDARY_INVALID},
        {"multipart/form-data; boundary=\"B \"", MULTIPART_BOUNDARY_INVALID},
        {"multipart/form-data; boundary=B; boundary=C", MULTIPART_BOUNDARY_INVALID},
        {"multipart/form-data; boundary=a{b", MULTIPART_BOUNDARY_INVALID},
        {"multipart/form-data; boundary=\"B\"x", MULTIPART_BOUNDARY_INVALID},
        {"multipart/form-data; boundary="
         "01234567890123456789012345678901234567890123456789012345678901234567890",
         MULTIPART_BOUNDARY_INVALID},
    };
    struct heard heard;
    static struct multipart parser;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++)
        assert_int_equal(multipart_init(&parser, cases[i].type, &callbacks, &heard),
                         cases[i].result);
}

static void test_multipart__refuses_bad_parts(void **state)
{
    (void)state;
    static const struct {
        const char *body;
        int error;
    } cases[] = {
        {PART("a") "x\r\n" PART("a") "y\r\n--B--", MULTIPART_NAME_DUPLICATE},
        {"--B\r\n\r\nx\r\n--B--", MULTIPART_NAME_MISSING},
        {"--B\r\nContent-Type: a/b\r\n\r\nx\r\n--B--", MULTIPART_NAME_MISSING},
        {"--B\r\nContent-Disposition: form-data; name=\"\"\r\n\r\nx\r\n--B--",
         MULTIPART_NAME_MISSING},
        {"--B\r\nContent-Disposition: form-data; name=a; name=b\r\n\r\nx\r\n--B--",
         MULTIPART_NAME_MISSING},
        {"--B\r\nContent-Disposition: attachment; name=a\r\n\r\nx\r\n--B--",
         MULTIPART_HEADERS_INVALID},
        {"--B\r\nContent-Disposition: form-data; name=\"a\r\n\r\nx\r\n--B--",
         MULTIPART_HEADERS_INVALID},
        {"--B\r\nContent-Disposition: form-data;\r\n name=a\r\n\r\nx\r\n--B--",
         MULTIPART_HEADERS_INVALID},
        {"--B\r\nContent-Disposition : form-data; name=a\r\n\r\nx\r\n--B--",
         MULTIPART_HEADERS_INVALID},
        {"--B\r\nno colon\r\n\r\nx\r\n--B--", MULTIPART_HEADERS_INVALID},
        {"--B\r\nContent-Disposition: form-data; name=\"a\xff\"\r\n\r\nx\r\n--B--",
         MULTIPART_HEADERS_INVALID},
        {PART("a") "x\r\n--Bx\r\n", MULTIPART_DELIMITER_INVALID},
        {PART("a") "x\r\n--B-x", MULTIPART_DELIMITER_INVALID},
        {PART("a") "x\r\n--B\nContent-Disposition", MULTIPART_DELIMITER_INVALID},
        {"--B\r\nContent-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: "
         "base64\r\n\r\nx\r\n--B--",
         MULTIPART_ENCODED},
        {PART("a") "x\n--B--\n", MULTIPART_INCOMPLETE},
    };
    struct heard heard;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        assert_int_equal(feed_whole(cases[i].body, &heard), cases[i].error);
        assert_true(strlen(multipart_error_sentence(cases[i].error)) > 20);
    }
}

static void test_multipart__has_ceilings(void **state)
{
    (void)state;
    static char body[32768];
    struct heard heard;
    size_t used = 0;
    for (int i = 0; i <= MULTIPART_PARTS_MAX; i++)
        used += (size_t)snprintf(body + used, sizeof body - used,
                                 "--B\r\nContent-Disposition: form-data; name=p%d\r\n\r\n\r\n", i);
    assert_int_equal(feed(content_type, body, used, 0, 0, &heard), MULTIPART_TOO_MANY_PARTS);
    memset(body, 'x', sizeof body);
    assert_int_equal(feed(content_type, body, sizeof body, 0, 0, &heard),
                     MULTIPART_OUTSIDE_TOO_LARGE);
    memcpy(body, "--B\r\n", 5);
    assert_int_equal(feed(content_type, body, sizeof body, 0, 0, &heard),
                     MULTIPART_HEADERS_TOO_LARGE);
    memset(body, ' ', sizeof body);
    memcpy(body, "--B", 3);
    assert_int_equal(feed(content_type, body, sizeof body, 0, 0, &heard),
                     MULTIPART_OUTSIDE_TOO_LARGE);
    memset(body, 'x', sizeof body);
    memcpy(body, "--B--", 5);
    assert_int_equal(feed(content_type, body, sizeof body, 0, 0, &heard),
                     MULTIPART_OUTSIDE_TOO_LARGE);
}

static void test_multipart__stops_when_a_callback_says_so(void **state)
{
    (void)state;
    static struct multipart parser;
    struct heard heard = {.stops = true};
    assert_int_equal(multipart_init(&parser, content_type, &callbacks, &heard), 0);
    assert_int_equal(multipart_feed(&parser, tricky, sizeof tricky - 1), MULTIPART_STOPPED);
    assert_int_equal(multipart_feed(&parser, tricky, 1), MULTIPART_STOPPED);
    assert_int_equal(multipart_finish(&parser), MULTIPART_STOPPED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_multipart__hears_the_same_however_it_is_cut),
        cmocka_unit_test(test_multipart__hears_the_same_byte_by_byte),
        cmocka_unit_test(test_multipart__refuses_every_truncation),
        cmocka_unit_test(test_multipart__reads_boundaries),
        cmocka_unit_test(test_multipart__refuses_bad_parts),
        cmocka_unit_test(test_multipart__has_ceilings),
        cmocka_unit_test(test_multipart__stops_when_a_callback_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
