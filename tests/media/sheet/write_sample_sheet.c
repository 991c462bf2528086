/* Writes the sample visit sheet to standard output: write-sample-sheet zh|en > sheet.pdf */
#include "sample_sheet.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    struct sample_sheet sample;
    int r;

    if (argc != 2 || (strcmp(argv[1], "zh") != 0 && strcmp(argv[1], "en") != 0)) {
        fputs("usage: write-sample-sheet zh|en > sheet.pdf\n", stderr);
        return 2;
    }
    if (sample_sheet_open(&sample, argv[1][0] == 'z' ? SHEET_PDF_CHINESE : SHEET_PDF_ENGLISH) < 0)
        return 1;
    r = sheet_pdf_render(&sample.sheet, STDOUT_FILENO);
    if (r < 0)
        fprintf(stderr, "write-sample-sheet: %s.\n", sheet_pdf_describe(r));
    sample_sheet_close(&sample);
    return r < 0;
}
