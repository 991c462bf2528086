/** Removes blobs that no row refers to: what a crash between blob and row leaves behind. */
#ifndef FIELDPROOF_SWEEP_H
#define FIELDPROOF_SWEEP_H

struct config;

/** Safe beside a running server. The process's exit status. */
int sweep_run(const struct config *config);

#endif
