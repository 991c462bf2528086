/**
 * The visit sheet as a PDF: A4, Chinese and English, the same bytes for the same input.
 *
 * Everything on the sheet comes from `struct sheet_pdf`: no clock, no files but the fonts, no
 * network. All strings are NUL-terminated UTF-8, already in the reader's language and in the site's
 * time zone; NULL or "" leaves the line out. Nothing passed in is kept after the call.
 *
 * The same bytes come out for the same input, fonts and library versions.
 *
 * Pango wants an ordinary stack (8 MB) and allocates freely: call it in a process of its own.
 */
#ifndef FIELDPROOF_MEDIA_SHEET_SHEET_PDF_H
#define FIELDPROOF_MEDIA_SHEET_SHEET_PDF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Ceilings. More than these is refused, never cut silently. */
#define SHEET_PDF_LINE_BYTES_MAX    1024    /**< names, labels, numbers, times */
#define SHEET_PDF_TEXT_BYTES_MAX    32768   /**< free text: tasks, causes, remedies, plans */
#define SHEET_PDF_TOTAL_TEXT_MAX    1572864 /**< bytes of all strings together */
#define SHEET_PDF_TECHNICIANS_MAX   20
#define SHEET_PDF_WORK_ORDERS_MAX   50
#define SHEET_PDF_ATTENDANCES_MAX   50
#define SHEET_PDF_ENTRIES_MAX       200 /**< in each of the three blocks */
#define SHEET_PDF_PARTS_MAX         500
#define SHEET_PDF_SCANS_MAX         500
#define SHEET_PDF_FIXES_MAX         50
#define SHEET_PDF_RINGS_MAX         64    /**< in one fence */
#define SHEET_PDF_RING_POINTS_MAX   10000 /**< in one fence, all rings together */
#define SHEET_PDF_PHOTOS_MAX        200
#define SHEET_PDF_PHOTO_BYTES_MAX   1048576 /**< one thumbnail */
#define SHEET_PDF_PHOTO_SIDE_MAX    2048    /**< pixels */
#define SHEET_PDF_FINDINGS_MAX      200
#define SHEET_PDF_CHANGES_MAX       100
#define SHEET_PDF_MISSING_MAX       100
#define SHEET_PDF_STROKES_MAX       500
#define SHEET_PDF_STROKE_POINTS_MAX 50000      /**< in one signature, all strokes together */
#define SHEET_PDF_LENGTH_M_MAX      21000000.0 /**< distances, coordinates of a plan: half the globe */
#define SHEET_PDF_PAGES_MAX         400
#define SHEET_PDF_OUTPUT_BYTES_MAX  ((size_t)64 * 1024 * 1024)

enum sheet_pdf_error {
    SHEET_PDF_NO_MEMORY = -1,
    SHEET_PDF_WRITE_FAILED = -2,  /**< the descriptor took no more; errno tells why */
    SHEET_PDF_NOT_UTF8 = -3,      /**< a string is not well-formed UTF-8 */
    SHEET_PDF_TEXT_TOO_LONG = -4, /**< a string, or all strings together */
    SHEET_PDF_TOO_MANY = -5,      /**< a list is longer than its ceiling */
    SHEET_PDF_BAD_NUMBER = -6,    /**< not finite, or out of the range its field names */
    SHEET_PDF_BAD_PHOTO = -7,  /**< not a baseline/progressive grey or YCbCr JPEG, or too large */
    SHEET_PDF_BAD_DIGEST = -8, /**< not 64 lower-case hexadecimal digits */
    SHEET_PDF_MISSING = -9,    /**< a field that must be there is not */
    SHEET_PDF_NO_FONTS = -10,  /**< none of the sheet's fonts is installed */
    SHEET_PDF_OUTPUT_TOO_LARGE = -11, /**< SHEET_PDF_OUTPUT_BYTES_MAX */
    SHEET_PDF_TOO_MANY_PAGES = -13,   /**< SHEET_PDF_PAGES_MAX */
    SHEET_PDF_DRAWING_FAILED = -12,   /**< cairo refused; should not happen */
};

enum sheet_pdf_language { SHEET_PDF_ENGLISH, SHEET_PDF_CHINESE };

/** Shown as a word and a mark that survives black-and-white printing. */
enum sheet_pdf_verdict {
    SHEET_PDF_NO_VERDICT,
    SHEET_PDF_ACCEPTED,
    SHEET_PDF_NEEDS_REVIEW,
    SHEET_PDF_REJECTED,
};

enum sheet_pdf_severity { SHEET_PDF_INFO, SHEET_PDF_WARN, SHEET_PDF_FAIL };

struct sheet_pdf_work_order {
    const char *number;
    const char *title;
};

/** One attendance: from arrival to departure. */
struct sheet_pdf_attendance {
    const char *technician;      /**< or NULL when the sheet has only one */
    const char *arrival_local;   /**< "2026-11-21 09:14" */
    const char *arrival_utc;     /**< "01:14 UTC" */
    const char *departure_local; /**< NULL while still on site */
    const char *departure_utc;
    const char *duration; /**< "2 h 05 min" */
};

struct sheet_pdf_done {
    const char *what;
    const char *cause;
    const char *remedy;
};

struct sheet_pdf_left_open {
    const char *what;
    const char *plan;
    const char *due;
};

struct sheet_pdf_part {
    const char *name;
    const char *number;
    const char *quantity; /**< as it shall be printed: "2", "0.5" */
    const char *unit;
};

struct sheet_pdf_scan {
    const char *symbology;
    const char *value;
    const char *asset; /**< name of the asset it matched, or NULL */
};

/** Metres east and north of any origin near the site, the same for fence and fix. */
struct sheet_pdf_point {
    double east_m;
    double north_m;
};

struct sheet_pdf_ring {
    size_t point_count; /**< at least 3; the closing point need not be repeated */
    const struct sheet_pdf_point *points;
};

/** A circle when `radius_m` > 0, else a polygon: its outer ring first, then holes. */
struct sheet_pdf_fence {
    struct sheet_pdf_point centre; /**< of the circle */
    double radius_m;
    size_t ring_count;
    const struct sheet_pdf_ring *rings;
};

/** One position, with a small plan of it: fence, accuracy circle, north arrow, scale bar. */
struct sheet_pdf_fix {
    const char *label;    /**< "Arrival" */
    const char *captured; /**< local time */
    double lat_deg;       /**< -90..90, WGS-84 */
    double lon_deg;       /**< -180..180 */
    double accuracy_m;    /**< radius, 0 or more */
    enum sheet_pdf_verdict verdict;
    bool has_distance;
    double distance_m;    /**< to the fence's edge, 0 or more */
    const char *sentence; /**< the verdict in words */
    struct sheet_pdf_point position;
    struct sheet_pdf_fence fence; /**< neither circle nor rings: a site without a fence */
};

struct sheet_pdf_photo {
    const uint8_t *jpeg; /**< a thumbnail, embedded as it is; NULL prints an empty frame */
    size_t jpeg_length;
    const char *role;     /**< "Before" */
    const char *captured; /**< local time */
    const char *sha256;   /**< of the original, 64 hexadecimal digits, or NULL */
    enum sheet_pdf_verdict verdict;
    const char *note; /**< one sentence, or NULL */
};

struct sheet_pdf_finding {
    enum sheet_pdf_severity severity;
    const char *sentence;
};

/** A line that a correction says otherwise. */
struct sheet_pdf_change {
    const char *block;  /**< where it stands: "Parts used" */
    const char *before; /**< as the corrected version has it; NULL: it has none */
    const char *after;  /**< as this version has it; NULL: it has none */
};

/** Something that the document lists and that nobody received. */
struct sheet_pdf_missing {
    const char *block; /**< where it stands: "Check-ins" */
    const char *line;
};

/** A point of a pen stroke: right and down from the box's top left corner. */
struct sheet_pdf_stroke_point {
    double x;
    double y;
};

struct sheet_pdf_stroke {
    size_t point_count;
    const struct sheet_pdf_stroke_point *points;
};

struct sheet_pdf_signature {
    double box_width; /**< > 0, in the strokes' unit; strokes outside the box are clipped */
    double box_height;
    size_t stroke_count;
    const struct sheet_pdf_stroke *strokes;
    const char
        *instead_of_strokes; /**< how it was signed without a pen, shown in the box, or NULL */
    const char *name;
    const char *role;
    const char *signed_local;
    const char *signed_utc;
    const char *position;         /**< "31.230400, 121.473700 ±12 m", or NULL */
    const char *displayed_sha256; /**< of the document as it was displayed, 64 hexadecimal digits */
};

struct sheet_pdf {
    enum sheet_pdf_language language; /**< of the labels */
    bool bilingual;                   /**< the other language's label too, small */
    int64_t created_ms; /**< since the epoch: the PDF's creation date, whole seconds */

    const char *organisation;  /**< must be there */
    const char *number;        /**< must be there: the sheet's number */
    unsigned version;          /**< from 1 */
    unsigned replaces_version; /**< 0: replaces none */
    const char *correction_reason;
    const char *replaced_sha256; /**< of the corrected version's canonical JSON, 64 hexadecimal
                                    digits; NULL: what it said is not known here */
    size_t change_count;         /**< what differs from it */
    const struct sheet_pdf_change *changes;
    size_t missing_count;
    const struct sheet_pdf_missing *missing;

    const char *customer;
    const char *site_name;
    const char *site_address;
    const char *time_zone; /**< "Asia/Shanghai (UTC+8)" */

    size_t technician_count;
    const char *const *technicians;
    size_t work_order_count;
    const struct sheet_pdf_work_order *work_orders;
    size_t attendance_count;
    const struct sheet_pdf_attendance *attendances;

    size_t open_before_count;
    const char *const *open_before;
    size_t done_count;
    const struct sheet_pdf_done *done;
    size_t left_open_count;
    const struct sheet_pdf_left_open *left_open;

    size_t part_count;
    const struct sheet_pdf_part *parts;
    size_t scan_count;
    const struct sheet_pdf_scan *scans;
    size_t fix_count;
    const struct sheet_pdf_fix *fixes;
    size_t photo_count;
    const struct sheet_pdf_photo *photos;
    size_t finding_count;
    const struct sheet_pdf_finding *findings;

    const struct sheet_pdf_signature *signature; /**< NULL: room to sign on paper */

    const char *document_sha256; /**< of the canonical JSON, 64 hexadecimal digits, or NULL */
    const char *verification;    /**< one line: how to verify, with the address */
};

/**
 * Renders the sheet and writes it to `fd`, from its current offset, front to back.
 *
 * @return 0, or one of sheet_pdf_error. Input is checked before the first byte is written; after a
 *     later failure the descriptor holds part of a file that the caller must discard.
 */
__attribute__((warn_unused_result)) int sheet_pdf_render(const struct sheet_pdf *sheet, int fd);

/** An English phrase for an error of this module, for logs; never NULL. */
const char *sheet_pdf_describe(int error);

#endif
