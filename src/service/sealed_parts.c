#include "service/sealed_parts.h"

#include "base/arena.h"
#include "base/buf.h"
#include "service/app.h"

enum { NAMES_MAX = 400 };

/* [SP1] */
static err state_then(struct arena *a, const struct case_file *file,
                      const struct event *record, struct state **out)
{
    struct state *s;

    TRY(state_new(a, file->state->scheme, &s));
    for (const struct event *e = file->events.first; e != record; e = e->next)
        apply(s, e);
    *out = s;
    return OK;
}

/* Parts have their seals in order. */
static bool has_seal(const struct record_committed *c, int part,
                     const struct hash *seal)
{
    const struct part_seal *seals = c->parts.p;

    return c->parts.n == DOSSIER_PARTS &&
           str_eq(seals[part].part, str_of(dossier_part_names[part])) &&
           hash_eq(&seals[part].seal, seal);
}

err sealed_parts_make(struct app *app, struct arena *a,
                      const struct case_file *file, const struct event *record,
                      struct sealed_parts *out)
{
    struct sealed_parts made = { 0 };
    struct state *then;
    struct hash key;

    TRY(state_then(a, file, record, &then));
    leaf_salt(app_salt_key(app), &record->prev, S(RECORD_SALT), key.b);
    if (then->decision == NULL) { /* who moved the event moved its seals */
        out->differ = SEALED_ALL;
        return OK;
    }
    TRY(dossier_parts(a, then, &key, made.parts));
    for (int i = 0; i < DOSSIER_PARTS; i++) {
        struct hash seal;

        dossier_salt(&key, (enum dossier_part)i, &made.salts[i]);
        dossier_seal(&made.salts[i], made.parts[i], &seal);
        if (!has_seal(record->data, i, &seal))
            made.differ |= 1U << i;
    }
    *out = made;
    return OK;
}

/* "application, score" */
static err name_parts(struct arena *a, unsigned parts, str *out)
{
    struct buf b;

    buf_init(&b, a, NAMES_MAX);
    for (int i = 0; i < DOSSIER_PARTS; i++) {
        if ((parts & 1U << i) == 0)
            continue;
        if (b.n > 0)
            buf_str(&b, S(", "));
        buf_str(&b, str_of(dossier_part_names[i]));
    }
    return buf_done(&b, out);
}

static err check_record(struct app *app, struct arena *a,
                        const struct case_file *file,
                        const struct event *record)
{
    struct sealed_parts p = { 0 };
    str names;

    TRY(sealed_parts_make(app, a, file, record, &p));
    if (p.differ == 0)
        return OK;
    if (p.differ == SEALED_ALL)
        return err_new(a, ERR_CORRUPT, "check.sealed_all",
                       ARG_STR("case", file->number));
    TRY(name_parts(a, p.differ, &names));
    return err_new(a, ERR_CORRUPT, "check.sealed",
                   ARG_STR("case", file->number), ARG_STR("parts", names));
}

err sealed_parts_check(struct app *app, struct arena *a,
                       const struct case_file *file)
{
    for (const struct event *e = file->events.first; e != NULL; e = e->next) {
        if (strcmp(e->kind->name, "record.committed") == 0)
            TRY(check_record(app, a, file, e));
    }
    return OK;
}
