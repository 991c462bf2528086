#include "pdf_reader.h"

#include <setjmp.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define OPTIONS_MAX 8

extern char **environ;

void bytes_close(struct bytes *bytes)
{
    free(bytes->data);
    *bytes = (struct bytes){0};
}

static struct bytes read_whole(int fd)
{
    struct stat status;
    struct bytes bytes;

    assert_int_equal(fstat(fd, &status), 0);
    bytes = (struct bytes){malloc((size_t)status.st_size + 1), (size_t)status.st_size};
    assert_non_null(bytes.data);
    assert_int_equal(pread(fd, bytes.data, bytes.length, 0), bytes.length);
    bytes.data[bytes.length] = '\0';
    return bytes;
}

struct bytes pdf_render(const struct sheet_pdf *sheet)
{
    int fd = memfd_create("sheet.pdf", MFD_CLOEXEC);
    struct bytes pdf;

    assert_true(fd >= 0);
    assert_string_equal(sheet_pdf_describe(sheet_pdf_render(sheet, fd)), sheet_pdf_describe(0));
    pdf = read_whole(fd);
    close(fd);
    return pdf;
}

static struct bytes run(char *const *arguments)
{
    posix_spawn_file_actions_t actions;
    int output = memfd_create("output", MFD_CLOEXEC), status = -1;
    struct bytes bytes;
    pid_t child;

    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    assert_int_equal(posix_spawnp(&child, arguments[0], &actions, NULL, arguments, environ), 0);
    posix_spawn_file_actions_destroy(&actions);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    bytes = read_whole(output);
    close(output);
    return bytes;
}

struct bytes program_output(const char *program, const char *argument)
{
    return run((char *const[]){(char *)program, (char *)argument, NULL});
}

struct bytes pdf_read(const struct bytes *pdf, const char *program, const char *const *options,
                      const char *last)
{
    char *arguments[OPTIONS_MAX + 4] = {(char *)program};
    int input = memfd_create("input.pdf", 0);
    size_t count = 1;
    char name[48];
    struct bytes output;

    assert_int_equal(write(input, pdf->data, pdf->length), pdf->length);
    snprintf(name, sizeof name, "/proc/self/fd/%d", input);
    while (options && *options && count <= OPTIONS_MAX)
        arguments[count++] = (char *)*options++;
    arguments[count++] = name;
    arguments[count] = (char *)last;
    output = run(arguments);
    close(input);
    return output;
}

struct bytes pdf_text(const struct bytes *pdf)
{
    return pdf_read(pdf, "pdftotext", (const char *const[]){"-layout", NULL}, "-");
}

void pdf_text_assert_contains(const struct bytes *text, const char *needle)
{
    if (!memmem(text->data, text->length, needle, strlen(needle)))
        fail_msg("\"%s\" is not in:\n%s", needle, text->data);
}

unsigned pdf_text_count_pages(const struct bytes *text)
{
    unsigned count = 0;

    for (size_t i = 0; i < text->length; i++)
        count += text->data[i] == '\f';
    return count;
}

unsigned pdf_text_page_of(const struct bytes *text, const char *needle)
{
    const char *found = memmem(text->data, text->length, needle, strlen(needle));
    unsigned page = 1;

    if (!found)
        return 0;
    for (const char *c = text->data; c < found; c++)
        page += *c == '\f';
    return page;
}

/* At 36 dots an inch. */
void pdf_assert_margins_blank(const struct bytes *pdf)
{
    const char *const options[] = {"-gray", "-r", "36", NULL};
    struct bytes image = pdf_read(pdf, "pdftoppm", options, NULL);
    const char *page = image.data;

    while (page < image.data + image.length) {
        int width = 0, height = 0, offset = 0;

        assert_int_equal(strncmp(page, "P5\n", 3), 0);
        width = (int)strtol(page + 3, (char **)&page, 10);
        height = (int)strtol(page, (char **)&page, 10);
        offset = (int)strtol(page, (char **)&page, 10);
        assert_int_equal(offset, 255);
        page++;
        for (int y = 0; y < height; y++, page += width)
            for (int x = 0; x < 20; x++) {
                assert_int_equal((unsigned char)page[x], 255);
                assert_int_equal((unsigned char)page[width - 1 - x], 255);
            }
    }
    bytes_close(&image);
}
