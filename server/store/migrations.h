/** The files of migrations/, embedded at build. */
#ifndef FIELDPROOF_STORE_MIGRATIONS_H
#define FIELDPROOF_STORE_MIGRATIONS_H

struct migration {
    int number; /**< from 1, without gaps */
    const char *name;
    const char *sha256; /**< of the file, as hexadecimal digits */
    const char *sql;
};

extern const struct migration migrations[];
extern const int migration_count;

#endif
