/*
 * tenstar certificate mark NUMBER --use N --data DIR -- the mark's artwork, an
 * SVG on stdout, or with --png a picture in a file, for a use that was
 * approved. [M21]
 */

#include "base/size.h"
#include "cli/installation.h"
#include "codec/json.h"
#include "page/mark.h"
#include "service/body_known.h"
#include "service/mark_use.h"
#include "service/picture.h"

#include <assert.h>

static_assert((int)PAGE_MARK_COLOUR == (int)MARK_COLOUR);
static_assert((int)PAGE_MARK_MONO == (int)MARK_MONO);
static_assert((int)PAGE_MARK_REVERSED == (int)MARK_REVERSED);

enum { ADDRESS_MAX = 400, WIDTH_MM = 60, SVG_MAX = 1 << 20 };

static const struct number_rule uses = { 1, MARK_MAX, 1 };

static err read_colour(struct cli *cli, const struct arguments *args,
                       enum mark_colour *out)
{
    bool mono = arguments_given(args, "mono");
    bool reversed = arguments_given(args, "reversed");

    if (mono && reversed)
        return err_new(cli->arena, ERR_INVALID, "cli.mark_colour");
    *out = mono ? MARK_MONO : reversed ? MARK_REVERSED : MARK_COLOUR;
    return OK;
}

/* Where anybody can look it up; empty: the installation has no address. */
static str look_up_address(struct cli *cli, const struct app *app, str number)
{
    struct buf b;

    if (app_public_url(app).n == 0)
        return S("");
    buf_init(&b, cli->arena, ADDRESS_MAX);
    buf_str(&b, app_public_url(app));
    buf_str(&b, S("/c/"));
    buf_str(&b, number);
    return cli_text(cli, &b);
}

static struct page_mark page_of(struct cli *cli, const struct app *app,
                                const struct body *body, const struct state *s)
{
    const struct mark_rule *rule = &s->scheme->certificate.mark;
    const struct certificate *c = s->certificate;
    int32_t level = scheme_level(s->scheme, c->level);

    return (struct page_mark){
        .number = c->number,
        .width = rule->least_mm > WIDTH_MM ? rule->least_mm : WIDTH_MM,
        .least = rule->least_mm,
        .zh = rule->says[0].zh,
        .en = rule->says[0].en,
        .level =
            level < 0 ? S("") : cli_label(cli, s->scheme->levels[level].label),
        .body = cli_label(cli, (struct label){ body->name_zh, body->name_en }),
        .approval = body->approval,
        .address = look_up_address(cli, app, c->number),
        .demonstration = body->demonstration,
    };
}

/* As wide as the SVG says it is to be printed. [PC1] */
static err write_png(struct cli *cli, const struct page_mark *page, str path)
{
    struct picture_wish wish = { .size = PICTURE_PRINT,
                                 .millimetres = page->width };
    struct buf b;
    str png;

    buf_init(&b, cli->arena, SVG_MAX);
    page_mark_render(&b, cli->lang, page);
    TRY(buf_done(&b, &wish.svg));
    TRY(picture_png(cli->arena, &wish, &png));
    TRY(file_write(cli->files, cli->arena, path, png, FILE_PUBLIC));
    if (cli->json) {
        struct json *j = json_new_object(cli->arena);

        json_set(j, S("path"), json_new_str(cli->arena, path));
        return cli_print_json(cli, j);
    }
    cli_say(cli, "cli.mark_png", ARG_STR("path", path),
            ARG_INT("millimetres", page->width));
    return OK;
}

static err draw(struct cli *cli, struct app *app, const struct state *s,
                const struct mark_use_wish *wish, str path)
{
    struct page_mark page = { .number = S("") };
    const struct body *body;

    TRY(body_today(app, cli->arena, wish->today, &body));
    page = page_of(cli, app, body, s);

    TRY_MEMORY(page_mark_draw(cli->arena, &page, s->certificate->stars,
                              (enum page_mark_colour)wish->colour));
    if (path.n > 0)
        return write_png(cli, &page, path);
    page_mark_render(&cli->out, cli->lang, &page);
    return cli_print_text(cli, "svg");
}

static err run(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct mark_use_wish wish = { .certificate = arguments_operand(args, 0) };
    struct case_file file = { 0 };
    struct session who;
    struct clock_set clock;

    TRY(arguments_number(cli->arena, args, "use", uses, &wish.use));
    TRY(read_colour(cli, args, &wish.colour));
    TRY(cli_open(cli, args, APP_READ, &clock, &app));
    TRY(cli_today(cli, args, &wish.today));
    TRY(cli_session(cli, args, app, &who));
    TRY(mark_use_load(app, cli->arena, &who, &wish, &file));
    return draw(cli, app, file.state, &wish, arguments_value(args, "png"));
}

static const struct operand operands[] = {
    { .name = "NUMBER", .help = "cli.operand.number" },
};

static const struct option options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "use", "N", true, "cli.option.use" },
    { "png", "FILE", false, "cli.option.mark_png" },
    { "mono", NULL, false, "cli.option.mono" },
    { "reversed", NULL, false, "cli.option.reversed" },
    { "as", "USER", false, "cli.option.as" },
    { "today", "DATE", false, "cli.option.today" },
};

const struct subcommand certificate_mark_command = {
    .name = "certificate mark",
    .help = "cli.help.certificate_mark",
    .about = "cli.about.certificate_mark",
    .operands = operands,
    .operand_count = COUNT(operands),
    .options = options,
    .option_count = COUNT(options),
    .run = run,
};
