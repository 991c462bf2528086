/** Locks the calling process in for good. Private to media/. */
#ifndef FIELDPROOF_MEDIA_SANDBOX_H
#define FIELDPROOF_MEDIA_SANDBOX_H

#include "media/limits.h"

/**
 * Leaves the process with: the descriptors it has; memory for one photo; no new descriptors but
 * those sent to it; no files, sockets, processes, signals to others, executable memory, new
 * privileges or core dumps; and an end when its parent ends. Any other system call kills it.
 *
 * Built with sanitizers, which need their own system calls and terabytes of address space, this
 * sets neither the filter nor the memory ceiling; the tests of both run in the ordinary build.
 *
 * @return 0 or a negative errno, after which the process must not touch a photo.
 */
int media_sandbox_enter(const struct media_limits *limits) __attribute__((warn_unused_result));

/** Gives the process `budget_ms` of CPU time from now on, rounded up to whole seconds; then it is
 * killed. To be called before each photo. @return 0 or a negative errno. */
int media_sandbox_allow_cpu(uint32_t budget_ms) __attribute__((warn_unused_result));

/** False in builds with sanitizers, see media_sandbox_enter(). */
_Bool media_sandbox_is_complete(void);

#endif
