/*
 * message -- what the enterprise and the body write to each other in a case.
 * [17065 7.12]
 *
 *   [MS1] A message is part of the file: it moves no stage, answers no command
 *         and runs no limit, and what was sent is never changed or taken back.
 *   [MS2] The enterprise's people write, and those of the body who carry the
 *         case on; of the auditors those of its team.  Whoever decides,
 *         countersigns or sits on the panel reads, and writes nothing: they are
 *         not talked to beside the file (domain/rights.h). [17065 7.6.2]
 *   [MS3] What the enterprise wrote waits until somebody of the body writes, or
 *         says that it needs no answer.
 *   [MS4] Without blanks around it a message has 1 to MESSAGE_CHARS characters
 *         (code points).
 */

#include "base/size.h"
#include "domain/stages.h"

enum { MESSAGE_CHARS = 2000 };

/* clang-format off */
static const struct field send_fields[] = {
    F_STR(struct message_send, text, 1, MESSAGE_CHARS),
};
static const struct record send_record = RECORD(message_send, send_fields);

static const struct field message_fields[] = {
    F_INT(struct message, number, 1, MESSAGE_MAX),
    F_ENUM(struct message, side, message_side_names),
    F_STR(struct message, text, 1, MESSAGE_CHARS),
};
static const struct record message_record = RECORD(message, message_fields);

static const struct field settled_fields[] = {
    F_INT(struct message_settled, number, 1, MESSAGE_MAX),
    F_STR_OPT(struct message_settled, note, 4000),
};
static const struct record settled_record =
    RECORD(message_settled, settled_fields);
/* clang-format on */

/* --- message.send --------------------------------------------------------- */

static err ready_send(struct arena *a, const struct state *s)
{
    if (s->messages.sent >= MESSAGE_MAX)
        return err_new(a, ERR_LIMIT, "message.too_many",
                       ARG_INT("most", MESSAGE_MAX));
    return OK;
}

/* Blanks and line ends around it, the wide blank (U+3000) too. [MS4] */
static str without_blanks(str text)
{
    const str wide = S("\xe3\x80\x80"); /* in UTF-8 */
    str left;

    do {
        left = text;
        text = str_trim(text);
        while (str_begins(text, wide))
            text = str_from(text, wide.n);
        while (str_ends(text, wide))
            text = str_first(text, text.n - wide.n);
    } while (text.n != left.n);
    return text;
}

static err judge_send(struct arena *a, const struct state *s,
                      const struct command *c, const struct facts *f,
                      struct event_list *out)
{
    const struct message_send *wish = c->data;
    bool enterprise = id_eq(f->actor.enterprise, s->opened->enterprise);
    struct message made = {
        .number = s->messages.sent + 1,
        .side = enterprise ? MESSAGE_OF_ENTERPRISE : MESSAGE_OF_BODY,
        .text = without_blanks(wish->text),
    };

    if (made.text.n == 0)
        return err_new(a, ERR_INVALID, "message.empty");
    return event_emit(a, out, "message.sent", f, &made);
}

static void apply_sent(struct state *s, const struct event *e)
{
    EVENT_DATA(message, made, e);

    if (s->messages.sent >= MESSAGE_MAX) {
        s->overflow = true; /* state.h [ST-8] */
        return;
    }
    s->messages.sent++;
    if (made->side == MESSAGE_OF_BODY) {
        s->messages.waits = 0;
        return;
    }
    if (s->messages.waits == 0) {
        s->messages.waits = s->messages.sent;
        s->messages.since = e->on;
    }
}

/* --- message.settle [MS3] ------------------------------------------------- */

static err ready_settle(struct arena *a, const struct state *s)
{
    if (s->messages.waits == 0)
        REFUSE(a, "message.none");
    return OK;
}

static err judge_settle(struct arena *a, const struct state *s,
                        const struct command *c, const struct facts *f,
                        struct event_list *out)
{
    const struct note *wish = c->data;
    struct message_settled made = { s->messages.sent, wish->note };

    return event_emit(a, out, "message.settled", f, &made);
}

static void apply_settled(struct state *s, const struct event *)
{
    s->messages.waits = 0;
}

/* clang-format off */
static const struct command_kind commands[] = {
    { "message.send", &send_record, ready_send, judge_send, NULL },
    { "message.settle", &note_record, ready_settle, judge_settle, NULL },
};

static const struct event_kind events[] = {
    { "message.sent", 1, STREAM_CASE, &message_record, apply_sent },
    { "message.settled", 1, STREAM_CASE, &settled_record, apply_settled },
};
/* clang-format on */

const struct stage_tables message_tables = {
    commands,
    COUNT(commands),
    events,
    COUNT(events),
};
