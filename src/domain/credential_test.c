/* What the record of a signed credential holds. [M20] */

#include "domain/event.h"
#include "domain/events.h"
#include "domain/test_fixture.h"

#include <stdio.h>

#define LONGEST "123456789012345678901234567890123456789012345678901234567890"

TEST(a_signed_credential_is_on_record_within_its_bounds)
{
    static const struct {
        const char *name;
        const char *number;
        const char *main;
        const char *serial;
        const char *key;
        const char *refused; /* NULL: it is read */
    } rows[] = {
        { "the least", "1", "1", "1", "1", NULL },
        { "the most", LONGEST, LONGEST, "1000000", "1000000", NULL },
        { "a number too long", LONGEST "1", "1", "1", "1", "record.length" },
        { "none", "", "1", "1", "1", "record.length" },
        { "a main number too long", "1", LONGEST "1", "1", "1",
          "record.length" },
        { "a serial too many", "1", "1", "1000001", "1", "record.range" },
        { "before the first", "1", "1", "0", "1", "record.range" },
        { "a key too many", "1", "1", "1", "1000001", "record.range" },
        { "no key", "1", "1", "1", "0", "record.range" },
    };
    const struct record *r = event_kind_find(S("credential.signed"), 1)->record;
    FIXTURE(f);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct credential_signed made;
        char json[500];

        (void)snprintf(json, sizeof json,
                       "{'number':'%s','main':'%s','serial':%s,"
                       "'digest':'" ONES "','index':0,'key':%s}",
                       rows[i].number, rows[i].main, rows[i].serial,
                       rows[i].key);
        err e = record_read(&f->arena, r, fixture_json(f, json), &made);
        if (rows[i].refused == NULL)
            EXPECT_ROW_OK(rows[i].name, e);
        else
            EXPECT_ROW_ERR(rows[i].name, e, ERR_INVALID, rows[i].refused);
    }
}
