/**
 * The page of shared memory through which a test and the server under test talk.
 *
 * The test sets one rule while the server runs; the library counts the calls that match it, lets
 * one or some of them fail, and writes down every call. tests/support/faults.py knows the same
 * layout.
 */
#ifndef FIELDPROOF_TESTS_FAULT_PAGE_H
#define FIELDPROOF_TESTS_FAULT_PAGE_H

#include <stdatomic.h>
#include <stdint.h>

#define FAULT_PAGE_MAGIC UINT32_C(0x46504c54)
#define FAULT_NAME_BYTES 128
#define FAULT_LOG_MAX    16384

/** What is counted. Files and folders count only below the server's data folder. */
enum fault_class {
    FAULT_CREATE, /**< open with O_CREAT */
    FAULT_WRITE,
    FAULT_SYNC_FILE,
    FAULT_SYNC_FOLDER,
    FAULT_LINK,
    FAULT_RENAME,
    FAULT_UNLINK,
    FAULT_MKDIR,
    FAULT_TRUNCATE,
    FAULT_TOUCH,
    FAULT_LOCK,
    FAULT_COMMIT_SEND,   /**< COMMIT is handed to libpq */
    FAULT_COMMIT_SENT,   /**< COMMIT has left, its result is not read */
    FAULT_COMMIT_DONE,   /**< PostgreSQL's answer "COMMIT" was read */
    FAULT_REPLY,         /**< bytes of a reply leave on a TCP socket */
    FAULT_DECODER_WRITE, /**< a decoder process writes a thumbnail */
    FAULT_CLASS_COUNT
};

enum fault_phase { FAULT_BEFORE, FAULT_AFTER };

enum fault_action {
    FAULT_PASS,
    FAULT_FAIL,  /**< with the rule's errno; after: the call was made, its success is hidden */
    FAULT_SHORT, /**< half of the bytes, only of writes */
    FAULT_DELAY,
    FAULT_KILL,  /**< SIGKILL to the process */
    FAULT_CRASH, /**< as a bug does, by a signal */
};

struct fault_event {
    uint32_t class;
    uint32_t phase;
    int32_t thread;
    int32_t result;
    char name[FAULT_NAME_BYTES]; /**< below the data folder; of a reply its status line */
    char from[FAULT_NAME_BYTES]; /**< of a link or rename the old name */
};

struct fault_page {
    uint32_t magic;
    _Atomic uint32_t is_armed;
    uint32_t classes; /**< bits */
    uint32_t first;   /**< the first matching call that is hit, from 1 */
    uint32_t last;    /**< and the last */
    uint32_t action;
    uint32_t error;
    uint32_t delay_ms;
    uint32_t phase;
    _Atomic uint32_t matched;
    _Atomic uint32_t fired;
    _Atomic uint32_t log_length; /**< may pass FAULT_LOG_MAX: then the rest was not kept */
    uint32_t unused[20];
    struct fault_event log[FAULT_LOG_MAX];
};

#endif
