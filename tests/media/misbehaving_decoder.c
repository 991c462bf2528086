/**
 * A decoder that does what a photo tells it to, from within the real sandbox: its first bytes are a
 * verb of the table below. Any other photo is decoded as usual. Only the tests build this.
 */
#include "media/decode.h"
#include "media/decoder_loop.h"
#include "media/decoder_process.h"

#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { VERB_BYTES = 8, STEP_BYTES = 1 << 20 };

struct verb {
    const char *name;
    /** May return: then `photo` is the answer. */
    void (*act)(struct media_photo *photo);
};

static void act_crash(struct media_photo *photo)
{
    (void)photo;
    (void)raise(SIGSEGV);
}

/** A null pointer, not a signal sent: raise() is a forbidden call of its own. */
static void act_wild(struct media_photo *photo)
{
    volatile int *nowhere = NULL;
    photo->scan_count = (uint32_t)*nowhere;
}

static void act_loop(struct media_photo *photo)
{
    volatile uint64_t count = 0;
    for (;;)
        count++;
    photo->limit = count;
}

static void act_sleep(struct media_photo *photo)
{
    volatile uint32_t word = 0;
    for (;;)
        (void)syscall(SYS_futex, &word, 0, 0, NULL, NULL, 0);
    photo->limit = word;
}

/** Touches memory until there is no more, and reports how much there was. */
static void act_allocate(struct media_photo *photo)
{
    uint64_t total = 0;
    for (;;) {
        char *block = malloc(STEP_BYTES);
        if (block == NULL)
            break;
        memset(block, 1, STEP_BYTES);
        total += STEP_BYTES;
    }
    photo->status = MEDIA_TOO_MUCH_MEMORY;
    photo->actual = total;
}

static void act_open(struct media_photo *photo)
{
    photo->limit = (uint64_t)open("/etc/passwd", O_RDONLY);
}

static void act_socket(struct media_photo *photo)
{
    photo->limit = (uint64_t)socket(AF_INET, SOCK_STREAM, 0);
}

static void act_fork(struct media_photo *photo)
{
    photo->limit = (uint64_t)fork();
}

static void act_execute(struct media_photo *photo)
{
    char program[] = "/bin/true";
    char *arguments[] = {program, NULL};
    photo->limit = (uint64_t)execve(program, arguments, arguments + 1);
}

static void act_kill_parent(struct media_photo *photo)
{
    photo->limit = (uint64_t)kill(getppid(), SIGTERM);
}

static void act_executable(struct media_photo *photo)
{
    photo->limit = (uint64_t)(uintptr_t)mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
                                             MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

/** Grows its thumbnail without end; RLIMIT_FSIZE ends it. */
static void act_write(struct media_photo *photo)
{
    static const char block[4096];
    for (off_t at = 0;; at += (off_t)sizeof(block))
        if (pwrite(4, block, sizeof(block), at) < 0)
            photo->actual = 1;
}

static void act_exit(struct media_photo *photo)
{
    (void)photo;
    _exit(0);
}

static void act_lie_garbage(struct media_photo *photo)
{
    memset(photo, 0xA5, sizeof(*photo));
}

/** In order, but for thumbnails that were never written. */
static void act_lie_size(struct media_photo *photo)
{
    photo->status = MEDIA_OK;
    photo->file_type = MEDIA_TYPE_JPEG;
    photo->stored_width_px = photo->stored_height_px = 100;
    photo->width_px = photo->height_px = 100;
    photo->small = (struct media_thumbnail){.width_px = 1, .height_px = 1, .byte_count = 5000};
    photo->medium = photo->small;
}

static void act_lie_number(struct media_photo *photo)
{
    photo->exif.has_position = true;
    photo->exif.lat_deg = NAN;
}

static void act_lie_text(struct media_photo *photo)
{
    memset(photo->exif.make, 'A', sizeof(photo->exif.make));
}

/** Claims what only the pool can know, to make a phone try for ever. */
static void act_lie_status(struct media_photo *photo)
{
    photo->status = MEDIA_POOL_STOPPED;
}

/** Reports how many photos of this kind this process has had. */
static void act_count(struct media_photo *photo)
{
    static uint64_t count;
    photo->limit = ++count;
}

static void act_lie_packet(struct media_photo *photo)
{
    char text[] = "hello";
    struct iovec part = {text, sizeof(text)};
    const struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    photo->limit = (uint64_t)sendmsg(MEDIA_DECODER_SOCKET_FD, &message, 0);
}

static const struct verb verbs[] = {
    {"CRASH   ", act_crash},       {"WILD    ", act_wild},        {"LOOP    ", act_loop},
    {"SLEEP   ", act_sleep},       {"ALLOCATE", act_allocate},    {"OPEN    ", act_open},
    {"SOCKET  ", act_socket},      {"FORK    ", act_fork},        {"EXECUTE ", act_execute},
    {"KILL    ", act_kill_parent}, {"EXECMAP ", act_executable},  {"WRITE   ", act_write},
    {"EXIT    ", act_exit},        {"GARBAGE ", act_lie_garbage}, {"LIESIZE ", act_lie_size},
    {"LIENAN  ", act_lie_number},  {"LIETEXT ", act_lie_text},    {"LIESTATE", act_lie_status},
    {"LIEPACK ", act_lie_packet},  {"COUNT   ", act_count},
};

static void misbehave(int photo_fd, const struct media_limits *limits, int small_fd, int medium_fd,
                      struct media_photo *ret_photo)
{
    media_photo_decode_file(photo_fd, limits, small_fd, medium_fd, ret_photo);
    const char *bytes = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, photo_fd, 0);
    if (bytes == MAP_FAILED)
        return;
    for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
        if (memcmp(bytes, verbs[i].name, VERB_BYTES) == 0)
            verbs[i].act(ret_photo);
    (void)munmap((void *)bytes, 4096);
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "not-a-decoder") == 0)
        return 0;
    return decoder_loop_run(MEDIA_DECODER_SOCKET_FD, misbehave);
}
