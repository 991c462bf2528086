/**
 * Every setting: one table (config.c), read once, then const. A file of NAME=VALUE lines first
 * (--config FILE), the environment over it, defaults under both.
 */
#ifndef FIELDPROOF_CONFIG_H
#define FIELDPROOF_CONFIG_H

#include "server/base/arena.h"

#include <stdint.h>
#include <stdio.h>

struct config {
    const char *file; /**< as --config named it; NULL: none */
    int64_t access_token_s;
    int64_t body_bytes_per_s;
    int64_t body_grace_ms;
    int64_t body_total_ms;
    int64_t csv_rows;
    const char *data_dir;
    int64_t database_connections;
    const char *database_url;
    int64_t database_wait_ms;
    int64_t decoder_deadline_ms;
    int64_t decoder_processes;
    int64_t decoder_wait_ms;
    int64_t drain_s;
    int64_t enrolment_s;
    int64_t event_streams;
    int64_t event_streams_per_organisation;
    int64_t evidence_wait_s;
    int64_t head_timeout_ms;
    int64_t keep_alive_ms;
    const char *listen;
    int64_t log_in_attempts;
    int64_t log_in_window_s;
    const char *map_attribution;
    const char *map_attribution_url;
    const char *map_datum;
    const char *map_labels_url; /**< NULL: the tiles carry their own names, or none */
    const char *map_tiles_url;  /**< NULL: maps are drawn without tiles */
    int64_t map_zoom_max;
    const char *operator_token;
    const char *owner_database_url;
    int64_t photo_bytes_max;
    int64_t video_bytes_max;
    int64_t video_deadline_ms;
    int64_t video_memory_bytes_max;
    int64_t video_pixels_max;
    int64_t photo_parts_max;
    int64_t photo_exif_bytes_max;
    int64_t photo_memory_bytes_max;
    int64_t photo_pixels_max;
    int64_t photo_scans_max;
    const char *public_url; /**< NULL, or a URL without a slash at its end */
    const char *receipt_former_keys;
    const char *receipt_key;
    int64_t refresh_token_s;
    int64_t report_refresh_s;
    int64_t request_memory_bytes;
    int64_t schedule_days;
    int64_t schedule_every_s;
    int64_t shared_requests;
    int64_t shared_responses;
    int64_t shared_window_s;
    int64_t sweep_age_s;
    int64_t sweep_every_s;
    int64_t sync_ms;
    int64_t sync_operations_max;
    int64_t threads;
    const char *token_secret;
    const char *trusted_proxy;
    int64_t upload_life_s;
    int64_t upload_lock_wait_ms;
    const char *web_dir;
};

#define CONFIG_ERROR_BYTES 512

/** Reads `file` (NULL: none) and the environment. On failure `ret_error` is a sentence that says
 * what to do. */
int config_load(struct arena *arena, const char *file, struct config *ret,
                char ret_error[CONFIG_ERROR_BYTES]) MUST_CHECK;

/** Prints each setting with its value, range and meaning; secrets only as set or not. */
void config_print(const struct config *config, FILE *out);

#endif
