/*
 * Any bytes as a journal: the first chooses a scheme, the rest is a line an
 * event.  A line is refused as corrupt, or is an event that is sealed again as
 * one that reads the same; and whatever sequence of these folds into a state
 * that can be asked about, and shown while it is sound.
 */

#include "service/test_world.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/heap.h"
#include "codec/json.h"
#include "domain/view.h"

enum { LINES_MOST = 400 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* Canonical from the first sealing on. */
static void check_again(struct arena *a, const struct event *e)
{
    struct event first = *e;
    struct event *again = NULL;

    check(!failed(event_seal(a, &first, e->stream, e->n, &e->prev)));
    check(!failed(event_read(a, first.text, &again)));
    check(again->kind == e->kind && again->at == e->at && again->on == e->on);
    check(event_follows(again, e->stream, e->n, &e->prev));
    check(str_eq(again->channel, e->channel));

    struct event second = *again;
    check(!failed(event_seal(a, &second, e->stream, e->n, &e->prev)));
    check(str_eq(first.text, second.text));
}

static void check_shown(struct arena *a, const struct state *s)
{
    struct enterprise e = { .name = S("x"), .registered = 0 };
    struct json *j = NULL;
    struct buf b;
    str text;

    check(!failed(case_view_json(a, s, S("C1"), &e, READER_BODY, &j)));
    buf_init(&b, a, 64 << 20);
    json_canonical(&b, j);
    check(!failed(buf_done(&b, &text)));
    check(!failed(json_parse(a, text, &j)));
}

static void check_state(struct arena *a, const struct state *s)
{
    struct score score;
    bool sound = state_invariant(s) == NULL;

    state_score(s, &score);
    check(score.shown >= 0 && score.shown <= 10000);
    check(score.level < (int32_t)s->scheme->level_count);
    for (size_t i = 0; i < command_kind_count(); i++) {
        err e = command_ready(a, s, command_kind_at(i));

        check(!failed(e) || (e.info->code == ERR_CORRUPT) == !sound);
        check(sound || failed(e));
    }
    if (sound && s->opened != NULL)
        check_shown(a, s);
}

static void check_line(struct arena *a, str line, struct state *s)
{
    struct event *e = NULL;
    err bad = event_read(a, line, &e);

    check(failed(bad) == (e == NULL));
    if (failed(bad)) {
        check(bad.info->code == ERR_CORRUPT);
        return;
    }
    check_again(a, e);
    apply(s, e);
    check(s->version == e->n);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct heap h = HEAP_LIBC;
    scoped(arena_end) struct arena a;
    struct state *s = NULL;

    arena_init(&a, &h, 256 << 20);
    if (n == 0)
        return 0;
    check(!failed(state_new(&a, world_scheme(bytes[0]), &s)));
    str rest = { (const char *)bytes + 1, n - 1 };
    for (int i = 0; i < LINES_MOST && rest.p != NULL; i++)
        check_line(&a, str_cut(&rest, '\n'), s);
    check_state(&a, s);
    return 0;
}
