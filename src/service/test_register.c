#include "service/test_register.h"

#include "base/buf.h"
#include "base/embed.h"
#include "base/size.h"
#include "base/test.h"
#include "scheme_data.h"
#include "service/demo.h"
#include "service/lookup.h"
#include "service/registry.h"
#include "store/cases.h"
#include "store/certificates.h"
#include "store/credentials.h"
#include "store/formers.h"
#include "store/schemes.h"
#include "store/subs.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>

enum { ARENA_LIMIT = 256 << 20, PACKAGE_MAX = 1 << 20 };

static const char hostile[] =
    "示例\"><script>alert('x')</script><b>&amp; javascript:x";

static day on(const char *iso)
{
    day d = 0;

    EXPECT(day_parse(str_of(iso), &d));
    return d;
}

/* --- packages --------------------------------------------------------- */

static str package_text(const char *scheme)
{
    for (size_t i = 0; i < scheme_data_count; i++) {
        if (str_contains(str_of(scheme_data[i].path), str_of(scheme)))
            return embedded_text(&scheme_data[i]);
    }
    test_fail(__FILE__, __LINE__, scheme, "a package of this name");
    return S("");
}

/* The package with a new title, frozen after the demonstration's own. */
static err freeze_newer(struct test_register *r, struct app *app)
{
    const str old = S("服务认证证书");
    str text = package_text("five-star");
    size_t at = str_find(text, old);
    struct registrar by = { .today = on(REGISTER_TODAY), .channel = S("test") };
    struct package_file file = { S("scheme.yaml"), S("") };
    struct package package = { &file, 1 };
    struct hash hash;
    struct buf b;
    id stream;

    EXPECT(at < text.n);
    buf_init(&b, &r->arena, PACKAGE_MAX);
    buf_str(&b, str_first(text, at));
    buf_str(&b, S(REGISTER_NEW_TITLE));
    buf_str(&b, str_from(text, at + old.n));
    TRY(buf_done(&b, &file.bytes));
    TRY(entropy_id(&r->entropy.entropy, &stream));
    return registry_scheme(app, &r->arena, &by, &package, stream, &hash);
}

/* --- certificates ----------------------------------------------------- */

struct kind {
    const char *scheme;
    const char *criterion;
    const char *level;
    int32_t stars;
};

static const struct kind ten = { "ten-star", "Q/ZZLH 1001-2021", "ten", 10 };
static const struct kind five = { "five-star", "GB/T 27922-2011", "five", 5 };
static const struct kind iso = { "iso-9001", "ISO 9001:2015", "conforms", 0 };

static const struct {
    const char *number;
    const struct kind *kind;
    const char *holder;
    enum certificate_status status;
    const char *since;
    const char *until;
    int64_t log_index;
} rows[] = {
    { REGISTER_VALID, &ten, REGISTER_ONE_ALL, CERTIFICATE_VALID, "2026-03-16",
      "2029-03-15", 41 },
    { REGISTER_PLAIN, &iso, "示例体系有限公司", CERTIFICATE_VALID, "2026-03-16",
      "2029-03-15", LOG_INDEX_NONE },
    { REGISTER_SUSPENDED, &ten, "示例暂停有限公司", CERTIFICATE_SUSPENDED,
      "2026-10-09", "2029-03-15", 42 },
    { REGISTER_WITHDRAWN, &ten, "示例撤销有限公司", CERTIFICATE_WITHDRAWN,
      "2026-09-01", "2029-03-15", 43 },
    { REGISTER_CANCELLED, &ten, "示例注销有限公司", CERTIFICATE_CANCELLED,
      "2026-08-03", "2029-03-15", 44 },
    { REGISTER_LAST_DAY, &ten, "示例末日有限公司", CERTIFICATE_VALID,
      "2023-11-25", REGISTER_TODAY, 45 },
    { REGISTER_EXPIRED, &ten, "示例过期有限公司", CERTIFICATE_VALID,
      "2023-11-24", "2026-11-23", 46 },
    { REGISTER_OVERDUE, &ten, "示例逾期有限公司", CERTIFICATE_SUSPENDED,
      "2026-10-09", "2026-11-23", 47 },
    { REGISTER_HOSTILE, &ten, hostile, CERTIFICATE_VALID, "2026-03-16",
      "2029-03-15", 48 },
};

static struct certificate_row new_row(struct test_register *r,
                                      const struct kind *kind)
{
    struct certificate_row c = {
        .uscc = S("91990000MA00001M4X"),
        .scheme_id = str_of(kind->scheme),
        .criterion = str_of(kind->criterion),
        .level_id = str_of(kind->level),
        .stars = kind->stars,
        .issued = on("2026-03-16"),
        .valid_from = on("2026-03-16"),
        .valid_until = on("2029-03-15"),
        .first_issued = on("2026-03-16"),
        .status_since = on("2026-03-16"),
        .suspended_until = DAY_NEVER,
        .scope_zh = S("示例产品的售后服务"),
        .log_index = LOG_INDEX_NONE,
        .version = 1,
    };

    EXPECT_OK(entropy_id(&r->entropy.entropy, &c.id));
    return c;
}

static err put_rows(struct tx *tx, struct test_register *r)
{
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct certificate_row c = new_row(r, rows[i].kind);

        c.number = str_of(rows[i].number);
        c.holder = str_of(rows[i].holder);
        c.status = (int32_t)rows[i].status;
        c.status_since = on(rows[i].since);
        c.suspended_until = rows[i].status == CERTIFICATE_SUSPENDED
                                ? on(REGISTER_SUSPENDED_UNTIL)
                                : DAY_NEVER;
        c.valid_until = on(rows[i].until);
        c.log_index = rows[i].log_index;
        if (i == 0) {
            c.uscc = S(REGISTER_USCC);
            c.scope_en = S("After-sales service of examples");
        }
        if (rows[i].holder == hostile)
            c.scope_zh = c.uscc = c.scope_en = c.holder;
        TRY(certificate_put(tx, &c));
    }
    return OK;
}

static err put_subs(struct tx *tx)
{
    struct sub_row sub = {
        .number = S(REGISTER_SUB),
        .main = S(REGISTER_VALID),
        .n = 1,
        .site = S("示例一店"),
        .address = S("示例路 9 号"),
        .issued = on("2026-05-01"),
        .valid_until = on("2029-03-15"),
        .ended = DAY_NEVER,
    };

    TRY(sub_put(tx, &sub));
    sub.number = S(REGISTER_SUB_ENDED);
    sub.n = 2;
    sub.site = S("示例二店");
    sub.ended = on("2026-08-03");
    TRY(sub_put(tx, &sub));
    sub.number = S(REGISTER_SUB_EVIL);
    sub.main = S(REGISTER_HOSTILE);
    sub.n = 1;
    sub.site = sub.address = sub.scope_zh = sub.scope_en = str_of(hostile);
    sub.ended = DAY_NEVER;
    return sub_put(tx, &sub);
}

static err put_formers(struct tx *tx)
{
    static const struct former_row once = { S_INIT(REGISTER_PLAIN), 1,
                                            S_INIT("示例曾名") };
    static const struct former_row evil = { S_INIT(REGISTER_HOSTILE), 1,
                                            S_INIT("<i>曾名</i>") };

    TRY(former_put(tx, &once));
    return former_put(tx, &evil);
}

/* `n` certificates whose holders' names begin with `name`. */
static err put_many(struct tx *tx, struct test_register *r, const char *name,
                    int n)
{
    for (int i = 0; i < n; i++) {
        struct certificate_row c = new_row(r, &ten);
        char number[40];
        char holder[60];

        (void)snprintf(number, sizeof number, "00026SC%02d%02dR0S", 50 + n, i);
        (void)snprintf(holder, sizeof holder, "%s之%d", name, i);
        c.number = str_of(number);
        c.holder = str_of(holder);
        TRY(certificate_put(tx, &c));
    }
    return OK;
}

/* A case by the package that was the newest of its name, and its
 * certificate. */
static err put_bound(struct tx *tx, struct test_register *r)
{
    struct page one = { .limit = 1 };
    struct certificate_row c = new_row(r, &five);
    struct case_row of_case = {
        .number = S("C2026-0001"),
        .scheme_id = S("five-star"),
        .opened = c.issued,
        .due = DAY_NEVER,
        .version = 1,
    };
    struct scheme_row package;
    struct list enterprises;

    TRY(scheme_newest(tx, &r->arena, S("five-star"), &package));
    TRY(enterprise_list(tx, &r->arena, &one, (id){ { 0 } }, &enterprises));
    EXPECT(enterprises.n == 1);
    of_case.enterprise = ((const struct enterprise_row *)enterprises.p)->id;
    of_case.scheme_hash = package.hash;
    TRY(entropy_id(&r->entropy.entropy, &of_case.id));
    TRY(case_put(tx, &of_case));
    c.number = S(REGISTER_BOUND);
    c.of_case = of_case.id;
    c.scheme_hash = package.hash;
    c.holder = S("示例旧版有限公司");
    return certificate_put(tx, &c);
}

static err put_credentials(struct tx *tx, const struct test_register *r)
{
    static const char *const numbers[REGISTER_CREDENTIALS] = {
        REGISTER_VALID,     REGISTER_PLAIN,     REGISTER_SUSPENDED,
        REGISTER_WITHDRAWN, REGISTER_CANCELLED, REGISTER_LAST_DAY,
    };
    struct credential_row c = {
        .serial = 1,
        .json = S("{}"),
        .jwt = S("a.b.c"),
        .key = 1,
        .at = r->world.clock->now(r->world.clock),
    };

    for (size_t i = 0; i < REGISTER_CREDENTIALS; i++) {
        c.number = str_of(numbers[i]);
        c.index = (int64_t)i;
        TRY(credential_put(tx, &c));
    }
    return OK;
}

static err put_all(struct tx *tx, void *context)
{
    struct test_register *r = context;

    TRY(put_rows(tx, r));
    TRY(put_subs(tx));
    TRY(put_credentials(tx, r));
    TRY(put_formers(tx));
    TRY(put_many(tx, r, REGISTER_TWENTY, 20));
    TRY(put_many(tx, r, REGISTER_MORE, 21));
    return put_bound(tx, r);
}

/* --- the whole -------------------------------------------------------- */

static int remove_one(const char *path, const struct stat *, int, struct FTW *)
{
    return remove(path);
}

static err make(struct test_register *r)
{
    scoped(app_close) struct app *app = NULL;
    struct demo_wish wish = { .seed = 1, .today = on(REGISTER_TODAY) };
    struct demo_made made;

    TRY(demo_make(&r->arena, &r->world, str_of(r->folder), &wish, &made));
    TRY(app_open(&r->arena, &r->world, str_of(r->folder), APP_WRITE, &app));
    TRY(app_write(app, &r->arena, put_all, r));
    return freeze_newer(r, app);
}

bool test_register_open(struct test_register *r)
{
    const int64_t noon = INT64_C(12) * 3600 * 1000000;

    *r = (struct test_register){
        .heap = HEAP_LIBC,
        .files = FILE_SYSTEM,
    };
    clock_set_init(&r->clock, day_start_micros(on(REGISTER_TODAY)) + noon);
    entropy_seeded_init(&r->entropy, 2);
    arena_init(&r->arena, &r->heap, ARENA_LIMIT);
    r->world = (struct app_world){ &r->heap, &r->clock.clock,
                                   &r->entropy.entropy, &r->files, S("") };
    test_place(r->folder, "register");
    EXPECT(mkdtemp(r->folder) != NULL);
    return EXPECT_OK(make(r)) &&
           EXPECT_OK(app_open(&r->arena, &r->world, str_of(r->folder), APP_READ,
                              &r->app));
}

/* --- damage ----------------------------------------------------------- */

static err put_damaged(struct tx *tx, void *context)
{
    struct certificate_row c;

    TRY(certificate_get(tx, tx_arena(tx), str_of(context), &c));
    c.issued = DAY_MAX + 1; /* no day */
    return certificate_put(tx, &c);
}

static err damage(struct test_register *r, const char *number)
{
    scoped(app_close) struct app *app = NULL;

    TRY(app_open(&r->arena, &r->world, str_of(r->folder), APP_WRITE, &app));
    return app_write(app, &r->arena, put_damaged, (char *)(uintptr_t)number);
}

void test_register_damage(struct test_register *r, const char *number)
{
    EXPECT_OK(damage(r, number));
}

void test_register_end(struct test_register *r)
{
    app_close(&r->app);
    (void)nftw(r->folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    entropy_seeded_end(&r->entropy);
    arena_end(&r->arena);
}
