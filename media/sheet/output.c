#include "media/sheet/output.h"
#include "media/sheet/sheet_pdf.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static void output_drain(struct output *output)
{
    size_t done = 0;

    while (done < output->buffered_bytes && output->error == 0) {
        ssize_t n = write(output->fd, output->buffer + done, output->buffered_bytes - done);

        if (n > 0) {
            done += (size_t)n;
        } else if (n == 0 || errno != EINTR) {
            output->system_error = n == 0 ? EIO : errno;
            output->error = SHEET_PDF_WRITE_FAILED;
        }
    }
    output->buffered_bytes = 0;
}

cairo_status_t output_write(void *closure, const unsigned char *data, unsigned int length)
{
    struct output *output = closure;

    if (output->error == 0 && length > SHEET_PDF_OUTPUT_BYTES_MAX - output->total_bytes)
        output->error = SHEET_PDF_OUTPUT_TOO_LARGE;
    output->total_bytes += output->error == 0 ? length : 0;
    while (length > 0 && output->error == 0) {
        const size_t room = OUTPUT_BUFFER_BYTES - output->buffered_bytes;
        const size_t part = length < room ? length : room;

        memcpy(output->buffer + output->buffered_bytes, data, part);
        output->buffered_bytes += part;
        data += part;
        length -= (unsigned)part;
        if (output->buffered_bytes == OUTPUT_BUFFER_BYTES)
            output_drain(output);
    }
    return output->error == 0 ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

int output_flush(struct output *output)
{
    output_drain(output);
    return output->error;
}
