#include "page/asset.h"

#include "base/test.h"
#include "asset_files.h"

static str type_of(str name)
{
    if (str_ends(name, S(".svg")))
        return S("image/svg+xml");
    return str_ends(name, S(".js")) ? S("text/javascript; charset=utf-8")
                                    : S("text/css; charset=utf-8");
}

TEST(every_asset_is_found_by_name_with_its_type)
{
    EXPECT(asset_files_count > 0);
    for (size_t i = 0; i < asset_files_count; i++) {
        const char *name = asset_files[i].path;
        struct asset got = { 0 };
        EXPECT_ROW(name, asset_find(str_of(name), &got));
        EXPECT_ROW_STR(name, got.name, str_of(name));
        EXPECT_ROW(name, got.body.n == asset_files[i].n && got.body.n > 0);
        EXPECT_ROW_STR(name, got.type, type_of(str_of(name)));
    }
}

TEST(an_unknown_asset_is_not_found)
{
    static const str names[] = { S_INIT(""), S_INIT("tenstar.css"),
                                 S_INIT("../secret"), S_INIT("zzz") };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct asset got = { .name = S("untouched") };
        EXPECT_ROW(names[i].p, !asset_find(names[i], &got));
        EXPECT_STR(got.name, S("untouched"));
    }
}

TEST(a_script_is_found_without_its_hash)
{
    static const struct {
        const char *stem;
        bool found;
    } rows[] = {
        { "onsite_worker", true },
        { "onsite", true },
        { "onsit", false },
        { "tenstar", false }, /* a style sheet */
        { "", false },
        { "onsite_worker.js", false },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct asset got = { .name = S("untouched") };

        EXPECT_ROW(rows[i].stem,
                   asset_script(str_of(rows[i].stem), &got) == rows[i].found);
        EXPECT_ROW(rows[i].stem,
                   rows[i].found ? str_begins(got.name, str_of(rows[i].stem))
                                 : str_eq(got.name, S("untouched")));
    }
}

/* [AS2] */
TEST(no_style_sheet_reaches_for_another_server)
{
    for (size_t i = 0; i < asset_files_count; i++) {
        str body = embedded_text(&asset_files[i]);
        EXPECT_ROW(asset_files[i].path, !str_contains(body, S("@import")));
        EXPECT_ROW(asset_files[i].path, !str_contains(body, S("url(http")));
        EXPECT_ROW(asset_files[i].path, !str_contains(body, S("<script")));
    }
}
