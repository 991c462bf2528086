#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "server/base/log.h"

#include <string.h>
#include <unistd.h>

#define LINE_BYTES 8192

/* Runs LOG with standard error in a pipe, and reads the line. */
static void logged(const char *value, char ret_line[LINE_BYTES])
{
    int pipe_fds[2];
    int before = dup(STDERR_FILENO);
    assert_int_equal(pipe(pipe_fds), 0);
    dup2(pipe_fds[1], STDERR_FILENO);
    LOG(LOG_WARNING, "tested", LOG_TEXT("value", value), LOG_NUMBER("number", -7));
    dup2(before, STDERR_FILENO);
    ssize_t length = read(pipe_fds[0], ret_line, LINE_BYTES - 1);
    assert_true(length > 0);
    ret_line[length] = '\0';
    close(pipe_fds[0]);
    close(pipe_fds[1]);
    close(before);
}

static void test_log__one_line_of_json(void **state)
{
    (void)state;
    char line[LINE_BYTES];
    logged("a \"quote\", a \\, a\nnewline and \x01", line);
    assert_memory_equal(line, "{\"time\":\"", 9);
    assert_non_null(strstr(line, "\"level\":\"warning\",\"event\":\"tested\""));
    assert_non_null(strstr(line, "a \\\"quote\\\", a \\\\, a\\u000anewline and \\u0001"));
    assert_non_null(strstr(line, "\"number\":-7}\n"));
    assert_ptr_equal(strchr(line, '\n'), line + strlen(line) - 1);
}

static void test_log__a_long_text_is_cut_and_the_rest_stays(void **state)
{
    (void)state;
    char line[LINE_BYTES];
    char text[6000];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    logged(text, line);
    assert_true(strlen(line) < 2000);
    assert_non_null(strstr(line, "\"number\":-7}\n"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_log__one_line_of_json),
        cmocka_unit_test(test_log__a_long_text_is_cut_and_the_rest_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
