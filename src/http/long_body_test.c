/* Bodies beyond what every request may have: files. [HT6] [SI4] */

#include "base/buf.h"
#include "base/size.h"
#include "http/rig_test.h"

#include <sched.h>
#include <sys/socket.h>
#include <unistd.h>

/* What the limits of these tests are. */
enum { BODY = 300, UPLOAD = 1000, TWICE = 2 * UPLOAD };

#define MIME "Content-Type: multipart/form-data; boundary=b" CRLF
#define PART                                                                   \
    "--b" CRLF "Content-Disposition: form-data; name=\"file\"; "               \
    "filename=\"x\"" CRLF CRLF
#define PART_END CRLF "--b--" CRLF
#define KNOWN    "Cookie: in" CRLF

static void open_small(struct rig *r)
{
    rig_init(r);
    r->options.limits.body = BODY;
    r->options.limits.upload = UPLOAD;
    r->options.limits.uploads = UPLOAD;
    rig_open(r);
}

/* The head of a form that is `n` bytes long. */
static str head_of(struct rig *r, const char *path, const char *headers,
                   size_t n)
{
    struct buf b;
    str text = S("");

    buf_init(&b, &r->arena, 1000);
    buf_printf(&b, "POST %s HTTP/1.1" CRLF HOST MIME "%s", path, headers);
    buf_printf(&b, "Content-Length: %zu" CRLF CRLF, n);
    EXPECT_OK(buf_done(&b, &text));
    return text;
}

/* A form of `n` bytes, the rest of which a file is. */
static str form_of(struct rig *r, size_t n)
{
    struct buf b;
    str text = S("");

    buf_init(&b, &r->arena, n);
    buf_str(&b, S(PART));
    while (b.n < n - strlen(PART_END))
        buf_char(&b, 'x');
    buf_str(&b, S(PART_END));
    EXPECT_OK(buf_done(&b, &text));
    return text;
}

static size_t file_of(size_t form)
{
    return form - strlen(PART) - strlen(PART_END);
}

/* Head and form, in one connection of its own. */
static struct reply send_form(struct rig *r, const char *path,
                              const char *headers, size_t n)
{
    int fd = dial(r);

    say(fd, head_of(r, path, headers, n));
    say(fd, form_of(r, n));
    struct reply reply = hear(r, fd, true);
    EXPECT(close(fd) == 0);
    return reply;
}

TEST(a_form_with_files_may_be_longer_for_whom_the_site_admits)
{
    static const struct {
        const char *why;
        const char *path;
        const char *headers;
        size_t n;
        const char *says; /* NULL: how large the file is */
        int status;
        int asked; /* is the site, and does it admit? */
    } rows[] = {
        { "as much as anybody may", "/upload", "", BODY, NULL, 200, 0 },
        { "a byte more, of somebody known", "/upload", KNOWN, BODY + 1, NULL,
          200, 1 },
        { "all that is allowed", "/upload", KNOWN, UPLOAD, NULL, 200, 1 },
        { "a byte too much", "/upload", KNOWN, UPLOAD + 1, "http.body", 413,
          1 },
        { "as much again, the most that is read", "/upload", KNOWN, TWICE,
          "http.body", 413, 1 },
    };
    struct rig r;

    open_small(&r);
    for (size_t i = 0; i < COUNT(rows); i++) {
        int before = r.admitted;
        struct reply reply =
            send_form(&r, rows[i].path, rows[i].headers, rows[i].n);
        rig_await_room(&r);
        struct buf b;
        str want = S("");

        buf_init(&b, &r.arena, 100);
        if (rows[i].says == NULL)
            buf_int(&b, (int64_t)file_of(rows[i].n));
        else
            buf_str(&b, str_of(rows[i].says));
        EXPECT_OK(buf_done(&b, &want));
        EXPECT_ROW(rows[i].why, reply.status == rows[i].status);
        EXPECT_ROW_STR(rows[i].why, reply.body, want);
        EXPECT_ROW(rows[i].why, r.admitted - before == rows[i].asked);
    }
    rig_end(&r);
}

/* So are plain bytes, where the route takes long ones. */
TEST(a_piece_of_bytes_may_be_as_long_as_a_form_with_files)
{
    struct rig r;

    open_small(&r);
    struct reply reply = send_form(&r, "/piece", KNOWN, BODY + 1);
    rig_await_room(&r);
    EXPECT(reply.status == 200 && r.admitted == 1);
    EXPECT(send_form(&r, "/piece", "", BODY + 1).status == 403);
    rig_end(&r);
}

/* Not one byte of it was sent. */
TEST(a_long_body_of_a_stranger_is_refused_by_its_head)
{
    static const struct {
        const char *why;
        const char *path;
        const char *headers;
        size_t n;
        int status;
        const char *says;
    } rows[] = {
        { "nobody known", "/upload", "", BODY + 1, 403, "test.stranger" },
        { "and it waits to be told", "/upload", "Expect: 100-continue" CRLF,
          BODY + 1, 403, "test.stranger" },
        { "known, and beyond all reading", "/upload", KNOWN, 2 * UPLOAD + 2,
          413, "http.body" },
        { "known, but no form with files", "/echo", KNOWN, BODY + 1, 413,
          "http.body" },
        { "known, but a form without", "/form", KNOWN, BODY + 1, 413,
          "http.body" },
        { "known, but nowhere", "/nowhere", KNOWN, BODY + 1, 413, "http.body" },
        { "an address that is none", "/%zz", KNOWN, BODY + 1, 400,
          "path.percent" },
    };
    struct rig r;

    open_small(&r);
    for (size_t i = 0; i < COUNT(rows); i++) {
        int fd = dial(&r);

        say(fd, head_of(&r, rows[i].path, rows[i].headers, rows[i].n));
        struct reply reply = hear(&r, fd, true);
        EXPECT_ROW(rows[i].why, reply.status == rows[i].status);
        EXPECT_ROW_STR(rows[i].why, reply.body, str_of(rows[i].says));
        EXPECT_ROW(rows[i].why, ended(fd));
        EXPECT(close(fd) == 0);
    }
    rig_end(&r);
}

/* Without a length there is no telling how much room it takes. */
TEST(a_body_in_chunks_is_never_a_long_one)
{
    struct rig r;
    int fd;

    open_small(&r);
    fd = dial(&r);
    say(fd, S("POST /upload HTTP/1.1" CRLF HOST MIME KNOWN
              "Transfer-Encoding: chunked" CRLF CRLF "12d" CRLF));
    say(fd, form_of(&r, BODY + 1));
    say(fd, S(CRLF "0" CRLF CRLF));
    struct reply reply = hear(&r, fd, true);
    EXPECT(reply.status == 413 && r.admitted == 0);
    EXPECT(close(fd) == 0);
    rig_end(&r);
}

TEST(long_bodies_have_so_much_room_together_and_give_it_back)
{
    struct rig r;
    int first;
    int second;

    open_small(&r);
    first = dial(&r);
    say(first, head_of(&r, "/upload", KNOWN, UPLOAD - BODY));
    rig_await(&r, PHASE_BODY);

    /* What is left is not enough, by a byte. */
    second = dial(&r);
    say(second, head_of(&r, "/upload", KNOWN, BODY + 1));
    struct reply reply = hear(&r, second, true);
    EXPECT(reply.status == 503);
    EXPECT_STR(reply.body, S("http.uploads"));
    EXPECT(close(second) == 0);

    /* Others are none the worse for it. */
    EXPECT(send_form(&r, "/upload", "", BODY).status == 200);

    say(first, form_of(&r, UPLOAD - BODY));
    EXPECT(hear(&r, first, true).status == 200);
    rig_await(&r, PHASE_IDLE);
    EXPECT(close(first) == 0);
    EXPECT(send_form(&r, "/upload", KNOWN, UPLOAD).status == 200);
    rig_end(&r);
}

static struct reply ask_long(struct rig *r, size_t n)
{
    struct buf b;
    str text = S("");
    int fd = dial(r);

    buf_init(&b, &r->arena, 1000);
    buf_printf(&b, "GET /long/%zu HTTP/1.1" CRLF HOST CRLF, n);
    EXPECT_OK(buf_done(&b, &text));
    say(fd, text);
    struct reply reply = hear(r, fd, true);
    rig_await(r, PHASE_IDLE);
    EXPECT(close(fd) == 0);
    return reply;
}

/* [RQ3] A long answer has room of its own, as much as there is and no more. */
TEST(a_long_answer_has_room_of_its_own_and_gives_it_back)
{
    enum { MEGA = 1 << 20, MEMORY = 2 * MEGA, ROOM = 3 * MEGA };
    static const struct {
        size_t n;
        int status;
    } rows[] = {
        { MEGA, 200 }, /* in the request's own */
        { MEGA + 1, 200 }, { ROOM, 200 }, { ROOM + 1, 503 },
        { ROOM, 200 }, /* what was taken before is there again */
    };
    struct rig r;

    rig_init(&r);
    r.options.limits.memory = MEMORY;
    r.options.limits.uploads = ROOM;
    rig_open(&r);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct reply reply = ask_long(&r, rows[i].n);

        EXPECT(reply.status == rows[i].status);
        if (reply.status == 200)
            EXPECT(reply.body.n == rows[i].n);
        else
            EXPECT_STR(reply.body, S("http.uploads"));
    }
    rig_end(&r);
}

/* [CN1] [RQ3] Of an answer that no socket keeps for us the last byte has time
 * by its length: in time it is whole, a moment later it is cut. */
TEST(a_long_answer_has_time_by_its_length)
{
    enum { LONG = 32 << 20, STEPS = (LONG - BODY) >> 16, SECOND = 1000000 };

    for (int64_t late = 0; late <= 1; late++) {
        struct rig r;
        char byte;
        int fd;

        rig_init(&r);
        r.options.limits.body = BODY;
        r.options.limits.answer_time = INT64_C(4) * SECOND;
        r.options.limits.upload_time = SECOND;
        rig_open(&r);
        fd = dial(&r);
        say(fd, S("GET /long/33554432 HTTP/1.1" CRLF HOST
                  "Connection: close" CRLF CRLF));
        EXPECT(recv(fd, &byte, 1, 0) == 1);
        rig_pass(&r, INT64_C(4) * SECOND + (int64_t)STEPS * SECOND - 1 + late);
        while (late == 1 && server_connections(r.server) > 0)
            (void)sched_yield();
        EXPECT((drain(fd) > LONG) == (late == 0));
        EXPECT(close(fd) == 0);
        rig_end(&r);
    }
}

/* Who leaves in the middle leaves no room taken. */
TEST(a_connection_that_breaks_gives_its_room_back)
{
    struct rig r;
    int first;

    open_small(&r);
    first = dial(&r);
    say(first, head_of(&r, "/upload", KNOWN, UPLOAD));
    say(first, S("--b"));
    rig_await(&r, PHASE_BODY);
    EXPECT(close(first) == 0);
    while (server_connections(r.server) > 0)
        ;
    EXPECT(send_form(&r, "/upload", KNOWN, UPLOAD).status == 200);
    rig_end(&r);
}

/* [CN1] The time of a long body is by its length, and ends all the same. */
TEST(a_long_body_has_time_by_its_length)
{
    enum { STEP = 1 << 16, SECOND = 1000000 };
    static const struct {
        const char *why;
        size_t n;
        int64_t time; /* seconds */
    } rows[] = {
        { "as every request", BODY, 30 },
        { "a step more, but for a byte", BODY + STEP - 1, 30 },
        { "a step more", BODY + STEP, 32 },
        { "three steps more", BODY + 3 * STEP, 36 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        for (int64_t late = 0; late <= 1; late++) {
            struct rig r;
            int fd;

            rig_init(&r);
            r.options.limits.body = BODY;
            r.options.limits.upload_time = INT64_C(2) * SECOND;
            rig_open(&r);
            fd = dial(&r);
            say(fd, head_of(&r, "/upload", KNOWN, rows[i].n));
            rig_await(&r, PHASE_BODY);
            rig_pass(&r, rows[i].time * SECOND - 1 + late);
            if (late == 0)
                say(fd, form_of(&r, rows[i].n));
            EXPECT_ROW(rows[i].why,
                       hear(&r, fd, true).status == (late ? 408 : 200));
            EXPECT(close(fd) == 0);
            rig_end(&r);
        }
    }
}
