/** The PDF's bytes on their way to a descriptor, in large writes and with a ceiling. */
#ifndef FIELDPROOF_MEDIA_SHEET_OUTPUT_H
#define FIELDPROOF_MEDIA_SHEET_OUTPUT_H

#include <cairo.h>
#include <stddef.h>

#define OUTPUT_BUFFER_BYTES 32768

struct output {
    int fd;
    int error; /**< 0, or the sheet_pdf_error that ended it; errno is `system_error` then */
    int system_error;
    size_t total_bytes;
    size_t buffered_bytes;
    unsigned char buffer[OUTPUT_BUFFER_BYTES];
};

/** A cairo_write_func_t whose closure is a struct output. */
cairo_status_t output_write(void *closure, const unsigned char *data, unsigned int length);

/** Writes what is still buffered. @return 0 or a sheet_pdf_error. */
__attribute__((warn_unused_result)) int output_flush(struct output *output);

#endif
