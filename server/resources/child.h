/** Running one of our own subcommands as a child process, with a deadline. */
#ifndef FIELDPROOF_RESOURCES_CHILD_H
#define FIELDPROOF_RESOURCES_CHILD_H

#include "server/http/request.h"

#define CHILD_FILES_MAX     200
#define CHILD_FIRST_FILE_FD 3

/** Files that the child gets, numbered from CHILD_FIRST_FILE_FD on. */
struct child_files {
    size_t count;
    int fds[CHILD_FILES_MAX];
};

/** Takes the descriptor over; returns its number in the child. The caller checks that there is
 * room. */
int child_files_add(struct child_files *files, int fd);

struct turns;

/** As many turns as children may run at once, whoever asks for them; the server's child_turns. */
int child_turns_create(struct turns **ret) MUST_CHECK;

/** There were others before, for too long; the request may be repeated. */
#define CHILD_BUSY (-2)

/** Closes all of them. */
void child_files_close(struct child_files *files);

/**
 * Runs `fieldproof SUBCOMMAND` with `input` as its standard input and `output_fd` as its standard
 * output, an empty environment, and the files. Waits for its turn and its end; kills it at the
 * deadline. To be called outside of a transaction: it would hold a connection for all that time.
 * @return its exit status, CHILD_BUSY, or -1 when it could not start or was killed; anything but 0
 * is in the log. EX_IOERR says that its output could not be written.
 */
int child_run(struct request *request, const char *subcommand, const char *input,
              const struct child_files *files, int output_fd, int deadline_ms) MUST_CHECK;

#endif
