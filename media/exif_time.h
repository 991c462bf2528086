/** Times as EXIF writes them. Private to media/. */
#ifndef FIELDPROOF_MEDIA_EXIF_TIME_H
#define FIELDPROOF_MEDIA_EXIF_TIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Milliseconds since 1970-01-01T00:00:00 in the same zone; proleptic Gregorian calendar. */
int64_t media_exif_time_to_ms(int year, int month, int day, int hour, int minute, int second);

/** "2018:07:16", also with "-" or "/". False for impossible dates and for year 0. */
bool media_exif_date_parse(const char *text, int *ret_year, int *ret_month, int *ret_day);

/** "2018:07:16 17:52:22", also with "T". False for impossible times; 24:00:00 is the next day. */
bool media_exif_time_parse(const char *text, int64_t *ret_local_ms);

/** "+08:00", "-03:30" or "Z". False when it is anything else or beyond 14 hours. */
bool media_exif_offset_parse(const char *text, int32_t *ret_offset_min);

/** Digits behind the second, "123" or "7" (= 700). 0 when there are none. */
int64_t media_exif_subsecond_ms(const char *text);

#endif
