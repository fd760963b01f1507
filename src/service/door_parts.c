#include "service/door_parts.h"

#include "auth/token.h"
#include "auth/totp.h"
#include "base/arena.h"
#include "base/buf.h"
#include "crypto/bytes.h"
#include "crypto/hash.h"
#include "domain/rights.h"
#include "store/admission.h"
#include "store/factors.h"
#include "store/failures.h"
#include "sys/clock.h"
#include "sys/entropy.h"

enum { ABOUT_MAX = 80 };

#define SECOND INT64_C(1000000)

int64_t door_now(const struct app *app)
{
    struct clock *clock = app_world_of(app)->clock;

    return clock->now(clock);
}

day door_today(const struct app *app)
{
    return day_of_micros(door_now(app));
}

/* The hash of a purpose, the installation's key and a text: nobody can try
 * texts out who has the store alone. */
static void keyed_hash(const struct app *app, const char *purpose, str text,
                       uint8_t out[static SHA256_BYTES])
{
    struct sha256 h;

    sha256_init(&h);
    sha256_add(&h, purpose, strlen(purpose) + 1);
    sha256_add(&h, app_salt_key(app), SALT_KEY_BYTES);
    sha256_add(&h, text.p, text.n);
    sha256_end(&h, out);
}

void door_key(const struct app *app, const char *purpose,
              uint8_t out[static SECRET_KEY_BYTES])
{
    keyed_hash(app, purpose, S(""), out);
}

err door_note(struct tx *tx, int64_t now, const struct door_note *n)
{
    const struct passage_row row = {
        .at = now,
        .person = n->person,
        .actor = id_eq(n->actor, n->person) ? (id){ { 0 } } : n->actor,
        .channel = n->channel,
        .what = n->what,
    };

    return passage_add(tx, &row);
}

/* --- attempts [DO2] ------------------------------------------------------- */

struct attempt door_attempt(const struct app *app, enum delay_of of, str whose)
{
    static const char *const purposes[DELAY_KINDS] = {
        [DELAY_LOGIN] = "tenstar failures of a login",
        [DELAY_NETWORK] = "tenstar failures of a network",
        [DELAY_CODE] = "tenstar failures of a second factor",
        [DELAY_ASK] = "tenstar asking of a network",
        [DELAY_MAIL] = "tenstar mails to a login",
    };
    struct attempt p = { .of = of };

    keyed_hash(app, purposes[of], whose, p.whose.b);
    return p;
}

struct attempt door_attempt_of_person(const struct app *app, enum delay_of of,
                                      id person)
{
    char text[ID_TEXT];

    return door_attempt(app, of, id_text(person, text));
}

static err longest_wait(struct tx *tx, const struct attempt *p, size_t n,
                        int64_t now, int64_t *out)
{
    int64_t longest = 0;

    for (size_t i = 0; i < n; i++) {
        struct failure_row row;

        TRY(failure_get(tx, &p[i].whose, &row));
        int64_t left = delay_left(p[i].of, row.times, row.last, now);
        longest = left > longest ? left : longest;
    }
    *out = longest;
    return OK;
}

err door_count(struct tx *tx, const struct attempt *p, size_t n, int64_t now,
               int64_t *wait)
{
    TRY(longest_wait(tx, p, n, now, wait));
    for (size_t i = 0; i < n && *wait == 0; i++) {
        struct failure_row row;

        TRY(failure_get(tx, &p[i].whose, &row));
        row =
            (struct failure_row){ delay_count(row.times, row.last, now), now };
        TRY(failure_put(tx, &p[i].whose, &row));
    }
    return OK;
}

err door_forget(struct tx *tx, const struct attempt *p)
{
    const struct failure_row none = { 0 };

    return failure_put(tx, &p->whose, &none);
}

err door_uncount(struct tx *tx, const struct attempt *p)
{
    struct failure_row row;

    TRY(failure_get(tx, &p->whose, &row));
    row.times -= row.times > 0;
    return failure_put(tx, &p->whose, &row);
}

err door_must_wait(struct arena *a, int64_t wait)
{
    return err_new(a, ERR_BUSY, "door.wait",
                   ARG_INT("seconds", (wait + SECOND - 1) / SECOND));
}

/* --- codes [DO4] ---------------------------------------------------------- */

/* A box is for one person. */
static err about(struct arena *a, id person, str *out)
{
    char text[ID_TEXT];
    struct buf b;

    buf_init(&b, a, ABOUT_MAX);
    buf_str(&b, S("second factor/"));
    buf_str(&b, id_text(person, text));
    return buf_done(&b, out);
}

err door_seal_secret(struct app *app, struct arena *a, id person, str secret,
                     str *sealed)
{
    uint8_t nonce[SECRET_NONCE_BYTES];
    uint8_t key[SECRET_KEY_BYTES];
    str whose;

    TRY(about(a, person, &whose));
    TRY(entropy_fill(app_world_of(app)->entropy, nonce, sizeof nonce));
    door_key(app, "tenstar second factor", key);
    err e = secret_seal(a, key, nonce, whose, secret, sealed);
    bytes_wipe(key, sizeof key);
    return e;
}

err door_open_secret(struct app *app, struct arena *a, id person, str sealed,
                     str *secret)
{
    uint8_t key[SECRET_KEY_BYTES];
    str whose;

    TRY(about(a, person, &whose));
    door_key(app, "tenstar second factor", key);
    err e = secret_open(a, key, whose, sealed, secret);
    bytes_wipe(key, sizeof key);
    return e;
}

/* By the telephone. */
static err try_factor(struct tx *tx, struct code_try *t)
{
    struct arena *a = tx_arena(tx);
    struct factor_row row = { 0 };
    int64_t step = 0;
    bool found;
    str secret;

    TRY(factor_get(tx, a, t->person, true, &row, &found));
    if (!found)
        return OK;
    TRY(door_open_secret(t->app, a, t->person, row.sealed, &secret));
    bool right = totp_check((const uint8_t *)secret.p, t->now, row.step,
                            t->typed, &step);
    bytes_wipe((void *)(uintptr_t)secret.p, secret.n);
    return right ? factor_use(tx, t->person, step, &t->right) : OK;
}

/* By the paper. */
static err try_recovery(struct tx *tx, struct code_try *t)
{
    struct hash kept;
    bool valid;

    TRY(recovery_kept(tx_arena(tx), t->typed, &kept, &valid));
    if (!valid)
        return OK;
    TRY(recovery_code_use(tx, t->person, &kept, &t->recovered));
    t->right = t->recovered;
    return OK;
}

err door_judge_code(struct tx *tx, struct code_try *t)
{
    const struct attempt attempt =
        door_attempt_of_person(t->app, DELAY_CODE, t->person);

    t->right = false;
    t->recovered = false;
    TRY(door_count(tx, &attempt, 1, t->now, &t->wait));
    if (t->wait > 0)
        return OK;
    TRY(try_factor(tx, t));
    if (!t->right && t->recovery)
        TRY(try_recovery(tx, t));
    if (t->right)
        return door_forget(tx, &attempt);
    return door_note(tx, t->now,
                     &(struct door_note){ .what = PASSAGE_WRONG_CODE,
                                          .person = t->person,
                                          .channel = S("web") });
}

err door_code_error(struct arena *a, const struct code_try *t)
{
    if (t->wait > 0)
        return door_must_wait(a, t->wait);
    return t->right ? OK : err_new(a, ERR_DENIED, "door.code");
}

err door_token(struct app *app, struct arena *a, str *text, struct hash *kept)
{
    uint8_t random[TOKEN_BYTES];

    TRY(entropy_fill(app_world_of(app)->entropy, random, sizeof random));
    err e = token_make(a, random, text, kept);
    bytes_wipe(random, sizeof random);
    return e;
}

/* --- people --------------------------------------------------------------- */

err door_person(struct tx *tx, str login, struct person_row *out)
{
    err e = person_by_login(tx, tx_arena(tx), login, out);

    return err_is(e, ERR_NOT_FOUND)
               ? err_new(tx_arena(tx), ERR_NOT_FOUND, "door.person",
                         ARG_STR("login", login))
               : e;
}

err door_may_come_in(struct tx *tx, const struct app *app,
                     const struct person_row *p, bool *out)
{
    struct admission_row admission;

    TRY(admission_get(tx, tx_arena(tx), p->id, &admission));
    *out = p->state == PERSON_ACTIVE && door_today(app) <= admission.until;
    return OK;
}

err door_check_admin(struct arena *a, const struct session *who)
{
    return rights_may_enrol(&who->actor) ? OK
                                         : err_new(a, ERR_DENIED, "door.admin");
}

err door_check_open(struct arena *a, const struct visitor *v)
{
    return v->state == WEB_SESSION_OPEN ? OK
                                        : err_new(a, ERR_DENIED, "door.state");
}
