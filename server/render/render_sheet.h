/** `fieldproof render-sheet`: a process that turns one signed sheet into its PDF. */
#ifndef FIELDPROOF_RENDER_RENDER_SHEET_H
#define FIELDPROOF_RENDER_RENDER_SHEET_H

/**
 * Reads a job (JSON) from standard input and writes the PDF to standard output, a regular file.
 *
 *     {"document": the signed document's text, "document_sha256": …, "signature": as in the
 * contract, "thumbnails": {"photo's SHA-256": descriptor}}
 *
 * The PDF follows from the job alone, so that it can be made again, byte for byte.
 * @return the process's exit status: 0, or 1 after one line on standard error.
 */
int render_sheet_main(void);

#endif
