#include "filing/test_filing.h"

#include "base/check.h"

#include <stdio.h>

/* --- people -------------------------------------------------------------- */

err office_person(void *context, id person, struct filing_person *out)
{
    static const str fields[] = { S_INIT("SC03") };
    struct office *o = context;
    const struct fixture *f = o->f;

    for (size_t i = 0; i < f->people_count; i++) {
        const struct person *p = &f->people[i];

        if (!id_eq(p->id, person))
            continue;
        *out = (struct filing_person){
            .login = p->login,
            .name = p->login,
            .given = { o->told[OF_PERSON].p, o->told[OF_PERSON].n },
        };
        if (o->registered)
            out->qualification = (struct qualification){
                .registration = S("ccaa 00012"),
                .level = AUDITOR_SENIOR,
                .fields = fields,
                .field_count = COUNT(fields),
                .full_time = true,
            };
        return OK;
    }
    return err_new(&o->f->arena, ERR_NOT_FOUND, "store.missing",
                   ARG_STR("statement", S("person_get")));
}

struct office office_of(struct fixture *f)
{
    struct office o = { .f = f };

    check(EXPECT_OK(dictionary_official(&f->arena, &o.dictionary)));
    return o;
}

void certify(struct fixture *f)
{
    go_to(f, STAGE_UPKEEP);
}

void *changed_event(struct fixture *f, const char *name, size_t size)
{
    for (size_t i = 0; i < f->n; i++) {
        struct event *e = arena_zero(&f->arena, sizeof *e);
        void *data = arena_zero(&f->arena, size);

        if (strcmp(f->events[i]->kind->name, name) != 0)
            continue;
        check(e != NULL && data != NULL);
        memcpy(data, f->events[i]->data, size);
        *e = *f->events[i];
        e->data = data;
        f->events[i] = e;
        return data;
    }
    check(false);
    return NULL;
}

void tell(struct office *o, enum filing_subject of, const char *code,
          const char *value)
{
    struct told *t = &o->told[of];

    for (size_t i = 0; i < t->n; i++) {
        if (str_eq(t->p[i].code, str_of(code))) {
            t->p[i].value = str_of(value);
            return;
        }
    }
    check(t->n < TOLD_MAX);
    t->p[t->n++] = (struct particular){ str_of(code), str_of(value) };
}

void tell_all(struct office *o)
{
    static const struct {
        enum filing_subject of;
        const char *code;
        const char *value;
    } rows[] = {
        { OF_BODY, "BRANCH_CODE", "01" },
        { OF_BODY, "DAY_BEGINS", "09" },
        { OF_BODY, "DAY_ENDS", "17" },
        { OF_SCHEME, "AUTH_PROJ_CODE", "C0203" },
        { OF_ENTERPRISE, "WORK_DISTRICT", "990100" },
        { OF_ENTERPRISE, "ORG_DISTRICT", "990101" },
        { OF_ENTERPRISE, "ORG_CONTACT_PERSON", "示例·经理" },
        { OF_ENTERPRISE, "ORG_CONTACT_WAY", "13800138000；010-12345678" },
        { OF_ENTERPRISE, "BEL_INDUSTRY", "5264；8132" },
        { OF_ENTERPRISE, "ORG_ADDRESS", "示例市示例路 1 号" },
        { OF_ENTERPRISE, "ORG_ZIP", "990000" },
        { OF_ENTERPRISE, "ORG_PHONE", "400-123-4567" },
        { OF_ENTERPRISE, "LEGAL_PEOPLE", "示例·法人" },
        { OF_ENTERPRISE, "ORG_PROP_CODE", "040105" },
        { OF_ENTERPRISE, "ORG_REG_ASSETS", "500.5" },
        { OF_ENTERPRISE, "REG_ASSETS_CURR", "01" },
        { OF_PERSON, "IDENTITY_CODE", "01" },
        { OF_PERSON, "ID_CODE", "11010519491231002X" },
        { OF_PERSON, "QUA_CODE", "06" },
        { OF_PERSON, "APT_CERTI_NUM", "2026-SC-0001" },
        { OF_PERSON, "IS_PROF_M", "1" },
        { OF_PERSON, "IS_SPECIAL", "1" },
        { OF_PERSON, "PHONE", "13900139000" },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        tell(o, rows[i].of, rows[i].code, rows[i].value);
}

/* --- the report ------------------------------------------------------------
 */

/* The events of the fixture's case as a list of their own. */
static void take_events(struct office *o)
{
    struct fixture *f = o->f;

    o->events = (struct event_list){ 0 };
    for (size_t i = 0; i < f->n; i++) {
        struct event *e = arena_zero(&f->arena, sizeof *e);

        check(e != NULL);
        *e = *f->events[i];
        e->next = NULL;
        event_list_add(&o->events, e);
    }
}

static struct particulars told_of(const struct office *o,
                                  enum filing_subject of)
{
    return (struct particulars){ o->told[of].p, o->told[of].n };
}

void report_month_on(struct office *o, const char *month, const char *today)
{
    struct fixture *f = o->f;
    struct month m = { 0 };

    check(month_parse(str_of(month), &m));
    take_events(o);

    struct filing_source s = {
        .dictionary = o->dictionary,
        .body = &f->body,
        .of_body = told_of(o, OF_BODY),
        .from = month_first(m),
        .to = month_last(m),
        .today = on(today),
        .person = office_person,
        .context = o,
    };
    o->of = (struct filing_case){
        .work = &f->arena,
        .number = f->facts.case_number,
        .scheme = f->scheme,
        .events = &o->events,
        .enterprise = &f->enterprise,
        .of_scheme = told_of(o, OF_SCHEME),
        .of_enterprise = told_of(o, OF_ENTERPRISE),
        .of_case = told_of(o, OF_CASE),
    };
    o->report = (struct filing){ 0 };
    EXPECT_OK(filing_add_case(&f->arena, &s, &o->of, &o->report));
    EXPECT_OK(filing_check(&f->arena, o->dictionary, on(today), &o->report));
}

void report_month(struct office *o, const char *month)
{
    struct month m = { 0 };
    char last[DAY_TEXT];

    check(month_parse(str_of(month), &m));
    report_month_on(o, month, day_text(month_last(m), last).p);
}

int32_t row_count(const struct office *o, enum filing_sheet sheet)
{
    return o->report.sheets[sheet].n;
}

const struct filing_row *row_at(const struct office *o, enum filing_sheet sheet,
                                int32_t i)
{
    const struct filing_row *row = o->report.sheets[sheet].first;

    for (; row != NULL && i > 0; i--)
        row = row->next;
    EXPECT(row != NULL);
    return row;
}

str cell(const struct office *o, enum filing_sheet sheet, int32_t i,
         const char *code)
{
    const struct filing_row *row = row_at(o, sheet, i);
    int32_t column =
        dictionary_column(&o->dictionary->sheets[sheet], str_of(code));

    EXPECT_ROW(code, column >= 0);
    return row == NULL || column < 0 ? S("") : row->cells[column];
}

const struct filing_problem *problem_of(const struct office *o,
                                        enum filing_sheet sheet, int32_t i,
                                        const char *code)
{
    const struct filing_row *row = row_at(o, sheet, i);

    if (row == NULL)
        return NULL;
    for (const struct filing_problem *p = row->problems; p != NULL;
         p = p->next) {
        if (str_eq(p->field->code, str_of(code)))
            return p;
    }
    return NULL;
}

void expect_sound(const struct office *o)
{
    for (int s = 0; s < SHEET_COUNT; s++) {
        const struct filing_row *row = o->report.sheets[s].first;

        EXPECT(o->report.sheets[s].sound == o->report.sheets[s].n);
        for (; row != NULL; row = row->next) {
            for (const struct filing_problem *p = row->problems; p != NULL;
                 p = p->next)
                EXPECT_ROW_STR(p->field->code.p, str_of(p->what.info->id),
                               S("sound"));
        }
    }
}
