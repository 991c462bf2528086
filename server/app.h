/** What every request may use. Made once by main, then only read. */
#ifndef FIELDPROOF_APP_H
#define FIELDPROOF_APP_H

struct auth;
struct blobs;
struct config;
struct contract;
struct db_pool;
struct dispatcher;
struct live;
struct map_tiles;
struct media_decoder_pool;
struct metrics;
struct passwords;
struct receipt_keys;
struct turns;
struct video_decoders;
struct web_files;

struct app {
    const struct config *config;
    const struct auth *auth;
    const struct contract *contract;
    const struct dispatcher *dispatcher;
    struct db_pool *db_pool;
    struct live *live;
    struct blobs *blobs;
    struct media_decoder_pool *decoders;
    struct video_decoders *video_decoders;
    struct metrics *metrics;
    struct passwords *passwords;
    struct receipt_keys *receipt_keys;
    struct turns *child_turns;
    const struct map_tiles *map_tiles;
    struct web_files *web_files;
};

#endif
