#include "service/demo.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/embed.h"
#include "base/size.h"
#include "codec/idcode.h"
#include "demo_data.h"
#include "scheme_data.h"
#include "service/body_contact.h"
#include "service/demo_parts.h"
#include "service/keys.h"
#include "service/sequence.h"

#include <stdio.h>

enum {
    FOUNDED_BEFORE = 800,
    BATCH_ARENA = 64 << 20,
    BATCH = 200,
    EVENING_STEPS = 3600
};

str demo_text(const struct yaml *part, const char *key)
{
    const struct yaml *y = yaml_get(part, str_of(key));

    check(y != NULL && y->kind == YAML_SCALAR);
    return y->text;
}

const struct yaml *demo_part(const struct demo *d, const char *key)
{
    const struct yaml *y = yaml_get(d->root, str_of(key));

    check(y != NULL);
    return y;
}

static const struct yaml *element(const struct yaml *list, size_t i)
{
    const struct yaml *y = list->first;

    for (i %= list->count; i > 0; i--)
        y = y->next;
    return y;
}

void demo_go_to(struct demo *d, day today)
{
    const int64_t nine = INT64_C(9) * 3600 * 1000000;
    int64_t to = day_start_micros(today) + nine;
    int64_t now = d->clock.clock.now(&d->clock.clock);

    d->today = today;
    if (to > now)
        clock_set_forward(&d->clock, to - now);
}

/* A minute until six o'clock, then an ever smaller part of what is left of the
 * day: some ten thousand steps, one after the other. [DM5] */
void demo_next_minute(struct demo *d)
{
    const int64_t minute = INT64_C(60) * 1000000;
    const int64_t evening = 360 * minute; /* until midnight */
    int64_t left =
        day_start_micros(d->today + 1) - d->clock.clock.now(&d->clock.clock);

    clock_set_forward(&d->clock,
                      left > evening ? minute : left / EVENING_STEPS);
}

struct registrar demo_registrar(const struct demo *d)
{
    return (struct registrar){ .today = d->today, .channel = S("demo") };
}

/* --- the body -------------------------------------------------------- */

static err list_strs(struct arena *a, const struct yaml *list, const str **out,
                     size_t *n)
{
    str *texts = arena_array(a, list->count, sizeof *texts);

    TRY_MEMORY(texts);
    *n = 0;
    for (const struct yaml *y = list->first; y != NULL; y = y->next)
        texts[(*n)++] = y->text;
    *out = texts;
    return OK;
}

/* What the body signs with, but for the log. */
static err make_keys(struct demo *d, struct app *app)
{
    static const struct {
        enum key_purpose purpose;
        enum key_kind kind;
    } keys[] = {
        { KEY_CREDENTIAL, KEY_ED25519 },
        { KEY_QR, KEY_ED25519 },
        { KEY_PDF, KEY_P256 },
    };
    const struct session admin = {
        .actor = { .roles = ROLE_BIT(ROLE_ADMIN) },
        .channel = S("demo"),
    };
    const struct keys_order order = { &admin, d->today };
    int64_t serial;

    for (size_t i = 0; i < COUNT(keys); i++) {
        demo_next_minute(d);
        TRY(keys_make(app, d->a, &order, keys[i].purpose, keys[i].kind,
                      &serial));
    }
    return OK;
}

/* Drawn apart, so that how many keys there are changes nothing else. */
static err demo_keys(struct demo *d, str dir)
{
    scoped(entropy_seeded_end) struct entropy_seeded entropy;
    scoped(app_close) struct app *app = NULL;
    struct app_world world = d->world;

    entropy_seeded_init(&entropy, ~d->wish->seed);
    world.entropy = &entropy.entropy;
    TRY(app_open(d->a, &world, dir, APP_WRITE, &app));
    return make_keys(d, app);
}

static err found_body(struct demo *d, str dir)
{
    const struct yaml *y = demo_part(d, "body");
    struct body body = {
        .name_zh = demo_text(y, "name_zh"),
        .name_en = demo_text(y, "name_en"),
        .approval = demo_text(y, "approval"),
        .number = demo_text(y, "number"),
        .demonstration = true,
    };
    struct app_founding with = {
        .body = &body,
        .public_url = demo_text(y, "public_url"),
        .log_origin = demo_text(y, "log_origin"),
    };

    TRY(list_strs(d->a, yaml_get(y, S("fields")), &body.fields,
                  &body.field_count));
    TRY(entropy_id(d->world.entropy, &with.body_id));
    TRY(app_found(d->a, &d->world, dir, &with));
    TRY(demo_keys(d, dir));
    return app_open(d->a, &d->world, dir, APP_WRITE, &d->app);
}

static err demo_contact(struct demo *d)
{
    const struct yaml *y = yaml_get(demo_part(d, "body"), S("contact"));
    const struct session admin = {
        .actor = { .roles = ROLE_BIT(ROLE_ADMIN) },
        .channel = S("demo"),
    };
    const struct body_contact c = {
        .address = demo_text(y, "address"),
        .phone = demo_text(y, "phone"),
        .mail = demo_text(y, "mail"),
        .complaint_phone = demo_text(y, "complaint_phone"),
        .complaint_mail = demo_text(y, "complaint_mail"),
    };

    return body_contact_set(d->app, d->a, &admin, &c);
}

/* --- the schemes ----------------------------------------------------- */

static err freeze_schemes(struct demo *d)
{
    struct registrar by = demo_registrar(d);

    for (size_t i = 0; i < scheme_data_count; i++) {
        struct package_file file = { S("scheme.yaml"),
                                     embedded_text(&scheme_data[i]) };
        struct package package = { &file, 1 };
        struct hash hash;
        id stream;

        demo_next_minute(d);
        TRY(entropy_id(d->world.entropy, &stream));
        TRY(registry_scheme(d->app, d->a, &by, &package, stream, &hash));
    }
    return OK;
}

/* --- enterprises ----------------------------------------------------- */

/*
 * A social credit code with the right check characters and a division code
 * that is not allocated: 91, 99 and four digits, then an organisation code.
 */
static void invent_uscc(size_t i, char out[static 19])
{
    (void)snprintf(out, 19, "9199%04zu", i / 1000 % 10000);
    (void)snprintf(out + 8, 11, "DEM%05zu", i * 7919 % 100000);
    out[16] = idcode_organisation_check((str){ out + 8, 8 });
    out[17] = idcode_uscc_check((str){ out, 17 });
    out[18] = '\0';
}

static bool has_right_code(const char *uscc)
{
    return uscc[16] != 'X' && uscc[17] != '\0';
}

static err invent_name(struct demo *d, size_t i, const struct yaml *trade,
                       str *out)
{
    const struct yaml *y = demo_part(d, "enterprises");
    struct buf b;

    buf_init(&b, d->a, 200);
    buf_str(&b, demo_text(y, "mark"));
    buf_str(&b, element(yaml_get(y, S("places")), i)->text);
    buf_str(&b, element(yaml_get(y, S("words")), i * 5 + i / 12)->text);
    buf_str(&b, demo_text(trade, "name"));
    buf_str(&b, demo_text(y, "form"));
    return buf_done(&b, out);
}

static err invent(struct demo *d, size_t i, size_t code,
                  struct enterprise_row *out)
{
    const struct yaml *y = demo_part(d, "enterprises");
    const struct yaml *trade = element(yaml_get(y, S("trades")), i);
    char uscc[19];

    invent_uscc(code, uscc);
    *out = (struct enterprise_row){
        .registered = d->wish->today - 1500 - (day)(i * 37 % 3000),
        .province = demo_text(y, "province"),
        .city = element(yaml_get(y, S("places")), i)->text,
        .scope = demo_text(trade, "scope"),
    };
    TRY_MEMORY(arena_str(d->a, str_of(uscc), &out->uscc));
    return invent_name(d, i, trade, &out->name);
}

static err list_enterprises(struct demo *d)
{
    size_t given = d->wish->enterprise_count;
    size_t n = given > 0 ? given : (size_t)d->wish->size + 1;
    size_t code = 0;

    d->enterprises = arena_array(d->a, n, sizeof *d->enterprises);
    TRY_MEMORY(d->enterprises);
    d->enterprise_count = n;
    for (size_t i = 0; i < n; i++, code++) {
        char uscc[19];

        for (invent_uscc(code, uscc); !has_right_code(uscc);)
            invent_uscc(++code, uscc);
        if (given > 0)
            d->enterprises[i] = d->wish->enterprises[i];
        else
            TRY(invent(d, i, code, &d->enterprises[i]));
        TRY(entropy_id(d->world.entropy, &d->enterprises[i].id));
    }
    return OK;
}

static err register_enterprises(struct demo *d)
{
    struct registrar by = demo_registrar(d);

    TRY(list_enterprises(d));
    for (size_t i = 0; i < d->enterprise_count; i += BATCH) {
        scoped(arena_end) struct arena a;
        size_t left = d->enterprise_count - i;

        arena_init(&a, d->world.heap, BATCH_ARENA);
        demo_next_minute(d);
        TRY(err_keep(d->a,
                     registry_enterprises(d->app, &a, &by, d->enterprises + i,
                                          left < BATCH ? left : BATCH)));
    }
    d->made.enterprises = (int64_t)d->enterprise_count;
    return OK;
}

/* --- the whole ------------------------------------------------------- */

static err make_all(struct demo *d, str dir)
{
    str text = embedded_text(&demo_data[0]);
    struct yaml *root;

    TRY(yaml_parse(d->a, S("demo.yaml"), text, &root));
    d->root = root;
    TRY(found_body(d, dir));
    TRY(demo_contact(d));
    TRY(freeze_schemes(d));
    TRY(register_enterprises(d));
    TRY(demo_people(d));
    TRY(demo_cases(d));
    return sequence_log(d->app, d->a, &d->made.entries);
}

static void demo_end(struct demo *d)
{
    app_close(&d->app);
    entropy_seeded_end(&d->entropy);
}

err demo_make(struct arena *a, const struct app_world *world, str dir,
              const struct demo_wish *wish, struct demo_made *out)
{
    scoped(demo_end) struct demo d = { .a = a, .wish = wish };
    day founded = wish->today - FOUNDED_BEFORE;

    if (wish->size == 0)
        founded = wish->today;
    clock_set_init(&d.clock, day_start_micros(founded));
    entropy_seeded_init(&d.entropy, wish->seed);
    d.world =
        (struct app_world){ world->heap, &d.clock.clock, &d.entropy.entropy,
                            world->files, world->passphrase };
    demo_go_to(&d, founded);
    TRY(make_all(&d, dir));
    *out = d.made;
    return OK;
}
