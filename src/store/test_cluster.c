/*
 * Three processes: the test program, its keeper, and the keeper's server.
 * The program holds the writing end of a pipe; when it ends, even by SIGKILL,
 * the keeper reads the end of that pipe, stops the server by its process id
 * and removes the folder.  Should the keeper be killed, the kernel tells the
 * server to quit.
 */
#include "store/test_cluster.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <grp.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define INITDB   "/usr/lib/postgresql/15/bin/initdb"
#define POSTGRES "/usr/lib/postgresql/15/bin/postgres"

enum { FOLDER_SIZE = 64, PATH_SIZE = 80, START_TRIES = 1500 };

static struct {
    char folder[FOLDER_SIZE];
    char data[PATH_SIZE]; /* of the server; its socket is there too */
    pid_t owner;          /* the test program */
    pid_t keeper;
    int orders;  /* what the keeper is told: 's' starts the server */
    int answers; /* 'y' or 'n' */
    bool asked;
    bool started;
} cluster;

/* --- in the keeper ---------------------------------------------------- */

static int remove_one(const char *path, const struct stat *, int, struct FTW *)
{
    return remove(path);
}

static void show_log(void)
{
    char path[PATH_SIZE];
    char line[512];

    (void)snprintf(path, sizeof path, "%s/log", cluster.folder);
    FILE *f = fopen(path, "r");
    while (f != NULL && fgets(line, sizeof line, f) != NULL)
        fputs(line, stderr);
    if (f != NULL)
        (void)fclose(f);
}

/* PostgreSQL refuses to run as root: then its own user runs it. */
static bool leave_root(void)
{
    if (geteuid() != 0)
        return true;
    const struct passwd *who = getpwnam("postgres");

    return who != NULL && setgroups(0, NULL) == 0 && setgid(who->pw_gid) == 0 &&
           setuid(who->pw_uid) == 0;
}

static bool make_data_folder(void)
{
    if (mkdir(cluster.data, 0700) != 0)
        return false;
    if (geteuid() != 0)
        return true;
    const struct passwd *who = getpwnam("postgres");

    return who != NULL && chown(cluster.data, who->pw_uid, who->pw_gid) == 0;
}

/* Run a program as PostgreSQL's user, its output in the log. */
static pid_t run(const char *const argv[])
{
    char *const *words;

    /* execv() changes nothing, whatever its prototype fears. */
    memcpy(&words, &argv, sizeof words);
    pid_t keeper = getpid();
    char log[PATH_SIZE];

    (void)snprintf(log, sizeof log, "%s/log", cluster.folder);
    int out = open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);
    pid_t pid = fork();
    if (pid != 0) {
        (void)close(out);
        return pid;
    }
    if (dup2(out, STDOUT_FILENO) < 0 || dup2(out, STDERR_FILENO) < 0 ||
        chdir("/") != 0 || !leave_root() ||
        prctl(PR_SET_PDEATHSIG, SIGQUIT) != 0 || getppid() != keeper)
        _exit(126);
    (void)execv(argv[0], words);
    _exit(127);
}

static bool make_cluster(void)
{
    const char *const argv[] = {
        INITDB,     "-D",         cluster.data, "-U",
        "postgres", "-A",         "trust",      "-E",
        "UTF8",     "--locale=C", "--no-sync",  "--no-instructions",
        NULL,
    };
    int status = -1;

    return make_data_folder() && waitpid(run(argv), &status, 0) > 0 &&
           WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static pid_t start_server(void)
{
    const char *const argv[] = {
        POSTGRES,
        "-D",
        cluster.data,
        "-k",
        cluster.data,
        "-c",
        "listen_addresses=",
        "-c",
        "fsync=off",
        "-c",
        "full_page_writes=off",
        "-c",
        "shared_buffers=32MB",
        "-c",
        "max_connections=60",
        NULL,
    };

    return run(argv);
}

/* Only asking shows whether a server answers: every 20 ms, at most 30 s. */
static bool server_answers(pid_t server)
{
    const struct timespec pause = { .tv_nsec = 20000000 };
    char conninfo[PATH_SIZE + 40];

    (void)snprintf(conninfo, sizeof conninfo,
                   "host=%s user=postgres dbname=postgres", cluster.data);
    for (int i = 0; i < START_TRIES; i++) {
        if (PQping(conninfo) == PQPING_OK)
            return true;
        if (waitpid(server, NULL, WNOHANG) != 0)
            return false;
        /* rules: allow nanosleep because a server does not say it is ready */
        (void)nanosleep(&pause, NULL);
    }
    return false;
}

/* Serve the program until it is gone. */
static void keep(int orders, int answers)
{
    const struct sigaction ignore = { .sa_handler = SIG_IGN };
    pid_t server = -1;
    char order;

    /* A program that is gone before it is answered must not end us too. */
    (void)sigaction(SIGPIPE, &ignore, NULL);
    while (read(orders, &order, 1) == 1) {
        bool good = make_cluster();
        if (good) {
            server = start_server();
            good = server > 0 && server_answers(server);
        }
        if (!good)
            show_log();
        if (write(answers, good ? "y" : "n", 1) != 1)
            break;
    }
    if (server > 0 && kill(server, SIGQUIT) == 0)
        (void)waitpid(server, NULL, 0);
    (void)nftw(cluster.folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* --- in the test program ---------------------------------------------- */

static void stop(void)
{
    if (getpid() != cluster.owner)
        return;
    (void)close(cluster.orders);
    (void)waitpid(cluster.keeper, NULL, 0);
}

static bool make_folder(void)
{
    const char *tmp = getenv("TMPDIR");

    /* The socket's whole path must stay below 108 bytes. */
    if (tmp == NULL || strlen(tmp) > 24)
        tmp = "/tmp";
    (void)snprintf(cluster.folder, sizeof cluster.folder,
                   "%s/tenstar-test-XXXXXX", tmp);
    if (mkdtemp(cluster.folder) == NULL || chmod(cluster.folder, 0711) != 0)
        return false;
    (void)snprintf(cluster.data, sizeof cluster.data, "%s/pg", cluster.folder);
    return true;
}

static bool start_keeper(void)
{
    int orders[2];
    int answers[2];

    if (pipe2(orders, O_CLOEXEC) != 0 || pipe2(answers, O_CLOEXEC) != 0)
        return false;
    cluster.owner = getpid();
    cluster.keeper = fork();
    if (cluster.keeper == 0) {
        (void)close(orders[1]);
        (void)close(answers[0]);
        /* An interrupt from the terminal is for the program, not for us. */
        (void)setpgid(0, 0);
        keep(orders[0], answers[1]);
        _exit(0);
    }
    (void)close(orders[0]);
    (void)close(answers[1]);
    cluster.orders = orders[1];
    cluster.answers = answers[0];
    return cluster.keeper > 0 && atexit(stop) == 0;
}

const char *test_cluster_folder(void)
{
    if (cluster.keeper == 0 && !(make_folder() && start_keeper()))
        cluster.keeper = -1;
    return cluster.keeper > 0 ? cluster.folder : NULL;
}

const char *test_cluster_socket(void)
{
    char answer = 'n';

    if (test_cluster_folder() == NULL)
        return NULL;
    if (!cluster.asked) {
        cluster.asked = true;
        cluster.started = write(cluster.orders, "s", 1) == 1 &&
                          read(cluster.answers, &answer, 1) == 1 &&
                          answer == 'y';
    }
    return cluster.started ? cluster.data : NULL;
}
