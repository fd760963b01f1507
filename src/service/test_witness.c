#include "service/test_witness.h"

#include "base/arena.h"
#include "base/buf.h"
#include "merkle/checkpoint.h"
#include "merkle/cosignature.h"
#include "merkle/witness.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

enum { ARENA = 4 << 20, TIME = 1800000000 };

#define NAME S("w.example")

/* --- hearing ---------------------------------------------------------- */

/* Has the whole request come? */
static bool is_whole(const char *heard)
{
    const char *body = strstr(heard, "\r\n\r\n");
    const char *length = strstr(heard, "Content-Length: ");

    if (body == NULL)
        return false;
    return length == NULL || strlen(body + 4) >= strtoul(length + 16, NULL, 10);
}

static void hear(char *heard, int fd)
{
    size_t used = 0;

    while (used < TEST_WITNESS_HEARD - 1) {
        ssize_t n = read(fd, heard + used, TEST_WITNESS_HEARD - 1 - used);

        if (n <= 0)
            return;
        used += (size_t)n;
        heard[used] = '\0';
        if (is_whole(heard))
            return;
    }
}

/* --- answering -------------------------------------------------------- */

/* The text of the checkpoint that it was asked to cosign. */
static str text_asked(struct arena *a, const char *heard)
{
    struct witness_request r = { 0 };
    struct signed_note note = { 0 };
    const char *body = strstr(heard, "\r\n\r\n");

    if (body != NULL && !failed(witness_read(a, str_of(body + 4), &r)) &&
        !failed(note_open(a, r.note, &note)))
        return note.text;
    return S("nothing\n");
}

static str cosigned(struct test_witness *w, struct arena *a,
                    enum test_witness_says says, const char *heard)
{
    scoped(sign_key_end) struct sign_key other = { 0 };
    static const uint8_t seed[SIGN_SEED_BYTES] = { 99 };
    str text = says == SAYS_OF_SOMETHING ? S("x\n") : text_asked(a, heard);
    str name = says == SAYS_OF_OTHERS ? S("other.example") : NAME;
    int64_t time = says == SAYS_TOO_LATE ? INT64_MAX / 2 : TIME;
    str line = S("");

    sign_key_of_seed(seed, &other);
    EXPECT_OK(cosignature_make(a, text, name,
                               says == SAYS_OF_OTHERS ? &other : &w->key, time,
                               &line));
    return line;
}

static void answer(struct test_witness *w, int fd, size_t i)
{
    const struct test_witness_answer *x = &w->answers[i];
    scoped(arena_end) struct arena a = { 0 };
    str body = str_of(x->text == NULL ? "" : x->text);

    arena_init(&a, &w->heap, ARENA);
    if (x->says != SAYS_TEXT)
        body = cosigned(w, &a, x->says, w->heard[i]);
    (void)dprintf(fd,
                  "HTTP/1.1 %d Said\r\nContent-Length: %zu\r\n"
                  "Connection: close\r\n\r\n%.*s",
                  x->status, body.n, STR_ARG(body));
}

static void *serve(void *context)
{
    struct test_witness *w = context;

    for (size_t i = 0; i < TEST_WITNESS_ANSWERS && w->answers[i].status != 0;
         i++) {
        int fd = accept(w->fd, NULL, NULL);

        if (fd < 0)
            return NULL;
        hear(w->heard[i], fd);
        answer(w, fd, i);
        (void)close(fd);
        w->asked = i + 1;
    }
    return NULL;
}

/* --- beginning and end ------------------------------------------------ */

static bool listen_here(struct test_witness *w)
{
    struct sockaddr_in at = { .sin_family = AF_INET,
                              .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t n = sizeof at;

    w->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (w->fd < 0 || bind(w->fd, (struct sockaddr *)&at, sizeof at) != 0 ||
        listen(w->fd, TEST_WITNESS_ANSWERS) != 0 ||
        getsockname(w->fd, (struct sockaddr *)&at, &n) != 0)
        return false;
    (void)snprintf(w->address, sizeof w->address, "http://127.0.0.1:%d",
                   ntohs(at.sin_port));
    return true;
}

bool test_witness_begin(struct test_witness *w, struct arena *a, uint8_t seed,
                        const struct test_witness_answer *answers)
{
    const uint8_t bytes[SIGN_SEED_BYTES] = { seed };

    *w = (struct test_witness){ .fd = -1, .heap = HEAP_LIBC };

    memcpy(w->answers, answers, sizeof w->answers);
    sign_key_of_seed(bytes, &w->key);
    EXPECT_OK(
        note_key_of(a, NOTE_COSIGNATURE, NAME, w->key.public, &w->named.key));
    EXPECT_OK(note_vkey(a, &w->named.key, &w->named.vkey));
    bool serves =
        listen_here(w) && pthread_create(&w->thread, NULL, serve, w) == 0;
    EXPECT(serves);
    w->named.name = S("one");
    w->named.url = str_of(w->address);
    return serves;
}

/* One that was asked less than it could answer waits for nobody. */
void test_witness_end(struct test_witness *w)
{
    (void)shutdown(w->fd, SHUT_RDWR);
    (void)pthread_join(w->thread, NULL);
    (void)close(w->fd);
    sign_key_end(&w->key);
}

str test_witness_note(struct office *o, int64_t size, uint8_t root)
{
    scoped(sign_key_end) struct sign_key key = { 0 };
    const struct tlog_key *own = app_log_key(o->app);
    const struct hash hash = { { root } };
    str note = S("");

    sign_key_of_seed(own->seed, &key);
    EXPECT_OK(
        note_checkpoint(&o->arena, own->origin, &key, size, &hash, &note));
    return note;
}
