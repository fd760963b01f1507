#include "http/negotiate.h"

#include "base/size.h"
#include "base/test.h"

TEST(the_form_that_suits_best_is_chosen)
{
    static const str offers[] = { S_INIT("text/html"),
                                  S_INIT("application/json") };
    enum { HTML, JSON, NONE };
    static const struct {
        const char *why;
        const char *accept;
        size_t want;
    } rows[] = {
        { "nothing asked", "", HTML },
        { "a browser", "text/html,application/xhtml+xml,*/*;q=0.8", HTML },
        { "a program", "application/json", JSON },
        { "either case", "APPLICATION/Json", JSON },
        { "anything", "*/*", HTML },
        { "any application", "application/*", JSON },
        { "the higher quality", "text/html;q=0.5, application/json;q=0.6",
          JSON },
        { "equals: our order [NE1]", "application/json, text/html", HTML },
        { "three decimals", "text/html;q=0.998,application/json;q=0.999",
          JSON },
        { "narrow before wide [NE2]", "*/*;q=0.9, text/html;q=0.1", JSON },
        { "wide after narrow", "text/html;q=0.1, */*;q=0.9", JSON },
        { "a refusal beside anything", "text/html;q=0, */*", JSON },
        { "type before anything", "text/*;q=0.2, */*;q=0.1", HTML },
        { "the best of two alike",
          "text/html;q=0.1, text/html;q=0.9, "
          "application/json;q=0.5",
          HTML },
        { "neither", "image/png", NONE },
        { "refused", "*/*;q=0", NONE },
        { "refused with decimals", "text/html;q=0.000", NONE },
        { "parameters are passed over",
          "text/html;level=\"1,2;q=0\";q=0.1, application/json;q=0.2", JSON },
        { "blanks everywhere", " text/html ; q = 0.1 , application/json ",
          JSON },
        { "in capitals", "text/html;Q=0.1, application/json;q=0.2", JSON },
        { "a broken quality is absent [NE3]",
          "application/json;q=2, text/html;q=0.1", HTML },
        { "all broken: as if nothing was asked", "text/html;q=x", HTML },
        { "empty elements", ",,application/json,", JSON },
        { "no type is neither", "text", NONE },
        { "half a star is neither", "*/html", NONE },
        { "too many decimals", "application/json;q=0.1234, text/html;q=0.1",
          HTML },
        { "more than one", "application/json;q=1.001, text/html;q=0.1", HTML },
        { "exactly one", "application/json;q=1.000, text/html;q=0.999", JSON },
        { "a bare point", "application/json;q=1., text/html;q=0.", JSON },
        { "a sign", "application/json;q=+1, text/html", HTML },
        { "no value", "application/json;q, text/html;q=0.1", HTML },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        size_t got = NONE;
        bool some =
            negotiate_type(str_of(rows[i].accept), offers, COUNT(offers), &got);
        EXPECT_ROW(rows[i].why, got == rows[i].want);
        EXPECT_ROW(rows[i].why, some == (rows[i].want != NONE));
    }
}

TEST(gzip_is_sent_to_who_takes_it)
{
    static const struct {
        const char *accept;
        bool want;
    } rows[] = {
        { "", false },
        { "gzip", true },
        { "GZip", true },
        { "gzip, deflate, br", true },
        { "br;q=1.0, gzip;q=0.001", true },
        { "gzip;q=0", false },
        { "gzip;q=0, *", false },
        { "*", true },
        { "*;q=0", false },
        { "identity", false },
        { "gzip;q=2", false },
        { "xgzip", false },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW(rows[i].accept,
                   negotiate_gzip(str_of(rows[i].accept)) == rows[i].want);
}
