/**
 * bare-loop: the least work that a photo check-in can be, without HTTP, database, validation or
 * sandbox. PROCESSES processes take photos from memory and, for each: write a fresh comment into
 * it, hash it (SHA-256), write it to a file, decode it once, resize, encode both thumbnails into
 * files, fsync the three files, rename them into place, and fsync the folder that they share.
 *
 * usage: bare-loop FOLDER PROCESSES WARM_UP_S SECONDS PHOTO...
 *
 * PHOTO is a template (template.h). Prints one JSON object about the SECONDS after the warm-up;
 * cpu_ms is the processor time of one photo.
 */
#include "bare_photo.h"
#include "template.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <openssl/evp.h>

enum { PHOTOS_MAX = 64, PATH_BYTES = 256, FILES = 3 };

struct counts {
    atomic_long all;
    atomic_long in_time;
};

struct loop {
    const char *folder;
    int folder_fd;
    int64_t from_us;
    int64_t until_us;
    int photo_count;
    struct template photos[PHOTOS_MAX];
    struct counts *counts; /**< shared by the processes */
};

static void write_all(int fd, const char *bytes, size_t length)
{
    for (size_t done = 0; done < length;) {
        ssize_t count = write(fd, bytes + done, length - done);
        if (count <= 0)
            template_die("write");
        done += (size_t)count;
    }
}

static void name_of(const uint8_t sha256[32], char kind, char ret_name[PATH_BYTES])
{
    for (int i = 0; i < 32; i++)
        (void)snprintf(ret_name + (ptrdiff_t)2 * i, 3, "%02x", sha256[i]);
    (void)snprintf(ret_name + 64, 4, "-%c", kind);
}

static void store(const struct loop *loop, const char *bytes, size_t length)
{
    static const char kinds[FILES] = {'o', 's', 'm'};
    uint8_t sha256[32];
    char name[PATH_BYTES], temporary[PATH_BYTES];
    int fds[FILES];
    if (!EVP_Digest(bytes, length, sha256, NULL, EVP_sha256(), NULL))
        template_die("SHA-256");
    for (int i = 0; i < FILES; i++) {
        (void)snprintf(temporary, sizeof temporary, "staged-%d-%c", (int)getpid(), kinds[i]);
        fds[i] = openat(loop->folder_fd, temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (fds[i] < 0)
            template_die(temporary);
    }
    write_all(fds[0], bytes, length);
    bare_photo_thumbnails((const uint8_t *)bytes, length, fds[1], fds[2]);
    for (int i = 0; i < FILES; i++) {
        (void)snprintf(temporary, sizeof temporary, "staged-%d-%c", (int)getpid(), kinds[i]);
        name_of(sha256, kinds[i], name);
        if (fsync(fds[i]) < 0 || close(fds[i]) < 0 ||
            renameat(loop->folder_fd, temporary, loop->folder_fd, name) < 0)
            template_die(name);
    }
    if (fsync(loop->folder_fd) < 0)
        template_die(loop->folder);
}

static void work(const struct loop *loop, int number)
{
    struct template_random random;
    template_random_seed(&random);
    for (int i = number;; i++) {
        const struct template *photo = &loop->photos[i % loop->photo_count];
        template_fill(photo, &random, photo->bytes);
        store(loop, photo->bytes, photo->length);
        int64_t now_us = template_now_us();
        (void)atomic_fetch_add(&loop->counts->all, 1);
        if (now_us >= loop->until_us)
            return;
        if (now_us >= loop->from_us)
            (void)atomic_fetch_add(&loop->counts->in_time, 1);
    }
}

static void start(const struct loop *loop, int count)
{
    for (int i = 0; i < count; i++) {
        pid_t process = fork();
        if (process < 0)
            template_die("fork");
        if (process == 0) {
            work(loop, i);
            _exit(EXIT_SUCCESS);
        }
    }
}

static void report(const struct counts *counts, double seconds)
{
    struct rusage usage;
    (void)getrusage(RUSAGE_CHILDREN, &usage);
    double cpu_ms = (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000 +
                    (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000;
    long in_time = atomic_load(&counts->in_time);
    (void)printf("{\"photos\": %ld, \"per_s\": %.2f, \"cpu_ms\": %.2f}\n", in_time,
                 (double)in_time / seconds, cpu_ms / (double)atomic_load(&counts->all));
}

int main(int argc, char **argv)
{
    static struct loop loop;
    if (argc < 6) {
        (void)fputs("usage: bare-loop FOLDER PROCESSES WARM_UP_S SECONDS PHOTO...\n", stderr);
        return EXIT_FAILURE;
    }
    double warm_up_s = strtod(argv[3], NULL), seconds = strtod(argv[4], NULL);
    loop.folder = argv[1];
    loop.folder_fd = open(argv[1], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (loop.folder_fd < 0)
        template_die(argv[1]);
    for (int i = 5; i < argc && loop.photo_count < PHOTOS_MAX; i++)
        template_read(argv[i], &loop.photos[loop.photo_count++]);
    loop.counts =
        mmap(NULL, sizeof *loop.counts, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (loop.counts == MAP_FAILED)
        template_die("mmap");
    loop.from_us = template_now_us() + (int64_t)(warm_up_s * 1e6);
    loop.until_us = loop.from_us + (int64_t)(seconds * 1e6);
    start(&loop, (int)strtol(argv[2], NULL, 10));
    int status, failed = 0;
    while (wait(&status) > 0)
        failed |= status;
    report(loop.counts, seconds);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
