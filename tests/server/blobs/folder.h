/** A blob store in a folder of the test's own, which goes with the test. */
#ifndef FIELDPROOF_TESTS_BLOBS_FOLDER_H
#define FIELDPROOF_TESTS_BLOBS_FOLDER_H

#include "server/blobs/blobs.h"

struct blobs_folder {
    char dir[64];
    struct blobs *blobs;
};

/** cmocka's fixture: *state is a struct blobs_folder. */
int blobs_folder_set_up(void **state);
int blobs_folder_tear_down(void **state);

#define WITH_FOLDER(test)                                                                          \
    cmocka_unit_test_setup_teardown(test, blobs_folder_set_up, blobs_folder_tear_down)

#endif
