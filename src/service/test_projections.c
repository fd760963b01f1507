#include "service/test_projections.h"

#include "base/buf.h"

const char *const projections[PROJECTIONS] = {
    "case_view",      "certificate", "sub_certificate", "former_holder",
    "booking",        "task",        "person",          "relation",
    "enterprise",     "complaint",   "case_tally",      "tally",
    "invoice",        "invoice_sum", "imported_chunk",  "imported_code",
    "imported_coded",
};

static const char *const orders[PROJECTIONS] = {
    "number",
    "number",
    "number",
    "number, n",
    "case_id, person",
    "case_id, kind, number, person",
    "login",
    "person, enterprise",
    "uscc",
    "case_id, kind, number",
    "case_id, kind, item, quarter, value",
    "kind, quarter, scheme, item, value",
    "case_id, place",
    "state, due",
    "file, part",
    "uscc, n",
    "one",
};

static str text_of(struct office *o, size_t table)
{
    struct buf b;
    str sql = S("");

    buf_init(&b, &o->arena, 400);
    buf_printf(&b, "SELECT * FROM %s ORDER BY %s", projections[table],
               orders[table]);
    buf_char(&b, '\0');
    EXPECT_OK(buf_done(&b, &sql));
    return office_ask(o, sql.p);
}

struct projected projected_now(struct office *o)
{
    struct projected p;

    for (size_t i = 0; i < PROJECTIONS; i++)
        p.tables[i] = text_of(o, i);
    return p;
}

void expect_projected(const char *why, struct office *o,
                      const struct projected *want)
{
    const struct projected got = projected_now(o);

    for (size_t i = 0; i < PROJECTIONS; i++)
        EXPECT_ROW_STR(why, got.tables[i], want->tables[i]);
}

void projected_clear(struct office *o)
{
    (void)office_ask(o,
                     "DELETE FROM task; DELETE FROM booking;"
                     "DELETE FROM complaint;"
                     "DELETE FROM case_tally; DELETE FROM tally;"
                     "DELETE FROM invoice; DELETE FROM invoice_sum;"
                     "DELETE FROM imported_chunk; DELETE FROM imported_code;"
                     "DELETE FROM imported_coded;"
                     "DELETE FROM sub_certificate; DELETE FROM former_holder;"
                     "DELETE FROM certificate;"
                     "DELETE FROM case_view; DELETE FROM relation");
}
