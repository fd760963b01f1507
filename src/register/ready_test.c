#include "register/ready.h"

#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"
#include "register/pressed.h"

enum { MOST = 4096 };

static const str like = S_INIT("[valid] [gone] valid till then");

/* An answer whose text is `text`. */
static str pack(struct arena *a, str text, struct ready x)
{
    struct press *press = NULL;
    struct buf b;
    str out = S("");

    if (!EXPECT_OK(press_new(a, like, &press)) ||
        !EXPECT_OK(press_text(press, a, text, &x.pressed)))
        return out;
    x.n = text.n;
    buf_init(&b, a, MOST);
    ready_pack(&b, &x);
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

static str sent(struct arena *a, str packed, day today)
{
    struct ready x = { 0 };
    size_t n = 0;

    if (!ready_unpack(packed, &x))
        return S("no answer");
    char *text = arena_zero(a, ready_room(&x) + 1);

    if (text == NULL)
        return S("no memory");
    if (!ready_write(&x, like, today, text, &n))
        return S("no text");
    return (str){ text, n };
}

/* [RY1] Both sides of the last day. */
TEST(an_answer_changes_when_its_last_day_is_over)
{
    enum { LAST = 20786 };
    static const struct {
        const char *name;
        str text;
        struct ready answer;
        day today;
        str sent;
    } rows[] = {
        { "before",
          S_INIT("[valid]"),
          { .until = LAST, .at = 1, .cut = 5, .put = S_INIT("expired") },
          LAST - 400,
          S_INIT("[valid]") },
        { "on its last day",
          S_INIT("[valid]"),
          { .until = LAST, .at = 1, .cut = 5, .put = S_INIT("expired") },
          LAST,
          S_INIT("[valid]") },
        { "on the next",
          S_INIT("[valid]"),
          { .until = LAST, .at = 1, .cut = 5, .put = S_INIT("expired") },
          LAST + 1,
          S_INIT("[expired]") },
        { "for ever",
          S_INIT("[gone]"),
          { .until = DAY_NEVER, .at = 0, .cut = 0, .put = S_INIT("") },
          DAY_MAX,
          S_INIT("[gone]") },
        { "before 1970",
          S_INIT("[valid]"),
          { .until = -1, .at = 1, .cut = 5, .put = S_INIT("expired") },
          0,
          S_INIT("[expired]") },
        { "at its end",
          S_INIT("valid"),
          { .until = LAST, .at = 5, .cut = 0, .put = S_INIT(" till then") },
          LAST + 1,
          S_INIT("valid till then") },
        { "at its beginning",
          S_INIT("valid"),
          { .until = LAST, .at = 0, .cut = 5, .put = S_INIT("") },
          LAST + 1,
          S_INIT("") },
        { "nothing at all",
          S_INIT(""),
          { .until = LAST, .at = 0, .cut = 0, .put = S_INIT("") },
          LAST,
          S_INIT("") },
    };
    TEST_ARENA(a, 1 << 20);

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW_STR(rows[i].name,
                       sent(&a, pack(&a, rows[i].text, rows[i].answer),
                            rows[i].today),
                       rows[i].sent);
}

/* [RY2] Every beginning of an answer, and places beyond its end. */
TEST(what_is_no_packed_answer_is_told)
{
    static const struct ready x = {
        .until = 5, .at = 1, .cut = 5, .put = S_INIT("expired")
    };
    TEST_ARENA(a, 1 << 20);
    str whole = pack(&a, S("[valid]"), x);
    struct ready out;

    for (size_t n = 0; n < READY_HEAD + x.put.n; n++)
        EXPECT(!ready_unpack(str_first(whole, n), &out));
    for (size_t n = READY_HEAD + x.put.n; n < whole.n; n++)
        EXPECT_STR(sent(&a, str_first(whole, n), 9), S("no text"));
    for (size_t i = 4; i < 12; i++) {
        char *bytes = arena_zero(&a, whole.n);

        memcpy(bytes, whole.p, whole.n);
        bytes[i] = (char)0xff;
        EXPECT(!ready_unpack((str){ bytes, whole.n }, &out));
    }
}

/* [RY3] [RY4] */
TEST(an_answer_knows_its_days_and_its_names)
{
    static const struct ready packed = {
        .until = 20786,
        .at = 1,
        .cut = 5,
        .put = S_INIT("expired"),
        .from = -3,
        .over = 20800,
        .names = { UINT64_C(0xfedcba9876543210), 7 },
    };
    TEST_ARENA(a, 1 << 20);
    struct ready x = { 0 };

    EXPECT(ready_unpack(pack(&a, S("[valid]"), packed), &x));
    EXPECT(!ready_knows(&x, -4) && ready_knows(&x, -3));
    EXPECT(ready_knows(&x, 20800) && !ready_knows(&x, 20801));
    EXPECT(ready_name_on(&x, 20786) == packed.names[0]);
    EXPECT(ready_name_on(&x, 20787) == 7);
}
