#include "web/command_form.h"

#include "base/arena.h"
#include "sys/entropy.h"
#include "web/saying.h"

err command_form_new(struct request *rq, int64_t version,
                     struct command_form *out)
{
    struct command_form made = { .version = version };

    TRY(entropy_id(app_world_of(web_app(rq))->entropy, &made.id));
    *out = made;
    return OK;
}

err command_form_read_id(struct request *rq, str field, id *out)
{
    id given;

    if (!id_parse(answer_field(rq, field), &given) || id_is_zero(given))
        return err_new(rq->arena, ERR_DENIED, "visit.token");
    *out = given;
    return OK;
}

err command_form_read(struct request *rq, struct command_form *out)
{
    struct command_form sent;

    if (!number_in_digits(answer_field(rq, S("version")), 0, INT32_MAX,
                          &sent.version))
        return err_new(rq->arena, ERR_DENIED, "visit.token");
    TRY(command_form_read_id(rq, S("command-id"), &sent.id));
    *out = sent;
    return OK;
}

err command_form_text(struct request *rq, id command, str *out)
{
    char text[ID_TEXT];

    TRY_MEMORY(arena_str(rq->arena, id_text(command, text), out));
    return OK;
}

err command_form_new_text(struct request *rq, str *out)
{
    struct command_form made;

    TRY(command_form_new(rq, -1, &made));
    return command_form_text(rq, made.id, out);
}
