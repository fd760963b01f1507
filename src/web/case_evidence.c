/*
 * case_evidence -- a document with its file is handed in, from the tab of a
 * case's documents. [M8] [M9]
 *
 *   [CE1] What browsers say a file is nobody believes: service/file_type.h
 *         looks.  Its name is for people to read.
 *   [CE2] A form is of the version its page was made from, and carries the id
 *         of its command: sent twice, it is done once.
 *   [CE3] What is refused is said in the form, and what was typed stands there
 *         again; a file no page can put back.
 */

#include "base/size.h"
#include "service/evidence.h"
#include "web/case_papers.h"
#include "web/saying.h"

static struct papers_sent sent_by(const struct request *rq)
{
    return (struct papers_sent){
        .requirement = answer_field(rq, S("requirement")),
        .title = answer_field(rq, S("title")),
        .from = answer_field(rq, S("from")),
        .to = answer_field(rq, S("to")),
    };
}

/* Browsers send a part without a name and bytes where none was chosen. */
static err read_file(const struct request *rq, struct evidence *to)
{
    const struct upload_file *file = upload_get(&rq->upload, S("file"));

    if (file == NULL || (file->name.n == 0 && file->bytes.n == 0))
        return err_new(rq->arena, ERR_INVALID, "case.file_none");
    to->name = file->name;
    to->bytes = file->bytes;
    return OK;
}

/* [CE2] What the page put into its form. */
static err hand_in(const struct case_view *v, const struct papers_sent *sent)
{
    struct request *rq = v->rq;
    struct command_form command;

    TRY(command_form_read(rq, &command)); /* [CE2] */
    struct evidence e = {
        .who = v->who,
        .today = v->today,
        .ref = v->file.number,
        .requirement = sent->requirement,
        .title = sent->title,
        .from = sent->from,
        .to = sent->to,
        .command_id = command.id,
        .expected = command.version,
    };
    struct case_answer unused;

    TRY(read_file(rq, &e));
    return evidence_add(web_app(rq), rq->arena, &e, &unused);
}

static err post_papers(struct request *rq, struct response *rs)
{
    struct papers_sent sent = sent_by(rq);
    struct case_view v;

    TRY(case_view_open(rq, &v));
    err e = hand_in(&v, &sent);
    if (!failed(e))
        return case_view_go(&v, "/papers", rs);
    if (!answer_is_theirs(e))
        return e;
    TRY(answer_words(rq, e, &sent.problem));
    return case_papers_show(&v, rs, answer_status(e), &sent);
}

static const struct route routes[] = {
    { METHOD_POST, "/cases/{number}/papers", RIGHT_IN, BODY_UPLOAD,
      post_papers },
};

const struct route_table case_evidence_routes = { routes, COUNT(routes) };
