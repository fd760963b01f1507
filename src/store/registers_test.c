/* The registers of people, enterprises, cases, certificates and schemes. */
#include "base/arena.h"
#include "base/day.h"
#include "base/size.h"
#include "store/cases.h"
#include "store/certificates.h"
#include "store/enterprises.h"
#include "store/people.h"
#include "store/schemes.h"
#include "store/store_test_env.h"

#include <stdio.h>

static const struct enterprise_row acme = {
    .id = { { 0xE1 } },
    .uscc = S_INIT("91350100M000100Y43"),
    .name = S_INIT("示例售后服务有限公司"),
    .name_en = S_INIT("Example Service Ltd"),
    .registered = 20000,
    .province = S_INIT("福建"),
    .city = S_INIT("福州"),
    .address = S_INIT("示例路 1 号"),
    .scope = S_INIT("家用电器销售、维修服务"),
    .contact_name = S_INIT("张三"),
    .contact_phone = S_INIT("13800000000"),
    .contact_mail = S_INIT("a@example.cn"),
};

static const struct scheme_row package = {
    .hash = { { 0x5C } },
    .id = S_INIT("ten-star"),
    .version = S_INIT("1"),
    .frozen = 1,
};

static const struct case_row first_case = {
    .id = { { 0xC1 } },
    .number = S_INIT("C2026-0001"),
    .enterprise = { { 0xE1 } },
    .scheme_id = S_INIT("ten-star"),
    .scheme_hash = { { 0x5C } },
    .stage = 3,
    .status = 1,
    .wanted = S_INIT("ten"),
    .opened = 20500,
    .due = 20510,
    .due_provisional = true,
    .version = 4,
};

static const struct certificate_row first_certificate = {
    .number = S_INIT("71226SC0001R0S"),
    .id = { { 0xCE } },
    .of_case = { { 0xC1 } },
    .enterprise = { { 0xE1 } },
    .holder = S_INIT("示例售后服务有限公司"),
    .uscc = S_INIT("91350100M000100Y43"),
    .scheme_id = S_INIT("ten-star"),
    .scheme_hash = { { 0x5C } },
    .criterion = S_INIT("Q/ZZLH 1001-2021"),
    .level_id = S_INIT("ten"),
    .stars = 10,
    .issued = 20600,
    .valid_from = 20600,
    .valid_until = 21694,
    .first_issued = 20600,
    .status = 1,
    .status_since = 20600,
    .suspended_until = 20780,
    .scope_zh = S_INIT("家用电器售后服务"),
    .scope_en = S_INIT("After-sales service of household appliances"),
    .log_index = LOG_INDEX_NONE,
    .version = 1,
};

/* An open tx in which the enterprise and the package are there. */
static err begin_with_both(struct store *s, struct arena *a, struct tx **tx)
{
    static const struct scheme_file_row files[] = {
        { S_INIT("scheme.yaml"), S_INIT("id: ten-star\n") },
        { S_INIT("notes/empty"), S_INIT("") },
    };

    TRY(tx_begin(s, a, TX_WRITE, tx));
    TRY(enterprise_put(*tx, &acme));
    return scheme_freeze(*tx, &package, files, 2);
}

/* --- people ----------------------------------------------------------- */

EACH_STORE_TEST(people_are_found_by_id_login_and_enterprise)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct person_row p = {
        .id = { { 1 } },
        .login = S("li"),
        .name = S("李四"),
        .roles = INT64_C(1) << 40,
        .secret = S("$argon2id$.."),
        .state = PERSON_LEFT,
    };
    struct person_row got;
    struct list l;

    EXPECT_OK(begin_with_both(s, &a, &tx));
    EXPECT_OK(person_put(tx, &p));
    EXPECT_OK(person_get(tx, &a, p.id, &got));
    EXPECT_STR(got.name, S("李四"));
    EXPECT_STR(got.secret, p.secret);
    EXPECT(got.roles == p.roles && got.state == PERSON_LEFT);
    EXPECT(id_is_zero(got.enterprise));

    p.name = S("李五");
    p.enterprise = acme.id;
    EXPECT_OK(person_put(tx, &p));
    EXPECT_OK(person_by_login(tx, &a, S("li"), &got));
    EXPECT_STR(got.name, S("李五"));
    EXPECT_ERR(person_by_login(tx, &a, S("LI"), &got), ERR_NOT_FOUND,
               "store.missing");
    p = (struct person_row){ .id = { { 2 } }, .login = S("an"), .name = S("") };
    EXPECT_OK(person_put(tx, &p));
    EXPECT_OK(person_list(tx, &a, &(struct page){ .limit = 9 }, &l));
    EXPECT(l.n == 2);
    EXPECT_STR(((struct person_row *)l.p)->login, S("an"));
    EXPECT_OK(person_list_of_enterprise(tx, &a, acme.id,
                                        &(struct page){ .limit = 9 }, &l));
    EXPECT(l.n == 1);
    EXPECT_STR(((struct person_row *)l.p)->login, S("li"));
    EXPECT_OK(person_list_with_role(tx, &a, (INT64_C(1) << 40) | 1,
                                    &(struct page){ .limit = 9 }, &l));
    EXPECT(l.n == 1);
    EXPECT_STR(((struct person_row *)l.p)->login, S("li"));
    EXPECT_OK(person_list_with_role(tx, &a, INT64_C(1) << 39,
                                    &(struct page){ .limit = 9 }, &l));
    EXPECT(l.n == 0);

    p.login = S("li");
    EXPECT_ERR(person_put(tx, &p), ERR_CONFLICT, "store.constraint");
}

EACH_STORE_TEST(a_person_cannot_belong_to_an_enterprise_that_is_not_there)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    const struct person_row p = {
        .id = { { 1 } },
        .login = S("li"),
        .enterprise = { { 9 } },
    };

    EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
    EXPECT_ERR(person_put(tx, &p), ERR_CONFLICT, "store.constraint");
}

EACH_STORE_TEST(ties_are_kept_one_for_each_enterprise)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    const struct person_row p = { .id = { { 1 } }, .login = S("li") };
    struct relation_row r = { .enterprise = acme.id, .until = DAY_NEVER };
    struct list l;

    EXPECT_OK(begin_with_both(s, &a, &tx));
    EXPECT_OK(person_put(tx, &p));
    EXPECT_OK(relation_put(tx, p.id, &r));
    EXPECT_OK(relation_list(tx, &a, p.id, (id){ 0 }, 9, &l));
    EXPECT(l.n == 1 && ((struct relation_row *)l.p)->until == DAY_NEVER);
    r.until = 20000;
    EXPECT_OK(relation_put(tx, p.id, &r));
    EXPECT_OK(relation_list(tx, &a, p.id, (id){ 0 }, 9, &l));
    EXPECT(l.n == 1 && ((struct relation_row *)l.p)->until == 20000);
    EXPECT_OK(relation_list(tx, &a, p.id, acme.id, 9, &l));
    EXPECT(l.n == 0);
}

/* --- enterprises ------------------------------------------------------ */

EACH_STORE_TEST(an_enterprise_comes_back_as_it_was_put)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct enterprise_row got;
    struct enterprise_row other = acme;

    EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
    EXPECT_OK(enterprise_put(tx, &acme));
    EXPECT_OK(enterprise_by_uscc(tx, &a, acme.uscc, &got));
    EXPECT(id_eq(got.id, acme.id) && got.registered == 20000);
    EXPECT_STR(got.name, acme.name);
    EXPECT_STR(got.name_en, acme.name_en);
    EXPECT_STR(got.province, acme.province);
    EXPECT_STR(got.city, acme.city);
    EXPECT_STR(got.address, acme.address);
    EXPECT_STR(got.scope, acme.scope);
    EXPECT_STR(got.contact_name, acme.contact_name);
    EXPECT_STR(got.contact_phone, acme.contact_phone);
    EXPECT_STR(got.contact_mail, acme.contact_mail);

    other.registered = DAY_NEVER;
    other.contact_phone = S("");
    EXPECT_OK(enterprise_put(tx, &other));
    EXPECT_OK(enterprise_get(tx, &a, acme.id, &got));
    EXPECT(got.registered == DAY_NEVER && got.contact_phone.n == 0);

    other.id.b[0]++;
    EXPECT_ERR(enterprise_put(tx, &other), ERR_CONFLICT, "store.constraint");
}

/* Enterprises of the same name stand by id; pages cut anywhere. */
EACH_STORE_TEST(enterprises_are_listed_by_name_then_id)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct page p = { .limit = 2 };
    id after = { 0 };
    struct list l;
    uint8_t seen = 0;

    EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
    for (uint8_t i = 0; i < 5; i++) {
        struct enterprise_row e = acme;
        char code[8];
        (void)snprintf(code, sizeof code, "U%d", i);
        e.id = (id){ { (uint8_t)(i + 1) } };
        e.uscc = str_of(code);
        e.name = i == 0 ? S("a") : S("b");
        EXPECT_OK(enterprise_put(tx, &e));
    }
    do {
        EXPECT_OK(enterprise_list(tx, &a, &p, after, &l));
        for (size_t i = 0; i < l.n; i++) {
            const struct enterprise_row *e = &((struct enterprise_row *)l.p)[i];
            EXPECT(e->id.b[0] == ++seen);
            p.after = e->name;
            after = e->id;
        }
    } while (l.n > 0 && !test_failing());
    EXPECT(seen == 5);
}

/* --- schemes ---------------------------------------------------------- */

EACH_STORE_TEST(a_frozen_package_keeps_its_files)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct scheme_row got;
    struct list l;
    bool found;

    EXPECT_OK(begin_with_both(s, &a, &tx));
    EXPECT_OK(scheme_find(tx, &a, &package.hash, &got, &found));
    EXPECT(found && got.frozen == 1);
    EXPECT_STR(got.version, S("1"));
    EXPECT_OK(scheme_find(tx, &a, &(struct hash){ { 1 } }, &got, &found));
    EXPECT(!found);
    EXPECT_OK(
        scheme_files(tx, &a, &package.hash, &(struct page){ .limit = 9 }, &l));
    const struct scheme_file_row *f = l.p;
    EXPECT(l.n == 2);
    EXPECT_STR(f[0].path, S("notes/empty"));
    EXPECT_STR(f[0].bytes, S(""));
    EXPECT_STR(f[1].bytes, S("id: ten-star\n"));
    EXPECT_ERR(scheme_freeze(tx, &package, NULL, 0), ERR_CONFLICT,
               "store.constraint");
}

EACH_STORE_TEST(the_newest_package_of_a_name_is_the_last_frozen)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct scheme_row newer = package;
    struct scheme_row got;
    struct list l;

    newer.hash.b[0] = 1;
    newer.frozen = 2;
    newer.version = S("2");
    EXPECT_OK(begin_with_both(s, &a, &tx));
    EXPECT_OK(scheme_freeze(tx, &newer, NULL, 0));
    EXPECT_OK(scheme_newest(tx, &a, S("ten-star"), &got));
    EXPECT_STR(got.version, S("2"));
    EXPECT_ERR(scheme_newest(tx, &a, S("five-star"), &got), ERR_NOT_FOUND,
               "store.missing");
    EXPECT_OK(scheme_list(tx, &a, &(struct hash){ 0 }, 9, &l));
    EXPECT(l.n == 2);
    EXPECT_OK(scheme_list_newest(tx, &a, &l));
    EXPECT(l.n == 1);
    EXPECT_STR(((const struct scheme_row *)l.p)->version, S("2"));
    EXPECT_OK(scheme_list(tx, &a, &newer.hash, 9, &l));
    EXPECT(l.n == 1);
}

EACH_STORE_TEST(a_schemes_name_is_listed_once_however_many_packages_it_has)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct scheme_row newer = package;
    struct scheme_row other = package;
    struct list l;

    newer.hash.b[0] = 1;
    other.hash.b[0] = 2;
    other.id = S("five-star");
    EXPECT_OK(begin_with_both(s, &a, &tx));
    EXPECT_OK(scheme_freeze(tx, &newer, NULL, 0));
    EXPECT_OK(scheme_freeze(tx, &other, NULL, 0));
    EXPECT_OK(scheme_names(tx, &a, &(struct page){ .limit = 9 }, &l));
    const str *names = l.p;
    EXPECT(l.n == 2);
    EXPECT_STR(names[0], S("five-star"));
    EXPECT_STR(names[1], S("ten-star"));
    EXPECT_OK(scheme_names(tx, &a, &(struct page){ S("five-star"), 9 }, &l));
    EXPECT(l.n == 1);
    EXPECT_OK(scheme_names(tx, &a, &(struct page){ .limit = 1 }, &l));
    EXPECT(l.n == 1);
}

/* Of each name one, by name; of two that were frozen at once the one that
 * scheme_newest() finds. */
EACH_STORE_TEST(the_newest_packages_are_listed_one_a_name)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    static const struct {
        const char *id;
        const char *version;
        int64_t frozen;
        uint8_t hash;
    } rows[] = {
        { "b", "old", 1, 9 },  { "b", "new", 2, 1 },  { "a", "low", 5, 2 },
        { "a", "high", 5, 3 }, { "c", "only", 0, 4 },
    };
    static const char *const want[] = { "high", "new", "only" };
    struct list l = { 0 };

    EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
    EXPECT_OK(scheme_list_newest(tx, &a, &l));
    EXPECT(l.n == 0);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scheme_row row = { { { rows[i].hash } },
                                  str_of(rows[i].id),
                                  str_of(rows[i].version),
                                  rows[i].frozen };

        EXPECT_OK(scheme_freeze(tx, &row, NULL, 0));
    }
    EXPECT_OK(scheme_list_newest(tx, &a, &l));
    EXPECT(l.n == COUNT(want));
    for (size_t i = 0; i < l.n && i < COUNT(want); i++) {
        const struct scheme_row *r = (const struct scheme_row *)l.p + i;
        struct scheme_row newest;

        EXPECT_STR(r->version, str_of(want[i]));
        EXPECT_OK(scheme_newest(tx, &a, r->id, &newest));
        EXPECT(hash_eq(&newest.hash, &r->hash));
    }
}

/* --- cases ------------------------------------------------------------ */

EACH_STORE_TEST(a_case_comes_back_as_it_was_put)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct case_row c = first_case;
    struct case_row got;

    EXPECT_OK(begin_with_both(s, &a, &tx));
    EXPECT_OK(case_put(tx, &c));
    EXPECT_OK(case_by_number(tx, &a, c.number, &got));
    EXPECT(id_eq(got.id, c.id) && id_eq(got.enterprise, c.enterprise));
    EXPECT(got.scheme_hash.b[0] == 0x5C && got.stage == 3 && got.status == 1);
    EXPECT(got.opened == 20500 && got.due == 20510 && got.due_provisional);
    EXPECT(got.version == 4 && got.certificate.n == 0);
    EXPECT_STR(got.scheme_id, c.scheme_id);
    EXPECT_STR(got.wanted, c.wanted);

    c.due = DAY_NEVER;
    c.due_provisional = false;
    c.certificate = S("71226SC0001R0S");
    EXPECT_OK(case_put(tx, &c));
    EXPECT_OK(case_get(tx, &a, c.id, &got));
    EXPECT(got.due == DAY_NEVER && !got.due_provisional);
    EXPECT_STR(got.certificate, c.certificate);

    c.scheme_hash.b[0]++;
    EXPECT_ERR(case_put(tx, &c), ERR_CONFLICT, "store.constraint");
}

EACH_STORE_TEST(of_a_case_that_is_touched_only_the_version_changes)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct case_row c = first_case;
    id nobody = { { 0xEE } };
    struct case_row got;

    EXPECT_OK(begin_with_both(s, &a, &tx));
    EXPECT_OK(case_put(tx, &c));
    EXPECT_OK(case_touch(tx, c.id, c.version + 3));
    EXPECT_OK(case_get(tx, &a, c.id, &got));
    EXPECT(got.version == c.version + 3);
    EXPECT(got.stage == c.stage && got.status == c.status);
    EXPECT(got.opened == c.opened && got.due == c.due);
    EXPECT_STR(got.number, c.number);
    EXPECT_ERR(case_touch(tx, nobody, 1), ERR_CONFLICT, "store.changed");
}

/* Five cases: number C1 .. C5, stage and due day of each as in the table. */
static err put_cases(struct tx *tx)
{
    static const struct {
        const char *number;
        int32_t stage;
        day due;
    } rows[] = { { "C1", 1, 30 },
                 { "C2", 2, 10 },
                 { "C3", 1, 10 },
                 { "C4", 1, DAY_NEVER },
                 { "C5", 2, 20 } };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct case_row c = first_case;
        c.id.b[1] = (uint8_t)i;
        c.number = str_of(rows[i].number);
        c.stage = rows[i].stage;
        c.due = rows[i].due;
        TRY(case_put(tx, &c));
    }
    return OK;
}

/* The numbers of a list of cases, run together. */
static str numbers_of(struct arena *a, const struct list *l)
{
    char *p = arena_zero(a, l->n * 2 + 1);
    const struct case_row *c = l->p;

    for (size_t i = 0; p != NULL && i < l->n; i++)
        memcpy(p + 2 * i, c[i].number.p, 2);
    return str_of(p);
}

EACH_STORE_TEST(cases_are_listed_by_stage_enterprise_and_limit)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    const struct page start = { .limit = 9 };
    const struct page after_c1 = { .after = S("C1"), .limit = 1 };
    const struct page after_c3 = { .after = S("C3"), .limit = 9 };
    struct list l;

    EXPECT_OK(begin_with_both(s, &a, &tx));
    EXPECT_OK(put_cases(tx));
    EXPECT_OK(case_list(tx, &a, &start, &l));
    EXPECT_STR(numbers_of(&a, &l), S("C1C2C3C4C5"));
    EXPECT_OK(case_list_at_stage(tx, &a, 1, &start, &l));
    EXPECT_STR(numbers_of(&a, &l), S("C1C3C4"));
    EXPECT_OK(case_list_at_stage(tx, &a, 1, &after_c1, &l));
    EXPECT_STR(numbers_of(&a, &l), S("C3"));
    EXPECT_OK(case_list_of_enterprise(tx, &a, acme.id, &after_c3, &l));
    EXPECT_STR(numbers_of(&a, &l), S("C4C5"));
    EXPECT_OK(case_list_of_enterprise(tx, &a, (id){ { 1 } }, &start, &l));
    EXPECT(l.n == 0);

    EXPECT_OK(case_list_due(tx, &a, 30, DAY_MIN, &start, &l));
    EXPECT_STR(numbers_of(&a, &l), S("C2C3C5C1"));
    EXPECT_OK(case_list_due(tx, &a, 29, DAY_MIN, &start, &l));
    EXPECT_STR(numbers_of(&a, &l), S("C2C3C5"));
    EXPECT_OK(case_list_due(tx, &a, 30, 10, &after_c3, &l));
    EXPECT_STR(numbers_of(&a, &l), S("C5C1"));
    EXPECT_OK(case_list_due(tx, &a, 9, DAY_MIN, &start, &l));
    EXPECT(l.n == 0);
}

/* --- certificates ----------------------------------------------------- */

EACH_STORE_TEST(a_certificate_comes_back_as_it_was_put)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    const struct certificate_row *c = &first_certificate;
    struct certificate_row got;

    EXPECT_OK(begin_with_both(s, &a, &tx));
    EXPECT_OK(certificate_put(tx, c));
    EXPECT_OK(certificate_by_id(tx, &a, c->id, &got));
    EXPECT(id_eq(got.of_case, c->of_case) &&
           id_eq(got.enterprise, c->enterprise));
    EXPECT(got.stars == 10 && got.issued == 20600 && got.valid_from == 20600);
    EXPECT(got.valid_until == 21694 && got.first_issued == 20600);
    EXPECT(got.status == 1 && got.status_since == 20600 && got.version == 1);
    EXPECT(got.suspended_until == 20780);
    EXPECT(memcmp(&got.scheme_hash, &c->scheme_hash, sizeof got.scheme_hash) ==
           0);
    EXPECT(got.log_index == LOG_INDEX_NONE);
    EXPECT_STR(got.number, c->number);
    EXPECT_STR(got.holder, c->holder);
    EXPECT_STR(got.uscc, c->uscc);
    EXPECT_STR(got.scheme_id, c->scheme_id);
    EXPECT_STR(got.criterion, c->criterion);
    EXPECT_STR(got.level_id, c->level_id);
    EXPECT_STR(got.scope_zh, c->scope_zh);
    EXPECT_STR(got.scope_en, c->scope_en);

    EXPECT_OK(certificate_set_log_index(tx, c->number, 0));
    EXPECT_OK(certificate_get(tx, &a, c->number, &got));
    EXPECT(got.log_index == 0);
    EXPECT_ERR(certificate_set_log_index(tx, S("none"), 0), ERR_CONFLICT,
               "store.changed");
    EXPECT_ERR(certificate_get(tx, &a, S("none"), &got), ERR_NOT_FOUND,
               "store.missing");
}

EACH_STORE_TEST(certificates_are_listed_by_code_holder_case_and_end)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    const struct page start = { .limit = 9 };
    struct certificate_row imported = first_certificate;
    struct list l;

    imported.id.b[0]++;
    imported.number = S("X1");
    imported.of_case = (id){ 0 };
    imported.enterprise = (id){ 0 };
    imported.uscc = S("91330100799655058B");
    imported.valid_until = 20700;
    EXPECT_OK(begin_with_both(s, &a, &tx));
    EXPECT_OK(certificate_put(tx, &first_certificate));
    EXPECT_OK(certificate_put(tx, &imported));

    EXPECT_OK(certificate_list(tx, &a, &start, &l));
    EXPECT(l.n == 2);
    EXPECT_OK(certificate_list_of_uscc(tx, &a, imported.uscc, &start, &l));
    EXPECT(l.n == 1);
    EXPECT_OK(certificate_list_of_holder(tx, &a, imported.holder, &start, &l));
    EXPECT(l.n == 2);
    EXPECT_OK(certificate_list_of_case(tx, &a, first_case.id, &start, &l));
    EXPECT(l.n == 1);
    EXPECT_OK(certificate_list_ending(tx, &a, 20700, DAY_MIN, &start, &l));
    EXPECT(l.n == 1);
    EXPECT_STR(((struct certificate_row *)l.p)->number, S("X1"));
    EXPECT_OK(certificate_list_ending(tx, &a, 20699, DAY_MIN, &start, &l));
    EXPECT(l.n == 0);
    EXPECT_OK(
        certificate_list_ending(tx, &a, 30000, 20700,
                                &(struct page){ .after = S("X1"), .limit = 9 },
                                &l));
    EXPECT(l.n == 1);

    imported.id.b[0]++;
    imported.number = S("X2");
    imported.holder = S("ABC 100%_!示例");
    EXPECT_OK(certificate_put(tx, &imported));
    static const struct {
        str words;
        size_t found;
    } rows[] = {
        { S_INIT("示例"), 3 },   { S_INIT("ABC"), 1 },  { S_INIT("abc"), 0 },
        { S_INIT("100%"), 1 },   { S_INIT("0_"), 0 },   { S_INIT("%_!"), 1 },
        { S_INIT("务有限"), 2 }, { S_INIT("没有"), 0 },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        EXPECT_OK(certificate_search(tx, &a, rows[i].words, &start, &l));
        EXPECT_ROW(rows[i].words.p, l.n == rows[i].found);
    }

    imported.number = S("X3"); /* the same stream under two numbers */
    EXPECT_ERR(certificate_put(tx, &imported), ERR_CONFLICT,
               "store.constraint");
}
