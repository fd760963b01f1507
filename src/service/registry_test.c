/* Enterprises, people, ties and packages. [RG1]-[RG3] */
#include "service/registry.h"

#include "base/buf.h"
#include "domain/events.h"
#include "scheme/test_files.h"
#include "service/service_test_env.h"
#include "service/stream.h"

/* A third enterprise, which nobody registered yet. */
static const struct enterprise_row third = {
    .id = { { 0xE3 } },
    .uscc = S_INIT("914403001922038216"),
    .name = S_INIT("示例水泵有限公司"),
    .registered = 18276,
    .province = S_INIT("示例省"),
    .city = S_INIT("示例市"),
    .scope = S_INIT("泵及真空设备销售；通用设备修理。"),
};

static err enrol(struct office *o, const struct enterprise_row *rows, size_t n)
{
    struct registrar by = office_registrar(o);

    return registry_enterprises(o->app, &o->arena, &by, rows, n);
}

static err get_enterprise(struct office *o, str uscc,
                          struct enterprise_row *out)
{
    scoped(tx_abort) struct tx *tx = NULL;

    TRY(app_read(o->app, &o->arena, &tx));
    return enterprise_by_uscc(tx, &o->arena, uscc, out);
}

/* The events of a stream, run together: "a+b". */
static err read_stream(struct office *o, id key, str *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct stream_row row;
    struct event_list events;
    struct buf b;

    TRY(app_read(o->app, &o->arena, &tx));
    TRY(stream_get(tx, &o->arena, key, &row));
    TRY(stream_events(tx, &o->arena, &row, &events));
    buf_init(&b, &o->arena, 1000);
    for (const struct event *e = events.first; e != NULL; e = e->next) {
        if (e != events.first)
            buf_char(&b, '+');
        buf_str(&b, str_of(e->kind->name));
    }
    return buf_done(&b, out);
}

static str stream_names_of(struct office *o, id key)
{
    str out = S("");

    EXPECT_OK(read_stream(o, key, &out));
    return out;
}

/* --- enterprises [RG1] ------------------------------------------------ */

/* `n` times "字". */
static str text_of(struct arena *a, size_t n)
{
    struct buf b;
    str out = S("");

    buf_init(&b, a, n * 3 + 1);
    for (size_t i = 0; i < n; i++)
        buf_str(&b, S("字"));
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

TEST(what_is_wrong_with_an_enterprise_is_said)
{
    TEST_ARENA(a, 1 << 20);
    const day today = office_day(OFFICE_TODAY);
    static const struct {
        const char *why;
        const char *uscc;
        const char *name;
        const char *scope;
        const char *registered;
        const char *id; /* NULL: nothing */
    } rows[] = {
        { "all is well", OFFICE_USCC, "甲", "售后", "2026-03-02", NULL },
        { "typed small", "91350100m000100y43", "甲", "售后", "2026-03-02",
          NULL },
        { "registered tomorrow", OFFICE_USCC, "甲", "售后", "2026-03-03",
          "registry.day" },
        { "no code", "", "甲", "售后", "2026-03-02", "registry.uscc_form" },
        { "one character short", "91350100M000100Y4", "甲", "售后",
          "2026-03-02", "registry.uscc_form" },
        { "a code of another kind", "13800138000", "甲", "售后", "2026-03-02",
          "registry.uscc_form" },
        { "a letter no code has", "9135010IM000100Y43", "甲", "售后",
          "2026-03-02", "registry.uscc_character" },
        { "a wrong check character", "91350100M000100Y44", "甲", "售后",
          "2026-03-02", "registry.uscc_check" },
        { "a wrong code within, as some in use have", "91350100M000100X42",
          "甲", "售后", "2026-03-02", NULL },
        { "no name", OFFICE_USCC, "", "售后", "2026-03-02", "registry.name" },
        { "blanks for a name", OFFICE_USCC, " \t", "售后", "2026-03-02",
          "registry.name" },
        { "wide blanks for a name", OFFICE_USCC, "　　", "售后", "2026-03-02",
          "registry.name" },
        { "no scope", OFFICE_USCC, "甲", "", "2026-03-02", "registry.scope" },
        { "wide blanks for a scope", OFFICE_USCC, "甲", " 　 ", "2026-03-02",
          "registry.scope" },
        { "a character nobody sees", OFFICE_USCC, "甲\x01", "售后",
          "2026-03-02", "record.control" },
        { "no UTF-8", OFFICE_USCC, "\xff", "售后", "2026-03-02",
          "record.kind" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct enterprise_row e = {
            .uscc = str_of(rows[i].uscc),
            .name = str_of(rows[i].name),
            .scope = str_of(rows[i].scope),
            .registered = office_day(rows[i].registered),
        };
        err bad = registry_enterprise_check(&a, &e, today);

        if (rows[i].id == NULL)
            EXPECT_ROW_OK(rows[i].why, bad);
        else
            EXPECT_ROW_ERR(rows[i].why, bad, ERR_INVALID, rows[i].id);
    }
    err e = registry_enterprise_check(&a,
                                      &(struct enterprise_row){
                                          .uscc = S("91350100M000100Y44"),
                                          .name = S("甲"),
                                          .scope = S("售后") },
                                      today);
    EXPECT_STR(err_arg_text(e, "uscc"), S("91350100M000100Y44"));
    EXPECT_STR(err_arg_text(e, "expected"), S("3"));
}

/* What the event could not hold is refused before anything is written. */
ONE_STORE_TEST(an_enterprise_is_checked_for_what_its_event_can_hold, true)
{
    TEST_OFFICE(o, place);
    static const struct {
        const char *why;
        size_t name, scope, province, city;
        const char *path; /* NULL: it fits */
    } rows[] = {
        { "as much as fits", 200, 10000, 40, 40, NULL },
        { "a name too long", 201, 1, 0, 0, "name" },
        { "a scope too long", 1, 10001, 0, 0, "scope" },
        { "a province too long", 1, 1, 41, 0, "province" },
        { "a city too long", 1, 1, 0, 41, "city" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct enterprise_row e = third;

        e.name = text_of(&o.arena, rows[i].name);
        e.scope = text_of(&o.arena, rows[i].scope);
        e.province = text_of(&o.arena, rows[i].province);
        e.city = text_of(&o.arena, rows[i].city);
        err bad = registry_enterprise_check(&o.arena, &e, office_today(&o));
        if (rows[i].path == NULL) {
            EXPECT_ROW_OK(rows[i].why, bad);
            EXPECT_ROW_OK(rows[i].why, enrol(&o, &e, 1));
            continue;
        }
        EXPECT_ROW_ERR(rows[i].why, bad, ERR_INVALID, "record.length");
        EXPECT_ROW_STR(rows[i].why, err_arg_text(bad, "path"),
                       str_of(rows[i].path));
    }
}

EACH_STORE_TEST(enterprises_are_registered_all_or_none)
{
    TEST_OFFICE(o, place);
    struct enterprise_row rows[] = { third, third };
    struct enterprise_row got = { 0 };
    struct office_rows before = office_rows(&o);

    rows[1].id = (id){ { 0xE4 } };
    err e = enrol(&o, rows, 2);
    EXPECT_ERR(e, ERR_CONFLICT, "registry.known");
    EXPECT_STR(err_arg_text(e, "uscc"), third.uscc);
    rows[1].uscc = S("91110108551385082Q");
    rows[1].name = S("");
    EXPECT_ERR(enrol(&o, rows, 2), ERR_INVALID, "registry.name");
    struct office_rows after = office_rows(&o);
    EXPECT_ONLY_REFUSALS(NULL, before, after, 0);
    EXPECT_ERR(get_enterprise(&o, third.uscc, &got), ERR_NOT_FOUND,
               "store.missing");

    rows[1].name = S("示例乙");
    EXPECT_OK(enrol(&o, rows, 2));
    EXPECT_OK(get_enterprise(&o, third.uscc, &got));
    EXPECT(id_eq(got.id, third.id) && got.registered == third.registered);
    EXPECT_STR(got.name, third.name);
    EXPECT_STR(got.scope, third.scope);
    EXPECT_STR(stream_names_of(&o, third.id), S("enterprise.registered"));
    EXPECT_STR(stream_names_of(&o, rows[1].id), S("enterprise.registered"));
}

/* [RG1] [ID4] However it is typed, a code stands for one enterprise. */
EACH_STORE_TEST(a_code_stands_for_one_enterprise_however_it_is_typed)
{
    TEST_OFFICE(o, place);
    static const str forms[] = {
        S_INIT("91110000802100433B"),
        S_INIT("91110000802100433b"),
        S_INIT(" 91110000802100433B\t"),
        S_INIT("９１１１００００８０２１００４３３Ｂ"),
    };
    struct enterprise_row got = { 0 };

    for (size_t i = COUNT(forms); i > 0; i--) {
        struct enterprise_row e = third;

        e.id.b[1] = (uint8_t)i;
        e.uscc = forms[i - 1];
        if (i == COUNT(forms))
            EXPECT_ROW_OK(forms[i - 1].p, enrol(&o, &e, 1));
        else
            EXPECT_ROW_ERR(forms[i - 1].p, enrol(&o, &e, 1), ERR_CONFLICT,
                           "registry.known");
    }
    EXPECT_OK(get_enterprise(&o, forms[0], &got));
    EXPECT_STR(got.uscc, forms[0]);
}

/* --- people [RG2] ----------------------------------------------------- */

static err hire(struct office *o, const struct person_row *p)
{
    struct registrar by = office_registrar(o);

    return registry_person(o->app, &o->arena, &by, p);
}

static err get_person(struct office *o, str login, struct person_row *out)
{
    scoped(tx_abort) struct tx *tx = NULL;

    TRY(app_read(o->app, &o->arena, &tx));
    return person_by_login(tx, &o->arena, login, out);
}

EACH_STORE_TEST(a_person_is_in_the_register_and_only_an_id_in_the_journal)
{
    TEST_OFFICE(o, place);
    const struct person_row li = {
        .id = { { 0xA1 } },
        .login = S("li.si"),
        .name = S("李四"),
        .secret = S("$argon2id$secret"),
        .roles = ROLE_BIT(ROLE_AUDITOR) | ROLE_BIT(ROLE_EXPERT),
    };
    struct person_row got = { 0 };

    EXPECT_OK(hire(&o, &li));
    EXPECT_OK(get_person(&o, S("li.si"), &got));
    EXPECT(id_eq(got.id, li.id) && got.roles == li.roles && got.state == 0);
    EXPECT_STR(got.name, li.name);
    EXPECT_STR(got.secret, li.secret);
    EXPECT_STR(stream_names_of(&o, li.id), S("person.added"));
    EXPECT(office_count(&o, "SELECT count(*) FROM journal WHERE body LIKE"
                            " '%\"roles\":[\"auditor\",\"expert\"]%'") == 1);
    EXPECT(office_count(&o, "SELECT count(*) FROM journal WHERE body LIKE"
                            " '%li.si%' OR body LIKE '%李四%'"
                            " OR body LIKE '%argon2id%'") == 0);
    EXPECT(office_count(&o, "SELECT count(*) FROM stream WHERE number LIKE"
                            " '%li.si%'") == 0);
}

EACH_STORE_TEST(who_cannot_be_added)
{
    TEST_OFFICE(o, place);
    static const struct {
        const char *why;
        struct person_row p;
        enum err_code code;
        const char *id;
    } rows[] = {
        { "the login is taken",
          { .id = { { 0xA1 } }, .login = S_INIT("intake") },
          ERR_CONFLICT,
          "registry.login" },
        { "an enterprise nobody registered",
          { .id = { { 0xA1 } },
            .login = S_INIT("new"),
            .enterprise = { { 9 } } },
          ERR_NOT_FOUND,
          "registry.enterprise" },
    };
    struct office_rows before = office_rows(&o);

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW_ERR(rows[i].why, hire(&o, &rows[i].p), rows[i].code,
                       rows[i].id);
    struct office_rows after = office_rows(&o);
    EXPECT_ONLY_REFUSALS(NULL, before, after, 0);
}

/* --- ties ------------------------------------------------------------- */

static err tie(struct office *o, id person, id enterprise, day until)
{
    struct registrar by = office_registrar(o);
    struct relation_row r = { enterprise, until };

    return registry_relation(o->app, &o->arena, &by, person, &r, S("顾问"));
}

static err list_ties(struct office *o, id person, struct list *out)
{
    scoped(tx_abort) struct tx *tx = NULL;

    TRY(app_read(o->app, &o->arena, &tx));
    return relation_list(tx, &o->arena, person, (id){ { 0 } }, 9, out);
}

EACH_STORE_TEST(ties_are_declared_and_the_newest_word_counts)
{
    TEST_OFFICE(o, place);
    id auditor = office_as(&o, "auditor1")->actor.person;
    day until = office_day("2026-06-30");
    struct list l = { 0 };

    EXPECT_OK(tie(&o, auditor, o.own.id, DAY_NEVER));
    EXPECT_OK(tie(&o, auditor, o.own.id, until));
    EXPECT_OK(list_ties(&o, auditor, &l));
    EXPECT(l.n == 1);
    if (l.n == 1) {
        const struct relation_row *r = l.p;

        EXPECT(id_eq(r->enterprise, o.own.id) && r->until == until);
    }
    EXPECT_STR(
        stream_names_of(&o, auditor),
        S("person.added+person.qualified+person.related+person.related"));
}

EACH_STORE_TEST(a_tie_is_between_a_person_and_an_enterprise)
{
    TEST_OFFICE(o, place);
    id auditor = office_as(&o, "auditor1")->actor.person;
    const id nobody = { { 9 } };
    struct office_rows before = office_rows(&o);

    EXPECT_ERR(tie(&o, nobody, o.own.id, DAY_NEVER), ERR_NOT_FOUND,
               "registry.person");
    EXPECT_ERR(tie(&o, o.other.id, o.own.id, DAY_NEVER), ERR_NOT_FOUND,
               "registry.person");
    EXPECT_ERR(tie(&o, auditor, nobody, DAY_NEVER), ERR_NOT_FOUND,
               "registry.enterprise");
    EXPECT_ERR(tie(&o, auditor, auditor, DAY_NEVER), ERR_NOT_FOUND,
               "registry.enterprise");
    struct office_rows after = office_rows(&o);
    EXPECT_ONLY_REFUSALS(NULL, before, after, 0);
}

/* --- packages [RG3] --------------------------------------------------- */

static err freeze(struct office *o, const struct package *p, struct hash *out)
{
    struct registrar by = office_registrar(o);

    return registry_scheme(o->app, &o->arena, &by, p, (id){ { 0x5C } }, out);
}

EACH_STORE_TEST(a_package_is_frozen_once_as_it_is)
{
    TEST_OFFICE(o, place);
    struct package_file files[] = {
        { S("scheme.yaml"),
          test_file(&o.arena, "tests/schemes/mini/scheme.yaml") },
        { S("README.md"), S("说明\n") },
        { S("golden/one.yaml"), S("left: out\n") },
    };
    struct package p = { files, COUNT(files) };
    struct hash hash = { 0 };
    struct hash again = { 0 };
    struct hash want = scheme_hash(&p);
    struct office_rows before = office_rows(&o);

    EXPECT_OK(freeze(&o, &p, &hash));
    EXPECT(memcmp(hash.b, want.b, sizeof hash.b) == 0);
    struct office_rows after = office_rows(&o);
    EXPECT(after.streams == before.streams); /* mini has one already */
    EXPECT(after.events == before.events + 1);
    EXPECT(after.pending == before.pending + 1);
    EXPECT_STR(office_ask(&o, "SELECT path FROM scheme_file WHERE hash ="
                              " (SELECT hash FROM scheme_file"
                              " WHERE path = 'README.md') ORDER BY path"),
               S("README.md\nscheme.yaml\n"));

    /* Golden cases do not make another package. */
    files[2].bytes = S("changed: yes\n");
    before = office_rows(&o);
    EXPECT_OK(freeze(&o, &p, &again));
    EXPECT(memcmp(hash.b, again.b, sizeof hash.b) == 0);
    after = office_rows(&o);
    EXPECT_ONLY_REFUSALS(NULL, before, after, 0);
}

EACH_STORE_TEST(versions_of_a_package_share_a_stream)
{
    TEST_OFFICE(o, place);

    (void)office_mini_with(&o, "version: \"1\"", "version: \"2\"");
    struct hash other = office_mini_with(&o, "id: mini", "id: maxi");
    EXPECT(other.b[0] != 0 || other.b[1] != 0);
    EXPECT_STR(office_ask(&o, "SELECT number, version FROM stream WHERE kind ="
                              " 'scheme' AND number LIKE 'm%' ORDER BY number"),
               S("maxi|1\nmini|2\n"));
}

/* --- packages at work [RG5] -------------------------------------------- */

static err freeze_as(struct office *o, const char *login, const char *old,
                     const char *new, struct hash *out)
{
    struct package_file file = { S("scheme.yaml"),
                                 office_mini_text(o, old, new) };
    struct package p = { &file, 1 };

    return registry_freeze(o->app, &o->arena, office_as(o, login),
                           office_today(o), &p, out);
}

EACH_STORE_TEST(a_newer_package_is_frozen_by_an_administrator)
{
    static const struct {
        const char *why;
        const char *login;
        const char *from;
        const char *to;
        enum err_code code;
        const char *id;
    } rows[] = {
        { "heads sign, they do not rule", "head", "version: \"1\"",
          "version: \"2\"", ERR_DENIED, "registry.freezes" },
        { "an applicant least of all", "newcomer", "version: \"1\"",
          "version: \"2\"", ERR_DENIED, "registry.freezes" },
        { "another package under a version that is kept", "admin",
          "min: 80, stars: 3", "min: 80, stars: 4", ERR_CONFLICT,
          "registry.version" },
        { "one with problems", "admin", "format: 1", "format: 2", ERR_INVALID,
          "reading.problems" },
    };
    TEST_OFFICE(o, place);
    struct office_rows before = office_rows(&o);
    struct hash hash = { 0 };

    for (size_t i = 0; i < COUNT(rows); i++) {
        err e = freeze_as(&o, rows[i].login, rows[i].from, rows[i].to, &hash);

        EXPECT_ROW_ERR(rows[i].why, e, rows[i].code, rows[i].id);
    }
    struct office_rows after = office_rows(&o);
    EXPECT_ONLY_REFUSALS(NULL, before, after, COUNT(rows));
    EXPECT_STR(office_ask(&o, "SELECT DISTINCT command FROM refusal"),
               S("package.freeze\n"));

    EXPECT_OK(
        freeze_as(&o, "admin", "version: \"1\"", "version: \"2\"", &hash));
    EXPECT_OK(
        freeze_as(&o, "admin", "version: \"1\"", "version: \"2\"", &hash));
    EXPECT_STR(office_ask(&o, "SELECT version FROM stream WHERE kind ="
                              " 'scheme' AND number = 'mini'"),
               S("2\n")); /* the same again changes nothing */
    EXPECT_ERR(freeze_as(&o, "admin", "min: 80, stars: 3", "min: 80, stars: 4",
                         &hash),
               ERR_CONFLICT, "registry.version"); /* nor an older version */
}

ONE_STORE_TEST(a_package_with_problems_is_not_frozen, true)
{
    TEST_OFFICE(o, place);
    struct package_file file = { S("scheme.yaml"), S("format: 1\n") };
    struct package p = { &file, 1 };
    struct hash hash;
    struct office_rows before = office_rows(&o);

    EXPECT_ERR(freeze(&o, &p, &hash), ERR_INVALID, "reading.problems");
    file.path = S("readme");
    EXPECT_ERR(freeze(&o, &p, &hash), ERR_INVALID, "scheme.path");
    struct office_rows after = office_rows(&o);
    EXPECT_ONLY_REFUSALS(NULL, before, after, 0);
}

/* Nothing is signed on top of a journal that was altered. */
EACH_STORE_TEST(streams_that_were_altered_are_not_gone_on_with)
{
    TEST_OFFICE(o, place);
    id auditor = office_as(&o, "auditor1")->actor.person;
    struct package_file file = { S("scheme.yaml"),
                                 test_file(&o.arena,
                                           "tests/schemes/mini/scheme.yaml") };
    struct package_file more[] = { file, { S("README.md"), S("x") } };
    struct package p = { more, 2 };
    struct hash hash;

    (void)office_ask(&o, "UPDATE journal SET at = at + 1 WHERE type IN"
                         " ('person.added', 'package.frozen')");
    struct office_rows before = office_rows(&o);
    EXPECT_ERR(tie(&o, auditor, o.own.id, DAY_NEVER), ERR_CORRUPT,
               "journal.tampered");
    EXPECT_ERR(freeze(&o, &p, &hash), ERR_CORRUPT, "journal.tampered");
    struct office_rows after = office_rows(&o);
    EXPECT_ONLY_REFUSALS(NULL, before, after, 0);
}
