/** Attributes that every declaration of the server may use. */
#ifndef FIELDPROOF_BASE_MACROS_H
#define FIELDPROOF_BASE_MACROS_H

/** The result must not be ignored. */
#define MUST_CHECK __attribute__((warn_unused_result))

/** A printf-like function: `position` is the format, `first` its first argument. */
#define PRINTF_LIKE(position, first) __attribute__((format(printf, position, first)))

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof((array)[0]))

#endif
