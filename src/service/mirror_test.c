/* The register and its log as files. [MR1]-[MR4] */
#include "service/mirror.h"

#include "base/buf.h"
#include "codec/idcode.h"
#include "service/register_import.h"
#include "service/service_test_env.h"
#include "sys/files_fault.h"
#include "merkle/tlog_proof.h"
#include "verify/entry.h"
#include "verify/mirror.h"

#include <stdio.h>

enum { FILE_MOST = 16 << 20, USCC = 18 };

static str folder_in(struct office *o, const char *name)
{
    struct buf b;
    str out = S("");

    buf_init(&b, &o->arena, 400);
    buf_str(&b, o->dir);
    buf_printf(&b, "/%s", name);
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

static err mirror(struct office *o, const char *name, struct mirrored *out)
{
    struct sequencer s = { .app = o->app };

    return mirror_make(&s, &o->arena, office_today(o), folder_in(o, name), out);
}

static err read_in(struct office *o, struct arena *a, str folder, str name,
                   str *out)
{
    str path;

    TRY(file_in(a, folder, name, &path));
    return file_read(&o->files, a, path, FILE_MOST, out);
}

/* --- is it whole? -----------------------------------------------------------
 */

struct walk {
    struct office *o;
    str folder;
    unsigned depth;
    int64_t lines;
};

static err read_piece(const struct walk *w, struct arena *a,
                      const struct hash *piece, str *plain)
{
    char path[MIRROR_PATH];
    str file;

    TRY(read_in(w->o, a, w->folder, mirror_path(piece, path), &file));
    return mirror_unpack(a, file, piece, plain);
}

static err check_piece(struct walk *w, unsigned depth, const struct hash *piece,
                       const struct hash *root)
{
    scoped(arena_end) struct arena a;
    struct mirror_leaf leaf = { 0 };
    str plain;

    arena_init(&a, &w->o->heap, 64 << 20);
    TRY(err_keep(&w->o->arena, read_piece(w, &a, piece, &plain)));
    if (depth == w->depth) {
        TRY(err_keep(&w->o->arena, mirror_leaf_read(&a, plain, &leaf)));
        w->lines += (int64_t)leaf.n;
        return err_keep(&w->o->arena,
                        mirror_leaf_check(&a, &leaf, depth, piece, root));
    }
    struct mirror_branch *b = arena_zero(&a, sizeof *b);
    TRY_MEMORY(b);
    TRY(err_keep(&w->o->arena, mirror_branch_read(&a, plain, b)));
    TRY(err_keep(&w->o->arena, mirror_branch_check(&a, b, piece, root)));
    for (size_t i = 0; i < MIRROR_FAN; i++) {
        if (b->part[i].pairs > 0)
            TRY(check_piece(w, depth + 8, &b->piece[i], &b->part[i].root));
    }
    return OK;
}

static err check_whole(struct office *o, const char *name,
                       const struct rooted_mark *mark)
{
    struct walk w = { .o = o, .folder = folder_in(o, name) };
    struct mirror_index x = { 0 };
    str text;

    TRY(read_in(o, &o->arena, w.folder, S("register.json"), &text));
    TRY(mirror_index_read(&o->arena, text, &x));
    w.depth = x.depth;
    TRY(check_piece(&w, 0, &x.top, &mark->root));
    EXPECT(w.lines == mark->holders + mark->numbers);
    return OK;
}

/* --- what is made -----------------------------------------------------------
 */

ONE_STORE_TEST(a_mirror_has_the_register_the_log_and_a_page, true)
{
    static const str names[] = { S_INIT("checkpoint"), S_INIT("did.json"),
                                 S_INIT("index.html"), S_INIT("en.html"),
                                 S_INIT("register.json") };
    TEST_OFFICE(o, place);
    struct mirrored made = { 0 };

    (void)office_certified(&o);
    EXPECT_OK(mirror(&o, "mirror//", &made));
    EXPECT(made.mark.holders == 1 && made.mark.numbers == 1);
    EXPECT(made.pieces == 1 && made.written == 1 && made.removed == 0);
    EXPECT(made.entries > made.mark.index);
    for (size_t i = 0; i < COUNT(names); i++) {
        str bytes = S("");

        EXPECT_ROW_OK(names[i].p, read_in(&o, &o.arena, folder_in(&o, "mirror"),
                                          names[i], &bytes));
        EXPECT_ROW(names[i].p, bytes.n > 0);
    }
    EXPECT_OK(check_whole(&o, "mirror", &made.mark));
}

static void put_line(struct buf *b, int i)
{
    char digits[] = "91350100000000000";

    for (char *p = digits + USCC - 2, *end = digits + 8; p >= end; p--) {
        *p = (char)('0' + i % 10);
        if ((i /= 10) == 0)
            break;
    }
    str first = str_of(digits);
    buf_printf(b, "N%s,示例%s,%s%c,示例认证,T 1-2026,2025-03-01,2028-02-29\n",
               digits + 8, digits + 8, digits, idcode_uscc_check(first));
}

/* Of so many enterprises, each with a certificate that a file brings. */
static void import(struct office *o, int first, int last)
{
    struct import_counts c;
    str path = S("");
    str text = S("");
    struct buf b;

    buf_init(&b, &o->arena, 1 << 20);
    buf_str(&b, S("number,holder,uscc,body,criterion,from,until\n"));
    for (int i = first; i <= last; i++)
        put_line(&b, i);
    EXPECT_OK(buf_done(&b, &text));
    EXPECT_OK(file_in(&o->arena, o->dir, S("certificates"), &path));
    EXPECT_OK(file_write(&o->files, &o->arena, path, text, FILE_PUBLIC));
    const struct import_order order = {
        .from = { .files = &o->files, .path = path },
        .who = office_as(o, "certificates"),
        .today = office_today(o),
    };
    EXPECT_OK(register_import(o->app, &o->arena, &order, &c));
    EXPECT(c.put == last - first + 1);
}

/* [MR1] */
ONE_STORE_TEST(only_what_changed_is_written_again, true)
{
    static const struct {
        int enterprises;
        int64_t least; /* pieces */
        int64_t most;  /* written for one certificate more */
    } rows[] = { { 50, 1, 1 }, { 400, 200, 3 } };
    TEST_OFFICE(o, place);
    struct mirrored made = { 0 };
    int have = 0;

    for (size_t i = 0; i < COUNT(rows); i++) {
        import(&o, have + 1, rows[i].enterprises);
        have = rows[i].enterprises;
        EXPECT_OK(mirror(&o, "mirror", &made));
        EXPECT(made.mark.holders == have && made.pieces >= rows[i].least);
        EXPECT_OK(check_whole(&o, "mirror", &made.mark));
        EXPECT_OK(mirror(&o, "mirror", &made));
        EXPECT(made.written == 0 && made.files == 0);
        import(&o, have + 1, have + 1);
        have++;
        EXPECT_OK(mirror(&o, "mirror", &made));
        EXPECT(made.written > 0 && made.written <= rows[i].most);
        EXPECT_OK(check_whole(&o, "mirror", &made.mark));
    }
}

/* [MR3] */
ONE_STORE_TEST(the_mirror_before_stays_and_older_ones_go, true)
{
    TEST_OFFICE(o, place);
    struct mirrored made = { 0 };

    import(&o, 1, 10);
    EXPECT_OK(mirror(&o, "mirror", &made));
    import(&o, 11, 11);
    EXPECT_OK(mirror(&o, "mirror", &made));
    EXPECT(made.written == 1 && made.removed == 0);
    import(&o, 12, 12);
    EXPECT_OK(mirror(&o, "mirror", &made));
    EXPECT(made.written == 1 && made.removed == 1);
    import(&o, 13, 300); /* of another depth */
    EXPECT_OK(mirror(&o, "mirror", &made));
    EXPECT(made.removed == 1);
    EXPECT_OK(mirror(&o, "mirror", &made));
    EXPECT(made.removed == 1);
    EXPECT_OK(check_whole(&o, "mirror", &made.mark));
}

/* An index that cannot be read is made up for by making everything. */
ONE_STORE_TEST(a_mirror_that_was_damaged_is_mended, true)
{
    static const char *const junk[] = { "", "junk", NULL };
    TEST_OFFICE(o, place);
    struct mirrored made = { 0 };

    import(&o, 1, 300);
    EXPECT_OK(mirror(&o, "mirror", &made));
    for (size_t i = 0; junk[i] != NULL; i++) {
        str path = folder_in(&o, "mirror/register.json");

        EXPECT_OK(
            file_write(&o.files, &o.arena, path, str_of(junk[i]), FILE_PUBLIC));
        EXPECT_OK(mirror(&o, "mirror", &made));
        EXPECT(made.written == 0 && made.files == 1);
        EXPECT_OK(check_whole(&o, "mirror", &made.mark));
    }
}

/* --- whenever it breaks off [MR2] -------------------------------------------
 */

/* The root that the mirror's own index names. */
static err root_of(struct office *o, const char *name, struct rooted_mark *mark)
{
    struct mirror_index x = { 0 };
    struct tlog_proof *proof = arena_zero(&o->arena, sizeof *proof);
    struct holder_root root = { 0 };
    struct log_entry entry = { 0 };
    str text;

    TRY_MEMORY(proof);
    TRY(read_in(o, &o->arena, folder_in(o, name), S("register.json"), &text));
    TRY(mirror_index_read(&o->arena, text, &x));
    TRY(tlog_proof_read(&o->arena, x.log, proof));
    TRY(entry_read(&o->arena, proof->extra, &entry));
    TRY(holder_root_read(&o->arena, &entry, &root));
    *mark = (struct rooted_mark){ .root = root.root,
                                  .holders = root.holders,
                                  .numbers = root.numbers };
    return OK;
}

/* By somebody whose n-th call to the system fails. */
static err mirror_over(struct office *o, struct arena *a,
                       struct file_fault *fault, struct mirrored *out)
{
    scoped(app_close) struct app *app = NULL;
    struct app_world world = o->world;
    struct sequencer s = { 0 };

    world.files = &fault->ops;
    TRY(app_open(a, &world, o->dir, APP_WRITE, &app));
    s.app = app;
    return mirror_make(&s, a, office_today(o), folder_in(o, "mirror"), out);
}

ONE_STORE_TEST(wherever_it_breaks_off_a_whole_mirror_is_there, true)
{
    TEST_OFFICE(o, place);
    struct rooted_mark mark = { 0 };
    struct mirrored made = { 0 };
    struct file_fault fault;
    long n = 0;

    import(&o, 1, 10);
    EXPECT_OK(mirror(&o, "mirror", &made));
    import(&o, 11, 12);
    app_close(&o.app);
    do {
        TEST_ARENA(own, 1 << 28);

        file_fault_init(&fault, ++n, false, 5);
        err e = mirror_over(&o, &own, &fault, &made);
        if (fault.injected == 0)
            EXPECT_OK(e);
        EXPECT(fault.open == 0);
        EXPECT_OK(root_of(&o, "mirror", &mark));
        EXPECT_OK(check_whole(&o, "mirror", &mark));
    } while (fault.injected > 0 && n < 1500 && !test_failing());
    EXPECT(n > 20 && mark.holders == 12);
}
