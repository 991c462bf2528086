#include "server/complain.h"

#include <stdarg.h>
#include <stdio.h>

int complain(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("fieldproof: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    return -1;
}
