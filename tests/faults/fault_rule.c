#include "fault_rule.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* A preloaded library has no caller who could hand its state around. */
static struct {
    struct fault_page *page;
    char data_dir[PATH_MAX];
    size_t data_dir_length;
    bool is_decoder;
} state;

static bool has_word(const char *word)
{
    char text[4096];
    int fd = open("/proc/self/cmdline", O_RDONLY | O_CLOEXEC);
    ssize_t length = fd >= 0 ? read(fd, text, sizeof text - 1) : 0;
    if (fd >= 0)
        close(fd);
    text[length > 0 ? length : 0] = '\0';
    for (ssize_t at = 0; at < length; at += (ssize_t)strlen(text + at) + 1)
        if (strcmp(text + at, word) == 0)
            return true;
    return false;
}

static struct fault_page *map_page(const char *path)
{
    int fd = open(path, O_RDWR | O_CLOEXEC);
    if (fd < 0)
        return NULL;
    void *page = mmap(NULL, sizeof *state.page, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    if (page == MAP_FAILED || ((struct fault_page *)page)->magic != FAULT_PAGE_MAGIC)
        return NULL;
    return page;
}

__attribute__((constructor)) static void start(void)
{
    const char *path = getenv("FAULT_PAGE"), *data_dir = getenv("FIELDPROOF_DATA_DIR");
    state.is_decoder = has_word("decoder");
    if (!path || !(has_word("serve") || has_word("sweep") || state.is_decoder))
        return;
    if (!state.is_decoder && (!data_dir || !realpath(data_dir, state.data_dir)))
        return;
    state.data_dir_length = strlen(state.data_dir);
    state.page = map_page(path);
    if (!state.page) {
        fputs("fault injection: FAULT_PAGE names no page\n", stderr);
        _exit(99);
    }
}

bool fault_is_active(void)
{
    return state.page != NULL;
}

bool fault_is_decoder(void)
{
    return state.is_decoder;
}

static void write_down(const struct fault_call *call, enum fault_phase phase, long result)
{
    uint32_t place = atomic_fetch_add(&state.page->log_length, 1);
    if (place >= FAULT_LOG_MAX)
        return;
    struct fault_event *event = &state.page->log[place];
    event->phase = phase;
    event->thread = state.is_decoder ? 0 : (int32_t)syscall(SYS_gettid);
    event->result = (int32_t)result;
    memcpy(event->name, call->name, sizeof event->name);
    memcpy(event->from, call->from, sizeof event->from);
    event->class = call->class;
}

static void end_process(enum fault_action action)
{
    if (action == FAULT_KILL && !state.is_decoder)
        kill(getpid(), SIGKILL);
    /* A decoder's filter of system calls knows no kill; a bug ends it like this. */
    __builtin_trap();
}

static void wait_ms(uint32_t ms)
{
    const struct timespec pause = {ms / 1000, (long)(ms % 1000) * 1000000};
    nanosleep(&pause, NULL);
}

static enum fault_action carry_out(enum fault_action action)
{
    if (action == FAULT_KILL || action == FAULT_CRASH)
        end_process(action);
    if (action == FAULT_DELAY)
        wait_ms(state.page->delay_ms);
    if (action == FAULT_FAIL)
        errno = (int)state.page->error;
    return action == FAULT_FAIL || action == FAULT_SHORT ? action : FAULT_PASS;
}

/* What the rule says of this call, if it is the one. */
static enum fault_action choose(enum fault_class class)
{
    struct fault_page *page = state.page;
    if (!atomic_load(&page->is_armed) || !(page->classes & UINT32_C(1) << class))
        return FAULT_PASS;
    uint32_t number = atomic_fetch_add(&page->matched, 1) + 1;
    if (number < page->first || number > page->last)
        return FAULT_PASS;
    atomic_fetch_add(&page->fired, 1);
    return page->action;
}

/* What a thread of the server does by the clock (server/base/periodic.h) no test can count. */
static bool is_by_clock(void)
{
    static const char prefix[] = "clock-";
    char name[16] = "";
    return !state.is_decoder && prctl(PR_GET_NAME, name) == 0 &&
           strncmp(name, prefix, sizeof prefix - 1) == 0;
}

enum fault_action fault_begin(struct fault_call *call)
{
    call->after = FAULT_PASS;
    if (is_by_clock())
        return FAULT_PASS;
    enum fault_action action = choose(call->class);
    write_down(call, FAULT_BEFORE, 0);
    if (action != FAULT_PASS && state.page->phase == FAULT_AFTER) {
        call->after = action;
        return FAULT_PASS;
    }
    return carry_out(action);
}

long fault_end(const struct fault_call *call, long result)
{
    if (is_by_clock())
        return result;
    int error = errno;
    write_down(call, FAULT_AFTER, result);
    if (carry_out(call->after) == FAULT_FAIL)
        return -1;
    errno = error;
    return result;
}

/* The folder above is told as "..": the data folder's own name stands in it. */
static bool cut_data_dir(const char *path, char ret_name[FAULT_NAME_BYTES])
{
    size_t length = state.data_dir_length, parent_length = strlen(path);
    const char *last = strrchr(state.data_dir, '/');
    if (last && (size_t)(last - state.data_dir) == parent_length &&
        strncmp(path, state.data_dir, parent_length) == 0) {
        memcpy(ret_name, "..", sizeof "..");
        return true;
    }
    if (length == 0 || strncmp(path, state.data_dir, length) != 0 ||
        (path[length] != '/' && path[length] != '\0'))
        return false;
    snprintf(ret_name, FAULT_NAME_BYTES, "%s", path[length] ? path + length + 1 : "");
    return true;
}

static bool path_of_fd(int fd, char ret_path[PATH_MAX])
{
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, ret_path, PATH_MAX - 1);
    ret_path[length > 0 ? length : 0] = '\0';
    return length > 0;
}

bool fault_name_of_fd(int fd, char ret_name[FAULT_NAME_BYTES])
{
    char path[PATH_MAX];
    if (!state.page || state.is_decoder)
        return false;
    int error = errno;
    bool result = path_of_fd(fd, path) && cut_data_dir(path, ret_name);
    errno = error;
    return result;
}

bool fault_name_at(int folder_fd, const char *path, char ret_name[FAULT_NAME_BYTES])
{
    char folder[PATH_MAX];
    if (!state.page || state.is_decoder)
        return false;
    if (path[0] == '/')
        return cut_data_dir(path, ret_name);
    if (!(folder_fd == AT_FDCWD ? getcwd(folder, sizeof folder) != NULL
                                : path_of_fd(folder_fd, folder)))
        return false;
    size_t length = strlen(folder);
    snprintf(folder + length, sizeof folder - length, "/%s", path);
    return cut_data_dir(folder, ret_name);
}
