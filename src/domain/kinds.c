/*
 * kinds -- every command and every event there is, from the stages' tables.
 */

#include "base/size.h"
#include "domain/stages.h"

static const struct stage_tables *const all[] = {
    &preparation_tables, &application_tables, &completeness_tables,
    &contract_tables,    &review_tables,      &plan_tables,
    &sites_tables,       &audit_tables,       &sample_tables,
    &report_tables,      &correction_tables,  &decision_tables,
    &certificate_tables, &upkeep_tables,      &life_tables,
    &follow_tables,      &appeal_tables,      &complaint_tables,
    &register_tables,    &library_tables,     &reporting_tables,
    &quote_tables,       &invoice_tables,     &offers_tables,
    &papers_tables,      &calls_tables,       &mark_tables,
    &change_tables,      &condition_tables,   &panel_tables,
    &sub_tables,
};

size_t command_kind_count(void)
{
    size_t n = 0;

    for (size_t i = 0; i < COUNT(all); i++)
        n += all[i]->command_count;
    return n;
}

const struct command_kind *command_kind_at(size_t i)
{
    for (size_t t = 0; t < COUNT(all); t++) {
        if (i < all[t]->command_count)
            return &all[t]->commands[i];
        i -= all[t]->command_count;
    }
    return NULL;
}

const struct command_kind *command_kind_find(str name)
{
    const struct command_kind *k;

    for (size_t i = 0; (k = command_kind_at(i)) != NULL; i++) {
        if (str_eq(str_of(k->name), name))
            return k;
    }
    return NULL;
}

size_t event_kind_count(void)
{
    size_t n = 0;

    for (size_t i = 0; i < COUNT(all); i++)
        n += all[i]->event_count;
    return n;
}

const struct event_kind *event_kind_at(size_t i)
{
    for (size_t t = 0; t < COUNT(all); t++) {
        if (i < all[t]->event_count)
            return &all[t]->events[i];
        i -= all[t]->event_count;
    }
    return NULL;
}

static const struct event_kind *find_in(const struct stage_tables *t, str name,
                                        int64_t version)
{
    for (size_t i = 0; i < t->event_count; i++) {
        const struct event_kind *k = &t->events[i];
        if (k->version == version && str_eq(str_of(k->name), name))
            return k;
    }
    return NULL;
}

const struct event_kind *event_kind_find(str name, int64_t version)
{
    for (size_t t = 0; t < COUNT(all); t++) {
        const struct event_kind *k = find_in(all[t], name, version);
        if (k != NULL)
            return k;
    }
    return NULL;
}
