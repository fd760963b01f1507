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
    &motion_tables,      &sub_tables,         &key_tables,
    &credential_tables,  &message_tables,     &risk_tables,
    &import_tables,
};

/* Most names differ in their first letters, so no length is measured. */
static bool is_called(const char *name, str wanted)
{
    for (size_t i = 0; i < wanted.n; i++) {
        if (name[i] != wanted.p[i] || name[i] == '\0')
            return false;
    }
    return name[wanted.n] == '\0';
}

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
    for (size_t t = 0; t < COUNT(all); t++) {
        for (size_t i = 0; i < all[t]->command_count; i++) {
            if (is_called(all[t]->commands[i].name, name))
                return &all[t]->commands[i];
        }
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
        if (k->version == version && is_called(k->name, name))
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

/* The newer of `newest` and what stands in `t`; either may be none. */
static const struct event_kind *newest_in(const struct stage_tables *t,
                                          str name,
                                          const struct event_kind *newest)
{
    for (size_t i = 0; i < t->event_count; i++) {
        const struct event_kind *k = &t->events[i];
        if (is_called(k->name, name) &&
            (newest == NULL || k->version > newest->version))
            newest = k;
    }
    return newest;
}

const struct event_kind *event_kind_newest(str name)
{
    const struct event_kind *newest = NULL;

    for (size_t t = 0; t < COUNT(all); t++)
        newest = newest_in(all[t], name, newest);
    return newest;
}
