#include "service/test_issue.h"

#include "base/buf.h"
#include "codec/json.h"
#include "service/sequence.h"

enum { DESK_ARENA = 256 << 20, ANCHOR_MAX = 1 << 12 };

/* --- the anchor ------------------------------------------------------- */

static err anchor_path(struct arena *a, const struct issue *at, str *out)
{
    struct buf b;

    buf_init(&b, a, 400);
    buf_str(&b, at->office.dir);
    buf_str(&b, S("/log.checkpoint"));
    return buf_done(&b, out);
}

err issue_take_anchor(struct issue *at)
{
    struct office *o = &at->office;
    str path;

    TRY(anchor_path(&o->arena, at, &path));
    return file_read(&o->files, &o->arena, path, ANCHOR_MAX, &at->anchor);
}

void issue_lay_anchor(const struct issue *at)
{
    struct file_ops machine = FILE_SYSTEM;
    TEST_ARENA(a, 1 << 16);
    str path = S("");

    EXPECT_OK(anchor_path(&a, at, &path));
    EXPECT_OK(file_write(&machine, &a, path, at->anchor, FILE_PUBLIC));
}

/* --- the office ------------------------------------------------------- */

static err make_ready(struct issue *at)
{
    struct office *o = &at->office;
    int64_t size;

    at->ref = office_case(o);
    office_go_to(o, at->ref, STAGE_CERTIFICATE);
    TRY(sequence_log(o->app, &o->arena, &size));
    at->today = office_today(o);
    app_close(&o->app);
    return issue_take_anchor(at);
}

bool issue_begin(struct issue *at, const struct store_place *place)
{
    *at = (struct issue){ 0 };
    return office_open(&at->office, place) && EXPECT_OK(make_ready(at)) &&
           !test_failing();
}

void issue_end(struct issue *at)
{
    office_end(&at->office);
}

/* --- a desk ----------------------------------------------------------- */

err desk_take(struct desk *d, const struct issue *at, struct heap *h,
              struct file_ops *files, enum app_use use)
{
    const int64_t ten = INT64_C(10) * 3600 * 1000000;

    d->at = at;
    arena_init(&d->arena, h, DESK_ARENA);
    clock_set_init(&d->clock, day_start_micros(at->today) + ten);
    /* Another seed than those of the office, or ids would come twice. */
    entropy_seeded_init(&d->entropy, (uint64_t)at->today);
    d->world = (struct app_world){ h, &d->clock.clock, &d->entropy.entropy,
                                   files, S("") };
    return app_open(&d->arena, &d->world, at->office.dir, use, &d->app);
}

void desk_leave(struct desk *d)
{
    if (d->at == NULL)
        return;
    app_close(&d->app);
    entropy_seeded_end(&d->entropy);
    arena_end(&d->arena);
    d->at = NULL;
}

static err log_in(struct desk *d, struct session *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct claim claim = { .login = S("certificates"),
                           .demonstration = true,
                           .channel = S("demo") };

    TRY(app_read(d->app, &d->arena, &tx));
    return session_open(tx, &d->arena, &claim, out);
}

err desk_issue(struct desk *d, id command, struct case_answer *out)
{
    struct session who;
    struct case_order order = {
        .who = &who,
        .today = DAY_NEVER,
        .ref = d->at->ref,
        .command = S("certificate.issue"),
        .data = json_new_object(&d->arena),
        .command_id = command,
        .expected = -1,
    };

    TRY_MEMORY(order.data);
    TRY(log_in(d, &who));
    return cases_do(d->app, &d->arena, &order, out);
}

err desk_sequence(struct desk *d)
{
    struct sequencer s = { .app = d->app, .sound = true };
    int64_t size;

    return sequence_turn(&s, &d->arena, &size);
}
