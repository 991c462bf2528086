#include "media/decoder_process.h"
#include "server/config.h"
#include "server/render/render_sheet.h"
#include "server/routes.h"
#include "server/serve.h"
#include "server/store/migrate.h"
#include "server/sweep.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CONFIG_ARENA_BYTES ((size_t)4 * 1024 * 1024)

typedef int command_function(const struct config *config);

static int run_migrate(const struct config *config)
{
    const char *url =
        config->owner_database_url ? config->owner_database_url : config->database_url;
    struct migrate_report report = {.applied = 0};
    if (!url) {
        fputs("fieldproof: no database is named; set FIELDPROOF_OWNER_DATABASE_URL.\n", stderr);
        return EXIT_FAILURE;
    }
    if (migrate_apply(url, &report)) {
        fprintf(stderr, "fieldproof: %s\n", report.sentence);
        return EXIT_FAILURE;
    }
    printf("%d migrations applied; the schema is at %d.\n", report.applied, report.schema);
    return EXIT_SUCCESS;
}

static int run_routes(const struct config *config)
{
    (void)config;
    routes_print(stdout);
    return EXIT_SUCCESS;
}

static int run_config(const struct config *config)
{
    config_print(config, stdout);
    return EXIT_SUCCESS;
}

static const struct command {
    const char *name;
    command_function *run;
    const char *meaning;
} commands[] = {
    {"serve", serve_run, "serves until SIGTERM or SIGINT"},
    {"migrate", run_migrate, "brings the database's schema up to this version"},
    {"sweep", sweep_run, "removes files that no row refers to"},
    {"routes", run_routes, "prints the route table"},
    {"config", run_config, "prints every setting with its value"},
};

static int print_usage(FILE *out)
{
    fputs("usage: fieldproof COMMAND [--config FILE]\n", out);
    for (size_t i = 0; i < ARRAY_LENGTH(commands); i++)
        fprintf(out, "  %-10s %s\n", commands[i].name, commands[i].meaning);
    return out == stdout ? EXIT_SUCCESS : EXIT_FAILURE;
}

static int run(const struct command *command, const char *config_file)
{
    char error[CONFIG_ERROR_BYTES] = "There is no memory for the configuration.";
    struct config config;
    struct arena *arena = arena_create(CONFIG_ARENA_BYTES);
    int status = EXIT_FAILURE;
    if (!arena || config_load(arena, config_file, &config, error))
        fprintf(stderr, "fieldproof: %s\n", error);
    else
        status = command->run(&config);
    arena_free(arena);
    if (fflush(stdout)) {
        fprintf(stderr, "fieldproof: the output could not be written (%s).\n", strerror(errno));
        return EXIT_FAILURE;
    }
    return status;
}

int main(int argc, char **argv)
{
    /* Before anything else: a decoder process must hold nothing of the server's. */
    if (argc == 2 && strcmp(argv[1], "decoder") == 0)
        return media_decoder_process_main(MEDIA_DECODER_SOCKET_FD);
    if (argc == 2 && strcmp(argv[1], "render-sheet") == 0)
        /* Pango's threads still hold fontconfig's objects; this process is done with them. */
        _exit(render_sheet_main());
    bool has_file = argc == 4 && strcmp(argv[2], "--config") == 0;
    if (argc == 2 && strcmp(argv[1], "--help") == 0)
        return print_usage(stdout);
    if (argc != 2 && !has_file)
        return print_usage(stderr);
    for (size_t i = 0; i < ARRAY_LENGTH(commands); i++)
        if (strcmp(argv[1], commands[i].name) == 0)
            return run(&commands[i], has_file ? argv[3] : NULL);
    return print_usage(stderr);
}
