/** Deciding what happens to one call. */
#ifndef FIELDPROOF_TESTS_FAULT_RULE_H
#define FIELDPROOF_TESTS_FAULT_RULE_H

#include "fault_page.h"

#include <stdbool.h>

/** What is known of a call when it is made. */
struct fault_call {
    enum fault_class class;
    char name[FAULT_NAME_BYTES];
    char from[FAULT_NAME_BYTES];
    enum fault_action after; /**< what fault_begin() chose for the time behind the call */
};

/** Whether a test drives this process. */
bool fault_is_active(void);

/** Whether this process is a decoder, which may neither read /proc nor kill. */
bool fault_is_decoder(void);

/**
 * Counts the call and writes it down; kills or delays here when the rule says so.
 * @return FAULT_PASS, FAULT_SHORT, or FAULT_FAIL with errno set.
 */
enum fault_action fault_begin(struct fault_call *call);

/** After the call. @return `result`, or -1 with errno set where success is to be hidden. */
long fault_end(const struct fault_call *call, long result);

/** The path of a descriptor below the data folder. False when it is elsewhere. */
bool fault_name_of_fd(int fd, char ret_name[FAULT_NAME_BYTES]);

/** The same of a name as the *at() calls take it. */
bool fault_name_at(int folder_fd, const char *path, char ret_name[FAULT_NAME_BYTES]);

#endif
