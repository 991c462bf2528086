/** The last step of an upload: its bytes become a photo. */
#ifndef FIELDPROOF_RESOURCES_UPLOAD_FINISH_H
#define FIELDPROOF_RESOURCES_UPLOAD_FINISH_H

#include "server/resources/upload_stream.h"

/**
 * Decodes, judges and stores the photo of a complete, durable and unlocked file; the same
 * transaction says so in the upload's row, and then the file goes. When the photo can never be used
 * the upload is gone as well; when only the moment is bad everything stays for another try.
 *
 * @param[out] ret_receipt see receipts.h; NULL when another request finished it at this moment.
 */
int upload_finish(struct request *request, struct upload_stream *stream,
                  const char **ret_receipt) MUST_CHECK;

/** Removes an upload's row, then its file (an open one; NULL: leaves it to the sweep). */
int upload_forget(struct request *request, const struct upload *upload,
                  const struct upload_file *file) MUST_CHECK;

#endif
