/* A witness at work: what it answers, remembers and never does. [WI1] [WI2]
 * [WT1]-[WT3] */
#include "witness/witness.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"
#include "crypto/hash.h"
#include "http/request.h"
#include "http/response.h"
#include "merkle/cosignature.h"
#include "merkle/test_note.h"
#include "merkle/test_tree.h"
#include "merkle/witness.h"
#include "sys/clock.h"
#include "sys/entropy.h"
#include "sys/files.h"
#include "sys/files_fault.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { ARENA = 64 << 20, LOG = 200, TREE = 20, SECONDS = 1679315147 };

#define ORIGIN "register.example/log"

/* A witness, the log it watches, and a folder of its own. */
struct rig {
    struct heap heap;
    struct arena arena;
    struct clock_set clock;
    struct entropy_seeded entropy;
    struct file_ops files;
    struct witness_world world;
    struct test_tree tree;
    struct router *router;
    struct witness *witness;
    char dir[TEST_PATH];
    str folder; /* in it */
};

static str path_in(struct rig *r, const char *name)
{
    struct buf b;
    str out = S("");

    buf_init(&b, &r->arena, 400);
    buf_printf(&b, "%s/w/%s", r->dir, name);
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

static err start(struct rig *r, str name)
{
    return witness_start(&r->arena, &r->world, r->folder, name, &r->witness);
}

static void lay_policy(struct rig *r)
{
    str text = test_join(&r->arena, S("quorum none\nlog "),
                         test_vkey(&r->arena, NOTE_SIGNATURE, LOG, S(ORIGIN)));

    EXPECT_OK(folder_make(&r->files, &r->arena, r->folder, FOLDER_PRIVATE));
    EXPECT_OK(file_write(&r->files, &r->arena, path_in(r, "logs.policy"), text,
                         FILE_PUBLIC));
}

static void rig_begin(struct rig *r)
{
    *r = (struct rig){ .heap = HEAP_LIBC, .files = FILE_SYSTEM };
    test_place(r->dir, "witness");
    arena_init(&r->arena, &r->heap, ARENA);
    clock_set_init(&r->clock, (int64_t)SECONDS * 1000000);
    entropy_seeded_init(&r->entropy, 5);
    EXPECT(mkdtemp(r->dir) != NULL);
    r->world = (struct witness_world){ &r->files, &r->clock.clock,
                                       &r->entropy.entropy };
    r->folder = path_in(r, "");
    r->folder.n--;
    test_tree_init(&r->tree, &r->arena, TREE);
    test_tree_grow(&r->tree, TREE);
    lay_policy(r);
    EXPECT_OK(router_new(&r->arena, &witness_routes, 1, &r->router));
    EXPECT_OK(start(r, S("witness.example/1")));
}

static int remove_one(const char *path, const struct stat *, int, struct FTW *)
{
    return remove(path);
}

static void rig_end(struct rig *r)
{
    witness_end(&r->witness);
    entropy_seeded_end(&r->entropy);
    arena_end(&r->arena);
    EXPECT(nftw(r->dir, remove_one, 16, FTW_DEPTH | FTW_PHYS) == 0);
}

#define RIG(name)                                                              \
    scoped(rig_end) struct rig name;                                           \
    rig_begin(&(name));                                                        \
    if ((name).witness == NULL)                                                \
    return

static err permit(struct request *, int)
{
    return OK;
}

static struct response ask(struct rig *r, const char *method,
                           const char *target, str body)
{
    const struct web_site site = {
        .app = r->witness,
        .router = r->router,
        .permit = permit,
        .on_error = witness_error,
    };
    const struct header type = { S("Content-Type"), S("text/plain") };
    struct request rq = {
        .arena = &r->arena,
        .id = S("0123456789abcdef0123456789abcdef"),
        .headers = &type,
        .header_count = body.n > 0 ? 1 : 0,
    };
    struct incoming in = { .target = str_of(target), .body = body };
    struct response rs;

    incoming_method(&in, str_of(method));
    (void)site_answer(&site, &rq, &in, &rs);
    return rs;
}

/* --- the exchange ------------------------------------------------------ */

/* The proof from `old` to the checkpoint of `size` by the key of `log`. */
static str request_of(struct rig *r, uint8_t log, str origin, uint64_t old,
                      uint64_t size)
{
    struct witness_request q = { .old_size = old };
    struct hash root = { { 0 } };
    str out = S("");

    EXPECT_OK(merkle_root_read(&r->tree.source, size, &root));
    if (old <= size)
        EXPECT_OK(merkle_consistency(&r->tree.source, old, size, &q.proof));
    q.note = test_checkpoint(&r->arena, log, origin, (int64_t)size, &root);
    EXPECT_OK(witness_write(&r->arena, &q, &out));
    return out;
}

static struct response add(struct rig *r, uint64_t old, uint64_t size)
{
    return ask(r, "POST", "/add-checkpoint",
               request_of(r, LOG, S(ORIGIN), old, size));
}

/* One after the other: what each is answered, and with what. */
TEST(an_exchange_is_answered_as_the_specification_says)
{
    static const struct {
        const char *why;
        uint64_t old;
        uint64_t size;
        int status;
        const char *size_said; /* of 409 */
    } rows[] = {
        { "a client that knows nothing asks for the size", 0, 5, 200, NULL },
        { "the next", 5, 6, 200, NULL },
        { "the same again", 6, 6, 200, NULL },
        { "one that thinks it is new", 0, 7, 409, "6\n" },
        { "one that was left behind", 5, 7, 409, "6\n" },
        { "one that is ahead", 7, 8, 409, "6\n" },
        { "older than old", 7, 6, 400, NULL },
        { "an older one", 5, 5, 409, "6\n" },
        { "goes on", 6, 20, 200, NULL },
    };
    RIG(r);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct response rs = add(&r, rows[i].old, rows[i].size);

        EXPECT_ROW(rows[i].why, rs.status == rows[i].status);
        if (rows[i].size_said != NULL) {
            EXPECT_ROW_STR(rows[i].why, rs.type, S("text/x.tlog.size"));
            EXPECT_ROW_STR(rows[i].why, rs.body, str_of(rows[i].size_said));
        }
    }
}

TEST(strangers_and_malformed_requests_get_their_status)
{
    RIG(r);
    str good = request_of(&r, LOG, S(ORIGIN), 0, 5);

    EXPECT(ask(&r, "POST", "/add-checkpoint", S("nonsense")).status == 400);
    EXPECT(ask(&r, "POST", "/add-checkpoint", str_first(good, 8)).status ==
           400);
    EXPECT(ask(&r, "POST", "/add-checkpoint",
               request_of(&r, LOG, S("other.example"), 0, 5))
               .status == 404);
    EXPECT(
        ask(&r, "POST", "/add-checkpoint", request_of(&r, 9, S(ORIGIN), 0, 5))
            .status == 403);
    EXPECT(ask(&r, "GET", "/add-checkpoint", S("")).status == 405);
    EXPECT(ask(&r, "POST", "/", S("x")).status == 404);
    EXPECT(add(&r, 0, 5).status == 200); /* none of them left a trace */
}

TEST(a_proof_that_does_not_hold_is_422)
{
    RIG(r);
    struct witness_request q = { 0 };
    str body = S("");

    EXPECT(add(&r, 0, 5).status == 200);
    EXPECT_OK(witness_read(&r.arena, request_of(&r, LOG, S(ORIGIN), 5, 9), &q));
    q.proof.hashes[0].b[0] ^= 1;
    EXPECT_OK(witness_write(&r.arena, &q, &body));
    EXPECT(ask(&r, "POST", "/add-checkpoint", body).status == 422);
    EXPECT(add(&r, 5, 9).status == 200);
}

/* What it answers is its cosignature, with its time, of what was sent. */
TEST(a_cosignature_verifies_and_is_remembered)
{
    RIG(r);
    struct response rs = add(&r, 0, 5);
    struct signed_note n = { 0 };
    struct note_key key = { 0 };
    struct witness_request q = { 0 };
    struct signed_note sent = { 0 };
    const struct note_signature *by = NULL;
    uint8_t hash[SHA256_BYTES];
    char path[100] = "/";
    str vkey = S("");

    EXPECT_OK(witness_vkey(&r.arena, r.witness, &vkey));
    EXPECT_OK(note_key_parse(&r.arena, vkey, &key));
    EXPECT_STR(key.name, S("witness.example/1"));
    EXPECT_OK(witness_read(&r.arena, request_of(&r, LOG, S(ORIGIN), 0, 5), &q));
    EXPECT_OK(note_open(&r.arena, q.note, &sent));
    EXPECT_OK(note_open_lines(&r.arena, rs.body, &n));
    n.text = sent.text;
    EXPECT_OK(note_find(&r.arena, &n, &key, &by));
    EXPECT(by != NULL && cosignature_time(by->bytes) == SECONDS);

    sha256(ORIGIN, strlen(ORIGIN), hash);
    for (size_t i = 0; i < sizeof hash; i++)
        (void)snprintf(path + 1 + 2 * i, 3, "%02x", hash[i]);
    (void)snprintf(path + 65, 20, "/checkpoint");
    rs = ask(&r, "GET", path, S(""));
    EXPECT(rs.status == 200);
    EXPECT_OK(note_open(&r.arena, rs.body, &n));
    EXPECT_STR(n.text, sent.text);
    EXPECT(n.n == 2); /* the log's own signature stands there too */
    path[1] = path[1] == '0' ? '1' : '0';
    EXPECT(ask(&r, "GET", path, S("")).status == 404);
    EXPECT(ask(&r, "GET", "/none/checkpoint", S("")).status == 404);
}

/* --- its memory -------------------------------------------------------- */

TEST(a_witness_remembers_across_a_restart)
{
    RIG(r);
    str before = S("");
    str after = S("");

    EXPECT(add(&r, 0, 5).status == 200);
    EXPECT_OK(witness_vkey(&r.arena, r.witness, &before));
    witness_end(&r.witness);
    EXPECT_ERR(start(&r, S("another")), ERR_INVALID, "witness.name");
    EXPECT_OK(start(&r, S("")));
    EXPECT_OK(witness_vkey(&r.arena, r.witness, &after));
    EXPECT_STR(after, before);
    EXPECT_STR(add(&r, 0, 6).body, S("5\n"));
    EXPECT(add(&r, 5, 6).status == 200);
}

/* [WT1] Whichever call to the system fails: what was not kept is not answered,
 * and what was answered is kept. */
TEST(nothing_is_cosigned_that_could_not_be_kept)
{
    RIG(r);
    struct file_fault fault;
    struct file_ops *machine = r.world.files;
    uint64_t size = 0;
    long n = 0;

    witness_end(&r.witness);
    do {
        file_fault_init(&fault, 0, false, 5);
        r.world.files = &fault.ops;
        EXPECT_OK(start(&r, S("")));
        fault.fail_at = fault.calls + ++n;
        struct response rs = add(&r, size, size);
        rs = size == 0 ? add(&r, 0, 1) : rs;
        bool kept = rs.status == 200;
        fault.fail_at = 0;
        if (kept && size == 0)
            size = 1;
        EXPECT(kept || rs.status == 500 || rs.status == 409);
        witness_end(&r.witness);
    } while (fault.injected > 0 && n < 100 && !test_failing());
    r.world.files = machine;
    EXPECT_OK(start(&r, S("")));
    EXPECT(n > 5 && size == 1);
    EXPECT(add(&r, 1, 2).status == 200);
}

/* [WT2] */
TEST(a_memory_it_has_not_signed_stops_it)
{
    RIG(r);
    struct hash root = { { 5 } };
    uint8_t hash[SHA256_BYTES];
    char name[100] = "state/";

    EXPECT(add(&r, 0, 5).status == 200);
    sha256(ORIGIN, strlen(ORIGIN), hash);
    for (size_t i = 0; i < sizeof hash; i++)
        (void)snprintf(name + 6 + 2 * i, 3, "%02x", hash[i]);
    (void)snprintf(name + 70, 20, "/checkpoint");
    EXPECT_OK(file_write(&r.files, &r.arena, path_in(&r, name),
                         test_checkpoint(&r.arena, LOG, S(ORIGIN), 1, &root),
                         FILE_PUBLIC));
    EXPECT(add(&r, 1, 2).status == 500);
    EXPECT(add(&r, 5, 6).status == 500);
}

TEST(one_witness_runs_in_a_folder)
{
    RIG(r);
    struct witness *second = NULL;

    EXPECT_ERR(witness_start(&r.arena, &r.world, r.folder, S(""), &second),
               ERR_BUSY, "lock.held");
    EXPECT(second == NULL);
}
