/* Atom feeds, to the byte. [RFC 4287] */

#include "page/atom.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/test.h"

static str feed(struct arena *a, const struct atom_feed *f,
                const struct atom_entry *e)
{
    struct buf b;
    str out = S("");

    buf_init(&b, a, 1 << 16);
    atom_begin(&b, f);
    if (e != NULL)
        atom_put(&b, e);
    atom_end(&b);
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

/* [AT2] */
TEST(a_feed_has_every_element_that_is_asked_for)
{
    TEST_ARENA(a, 1 << 20);
    const struct atom_feed f = {
        .lang = S("zh-CN"),
        .id = S("https://r.example/changes.atom"),
        .title = S("变动"),
        .updated = S("2026-11-24T04:00:00Z"),
        .author = S("示例认证中心"),
        .self = S("https://r.example/changes.atom?lang=zh"),
        .page = S("https://r.example/"),
        .older = S("https://r.example/changes.atom?lang=zh&before=3"),
    };
    const struct atom_entry e = {
        .id = S("https://r.example/changes/3"),
        .title = S("暂停"),
        .updated = S("2026-11-24T04:00:00Z"),
        .summary = S("一句话"),
        .page = S("https://r.example/c/A1"),
    };

    EXPECT_STR(
        feed(&a, &f, &e),
        S("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
          "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"zh-CN\">\n"
          "<id>https://r.example/changes.atom</id>\n"
          "<title>变动</title>\n"
          "<updated>2026-11-24T04:00:00Z</updated>\n"
          "<author>\n"
          "<name>示例认证中心</name>\n"
          "</author>\n"
          "<link rel=\"self\" type=\"application/atom+xml\""
          " href=\"https://r.example/changes.atom?lang=zh\"/>\n"
          "<link rel=\"alternate\" type=\"text/html\""
          " href=\"https://r.example/\"/>\n"
          "<link rel=\"next\" type=\"application/atom+xml\""
          " href=\"https://r.example/changes.atom?lang=zh&amp;before=3\"/>\n"
          "<entry>\n"
          "<id>https://r.example/changes/3</id>\n"
          "<title>暂停</title>\n"
          "<updated>2026-11-24T04:00:00Z</updated>\n"
          "<summary>一句话</summary>\n"
          "<link rel=\"alternate\" type=\"text/html\""
          " href=\"https://r.example/c/A1\"/>\n"
          "</entry>\n"
          "</feed>\n"));
}

TEST(a_feed_that_ends_here_names_no_older_one)
{
    TEST_ARENA(a, 1 << 20);
    const struct atom_feed f = { .lang = S("en"), .title = S("x") };

    EXPECT(!str_contains(feed(&a, &f, NULL), S("rel=\"next\"")));
}

/* [AT1] */
TEST(nothing_that_a_text_holds_becomes_markup_or_breaks_the_document)
{
    TEST_ARENA(a, 1 << 20);
    static const struct {
        const char *name;
        str given;
        const char *want;
    } rows[] = {
        { "markup", S_INIT("<b>\"'&amp;"),
          "<title>&lt;b&gt;&quot;&#39;&amp;amp;</title>" },
        { "the end of an element", S_INIT("</title>"),
          "<title>&lt;/title&gt;</title>" },
        { "a control character",
          S_INIT("a\x01"
                 "b"),
          "<title>a\uFFFDb</title>" },
        { "no character of XML",
          S_INIT("a\xef\xbf\xbe"
                 "b\xef\xbf\xbf"),
          "<title>a\uFFFDb\uFFFD</title>" },
        { "one beside them", S_INIT("a\xef\xbf\xbd"),
          "<title>a\uFFFD</title>" },
        { "a character cut off", S_INIT("a\xef\xbf"), "<title>a\uFFFD" },
        { "no UTF-8",
          S_INIT("a\xff"
                 "b"),
          "<title>a\uFFFDb</title>" },
        { "nothing", S_INIT(""), "<title></title>" },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct atom_feed f = { .lang = S("en"), .title = rows[i].given };

        EXPECT_ROW(rows[i].name,
                   str_contains(feed(&a, &f, NULL), str_of(rows[i].want)));
    }
}

TEST(a_feed_without_room_says_so)
{
    TEST_ARENA(a, 1 << 20);
    const struct atom_feed f = { .lang = S("en"), .title = S("x") };
    struct buf b;
    str out;

    buf_init(&b, &a, 100);
    atom_begin(&b, &f);
    atom_end(&b);
    EXPECT_ERR(buf_done(&b, &out), ERR_LIMIT, "buf.limit");
}
