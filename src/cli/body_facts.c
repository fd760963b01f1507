/*
 * tenstar body show, tenstar body change -- what the body is, day by day.
 * [条例 9] [17065 4.1.1]
 *
 *   [CF1] A change says what is new; the rest stays as it was said last
 *         (domain/body_facts.h).
 */

#include "base/arena.h"
#include "base/size.h"
#include "cli/installation.h"
#include "cli/values.h"
#include "codec/json.h"
#include "service/body_cases.h"
#include "service/body_known.h"
#include "service/registers.h"

enum { OUTSIDE_MOST = 200, FIELDS_TEXT = 2000 };

/* --- facts ---------------------------------------------------------------- */

/* A fact that is one text; its option, its member of the command. */
struct fact {
    const char *option;
    const char *member;
    const char *label;
    size_t at; /* in struct body */
};

static const struct fact facts[] = {
    { "name-zh", "name_zh", "field.name_zh", offsetof(struct body, name_zh) },
    { "name-en", "name_en", "field.name_en", offsetof(struct body, name_en) },
    { "uscc", "uscc", "field.uscc", offsetof(struct body, uscc) },
    { "approval", "approval", "field.approval",
      offsetof(struct body, approval) },
    { "accreditation", "accreditation", "field.accreditation",
      offsetof(struct body, accreditation) },
    { "address", "address", "public.body_seat",
      offsetof(struct body, address) },
    { "phone", "phone", "field.phone", offsetof(struct body, phone) },
};

static str fact_of(const struct body *b, size_t at)
{
    return *(const str *)(const void *)((const char *)b + at);
}

static struct json *fields_json(struct arena *a, const struct body *b)
{
    struct json *list = json_new_array(a);

    for (size_t i = 0; i < b->field_count; i++)
        json_add(list, json_new_str(a, b->fields[i]));
    return list;
}

static str fields_text(struct cli *cli, const struct body *body)
{
    struct buf b;

    buf_init(&b, cli->arena, FIELDS_TEXT);
    for (size_t i = 0; i < body->field_count; i++) {
        if (i > 0)
            buf_char(&b, ' ');
        buf_str(&b, body->fields[i]);
    }
    return cli_text(cli, &b);
}

static struct json *stand_json(struct arena *a, const struct body_stand *s)
{
    struct json *j = json_new_object(a);

    for (size_t i = 0; i < COUNT(facts); i++)
        json_set(j, str_of(facts[i].member),
                 cli_str_json(a, fact_of(&s->body, facts[i].at)));
    json_set(j, S("fields"), fields_json(a, &s->body));
    json_set(j, S("from"), cli_day_json(a, s->from));
    json_set(j, S("said"), cli_day_json(a, day_of_micros(s->at)));
    json_set(j, S("document"), cli_str_json(a, s->document));
    json_set(j, S("reason"), cli_str_json(a, s->reason));
    return j;
}

/* --- cases in a field that is gone [条例 9] ------------------------------- */

static void say_outside(struct cli *cli, const struct list *found)
{
    const struct body_outside *x = found->p;

    for (size_t i = 0; i < found->n; i++) {
        const str *number = x[i].numbers.p;

        for (size_t k = 0; k < x[i].numbers.n; k++)
            cli_say(cli, "cli.body_outside", ARG_STR("field", x[i].field),
                    ARG_STR("case", number[k]));
        if (x[i].more)
            cli_say(cli, "cli.body_outside_more", ARG_STR("field", x[i].field));
    }
}

static struct json *outside_json(struct arena *a, const struct list *found)
{
    const struct body_outside *x = found->p;
    struct json *all = json_new_array(a);

    for (size_t i = 0; i < found->n; i++) {
        struct json *one = json_new_object(a);
        struct json *cases = json_new_array(a);
        const str *number = x[i].numbers.p;

        for (size_t k = 0; k < x[i].numbers.n; k++)
            json_add(cases, json_new_str(a, number[k]));
        json_set(one, S("field"), json_new_str(a, x[i].field));
        json_set(one, S("cases"), cases);
        json_set(one, S("more"), json_new_bool(a, x[i].more));
        json_add(all, one);
    }
    return all;
}

/* --- body show ------------------------------------------------------------ */

static void say_stand(struct cli *cli, const struct body_stand *s)
{
    cli_say(cli, "cli.body_since", ARG_STR("name_zh", s->body.name_zh),
            ARG_STR("name_en", s->body.name_en), ARG_DAY("from", s->from));
    for (size_t i = 2; i < COUNT(facts); i++) {
        str value = fact_of(&s->body, facts[i].at);

        if (value.n > 0)
            cli_say(cli, "cli.body_fact",
                    ARG_IDS("what", str_of(facts[i].label)),
                    ARG_STR("value", value));
    }
    cli_say(cli, "cli.body_fact", ARG_IDS("what", S("field.fields")),
            ARG_STR("value", fields_text(cli, &s->body)));
}

static void say_history(struct cli *cli, const struct body_history *h)
{
    for (size_t i = h->n; i-- > 0;) {
        const struct body_stand *s = &h->stands[i];

        if (i == 0)
            cli_say(cli, "cli.body_founded", ARG_DAY("from", s->from));
        else
            cli_say(cli, "cli.body_said", ARG_DAY("from", s->from),
                    ARG_STR("document", s->document),
                    ARG_STR("reason", s->reason));
    }
}

static err print_show(struct cli *cli, const struct body_history *h,
                      const struct body_stand *s, const struct list *outside)
{
    struct arena *a = cli->arena;
    struct json *j;
    struct json *all;

    if (!cli->json) {
        say_stand(cli, s);
        say_history(cli, h);
        say_outside(cli, outside);
        return OK;
    }
    j = stand_json(a, s);
    all = json_new_array(a);
    for (size_t i = 0; i < h->n; i++)
        json_add(all, stand_json(a, &h->stands[i]));
    json_set(j, S("history"), all);
    json_set(j, S("outside"), outside_json(a, outside));
    return cli_print_json(cli, j);
}

static err run_show(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    const struct body_history *h = NULL;
    const struct body_stand *s;
    struct clock_set clock;
    struct list outside;
    day on;

    TRY(cli_today(cli, args, &on));
    if (arguments_given(args, "on"))
        TRY(cli_day(cli, arguments_value(args, "on"), &on));
    TRY(cli_open(cli, args, APP_READ, &clock, &app));
    TRY(body_history(app, cli->arena, &h));
    TRY(body_cases_outside(app, cli->arena, on, OUTSIDE_MOST, &outside));
    s = body_history_on(h, on, BODY_KNOWN_ALL);
    return s == NULL ? OK : print_show(cli, h, s, &outside);
}

/* --- body change ---------------------------------------------------------- */

/* "SC03,QMS"; an empty word: none. */
static struct json *fields_given(struct arena *a, str word)
{
    struct json *list = json_new_array(a);

    while (word.n > 0) {
        str one = str_trim(str_cut(&word, ','));

        if (one.n > 0)
            json_add(list, json_new_str(a, one));
    }
    return list;
}

/* [CF1] */
static struct json *wish_of(struct cli *cli, const struct arguments *args,
                            const struct body *now)
{
    struct arena *a = cli->arena;
    struct json *j = json_new_object(a);

    for (size_t i = 0; i < COUNT(facts); i++) {
        str value = arguments_given(args, facts[i].option)
                        ? arguments_value(args, facts[i].option)
                        : fact_of(now, facts[i].at);

        json_set(j, str_of(facts[i].member), json_new_str(a, value));
    }
    json_set(j, S("fields"),
             arguments_given(args, "fields")
                 ? fields_given(a, arguments_value(args, "fields"))
                 : fields_json(a, now));
    json_set(j, S("from"), json_new_str(a, arguments_value(args, "from")));
    json_set(j, S("document"),
             json_new_str(a, arguments_value(args, "document")));
    json_set(j, S("reason"), json_new_str(a, arguments_value(args, "reason")));
    return j;
}

static err say_changed(struct cli *cli, const struct body_stand *s,
                       const struct list *outside)
{
    if (cli->json) {
        struct json *j = stand_json(cli->arena, s);

        json_set(j, S("outside"), outside_json(cli->arena, outside));
        return cli_print_json(cli, j);
    }
    cli_say(cli, "cli.body_changed", ARG_DAY("from", s->from));
    say_outside(cli, outside);
    return OK;
}

static err run_change(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct case_order order = { .ref = S("body"),
                                .command = S("body.change"),
                                .expected = -1 };
    const struct body_history *h = NULL;
    struct case_answer unused;
    struct clock_set clock;
    struct session who;
    struct list outside;

    TRY(cli_today(cli, args, &order.today));
    TRY(cli_open(cli, args, APP_WRITE, &clock, &app));
    TRY(cli_session(cli, args, app, &who));
    TRY(body_history(app, cli->arena, &h));
    order.who = &who;
    order.data = wish_of(cli, args, &h->stands[h->n - 1].body);
    TRY(registers_do(app, cli->arena, &order, &unused));
    TRY(body_history(app, cli->arena, &h));
    TRY(body_cases_outside(app, cli->arena, order.today, OUTSIDE_MOST,
                           &outside));
    return say_changed(cli, &h->stands[h->n - 1], &outside);
}

/* --- tables --------------------------------------------------------------- */

static const struct option show_options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "on", "DATE", false, "cli.option.body_on" },
    { "today", "DATE", false, "cli.option.today" },
};

const struct subcommand body_show_command = {
    .name = "body show",
    .help = "cli.help.body_show",
    .about = "cli.about.body_show",
    .options = show_options,
    .option_count = COUNT(show_options),
    .run = run_show,
};

static const struct option change_options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "as", "USER", true, "cli.option.as" },
    { "from", "DATE", true, "cli.option.body_from" },
    { "document", "TEXT", true, "cli.option.body_document" },
    { "reason", "TEXT", false, "cli.option.body_reason" },
    { "name-zh", "TEXT", false, "cli.option.body_name_zh" },
    { "name-en", "TEXT", false, "cli.option.body_name_en" },
    { "uscc", "CODE", false, "cli.option.body_uscc" },
    { "approval", "NUMBER", false, "cli.option.body_approval" },
    { "fields", "CODES", false, "cli.option.body_fields" },
    { "accreditation", "NUMBER", false, "cli.option.body_accreditation" },
    { "address", "TEXT", false, "cli.option.body_seat" },
    { "phone", "NUMBER", false, "cli.option.body_seat_phone" },
    { "today", "DATE", false, "cli.option.today" },
};

const struct subcommand body_change_command = {
    .name = "body change",
    .help = "cli.help.body_change",
    .about = "cli.about.body_change",
    .options = change_options,
    .option_count = COUNT(change_options),
    .run = run_change,
};
