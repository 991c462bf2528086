/** Puts the parts together, serves, and takes them apart again. */
#ifndef FIELDPROOF_SERVE_H
#define FIELDPROOF_SERVE_H

struct config;

/** Runs in the foreground until SIGTERM or SIGINT. The process's exit status. */
int serve_run(const struct config *config);

#endif
