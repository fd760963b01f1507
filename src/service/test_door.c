#include "service/test_door.h"

#include "codec/base32.h"
#include "store/passages.h"
#include "store/people.h"

#include <stdio.h>

void door_at_work(struct office *o)
{
    const struct body *body = app_body(o->app);

    ((struct body *)(uintptr_t)body)->demonstration = false;
}

static err hire(struct office *o, const char *login, unsigned roles)
{
    static const uint8_t salt[PASSWORD_SALT_BYTES] = { 5 };
    const struct registrar by = office_registrar(o);
    struct person_row row = {
        .login = str_of(login),
        .name = S("示例"),
        .roles = roles,
    };

    if (roles == ROLE_BIT(ROLE_APPLICANT))
        row.enterprise = o->own.id;
    TRY(session_secret(&o->arena, TEST_PASSWORD, salt, PASSWORD_COST_LEAST,
                       &row.secret));
    TRY(entropy_id(o->world.entropy, &row.id));
    return registry_person(o->app, &o->arena, &by, &row);
}

void door_hire(struct office *o, const char *login, unsigned roles)
{
    EXPECT_ROW_OK(login, hire(o, login, roles));
}

str door_in(struct office *o, const char *login, enum web_session_state want)
{
    const struct door_origin from = { S("192.0.2.7"), S("a browser") };
    const struct door_knock said = { str_of(login), TEST_PASSWORD, &from,
                                     LANG_EN };
    enum web_session_state state = WEB_SESSION_STATES;
    str token = S("");

    EXPECT_ROW_OK(login,
                  door_sign_in(o->app, &o->arena, &said, &token, &state));
    EXPECT_ROW(login, state == want);
    return token;
}

struct visitor door_who(struct office *o, str token)
{
    struct visitor v = { 0 };

    EXPECT_OK(door_visit(o->app, &o->arena, token, &v));
    return v;
}

struct phone door_phone_of(struct office *o, str text)
{
    struct phone p = { 0 };
    bool valid = false;
    str bytes = S("");

    EXPECT_OK(base32_decode(&o->arena, text, &bytes, &valid));
    EXPECT(valid && bytes.n == sizeof p.secret);
    if (bytes.n == sizeof p.secret)
        memcpy(p.secret, bytes.p, sizeof p.secret);
    return p;
}

struct phone door_phone(struct office *o, str token)
{
    struct visitor v = door_who(o, token);
    struct door_secret shown = { S(""), S("") };

    EXPECT_OK(door_factor_begin(o->app, &o->arena, &v, S(""), &shown));
    struct phone p = door_phone_of(o, shown.text);
    EXPECT_OK(door_factor_prove(o->app, &o->arena, &v, door_phone_code(o, &p),
                                &p.codes));
    door_pass_seconds(o, TOTP_SECONDS);
    return p;
}

str door_phone_code(struct office *o, const struct phone *p)
{
    char code[TOTP_DIGITS + 1];
    str copy = S("");

    totp_code(p->secret, totp_step(o->world.clock->now(o->world.clock)), code);
    EXPECT(arena_str(&o->arena, str_of(code), &copy));
    return copy;
}

void door_pass_seconds(struct office *o, int64_t seconds)
{
    clock_set_forward(&o->clock, seconds * 1000000);
}

/* What is done at the next draw. */
static struct {
    struct office *office;
    const char *sql;
    bool (*fill)(struct entropy *e, void *p, size_t n);
} meanwhile;

static bool fill_after(struct entropy *e, void *p, size_t n)
{
    e->fill = meanwhile.fill;
    (void)office_ask(meanwhile.office, meanwhile.sql);
    return e->fill(e, p, n);
}

void door_meanwhile(struct office *o, const char *sql)
{
    meanwhile.office = o;
    meanwhile.sql = sql;
    meanwhile.fill = o->entropy.entropy.fill;
    o->entropy.entropy.fill = fill_after;
}

int64_t door_noted(const struct office *o, enum passage what)
{
    char sql[80];

    (void)snprintf(sql, sizeof sql,
                   "SELECT count(*) FROM passage WHERE what = %d", (int)what);
    return office_count(o, sql);
}
