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
#include "http/percent.h"
#include "service/evidence.h"
#include "web/case_papers.h"
#include "web/saying.h"

enum { ADDRESS_MOST = 400 };

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
static err read_own(const struct request *rq, struct evidence *to)
{
    int64_t n = 0;

    if (!number_in_digits(answer_field(rq, S("version")), 0, INT32_MAX, &n) ||
        !id_parse(answer_field(rq, S("command-id")), &to->command_id) ||
        id_is_zero(to->command_id))
        return err_new(rq->arena, ERR_DENIED, "visit.token");
    to->expected = n;
    return OK;
}

static err hand_in(const struct case_view *v, const struct papers_sent *sent)
{
    struct request *rq = v->rq;
    struct evidence e = {
        .who = v->who,
        .today = v->today,
        .ref = v->file.number,
        .requirement = sent->requirement,
        .title = sent->title,
        .from = sent->from,
        .to = sent->to,
    };
    struct case_answer unused;

    TRY(read_own(rq, &e));
    TRY(read_file(rq, &e));
    return evidence_add(web_app(rq), rq->arena, &e, &unused);
}

static err go_back(const struct case_view *v, struct response *rs)
{
    struct buf b;
    str address;

    buf_init(&b, v->rq->arena, ADDRESS_MOST);
    buf_str(&b, S("/cases/"));
    percent_encode(&b, v->file.number);
    buf_str(&b, S("/papers"));
    TRY(buf_done(&b, &address));
    return respond_redirect(rs, 303, address);
}

static err post_papers(struct request *rq, struct response *rs)
{
    struct papers_sent sent = sent_by(rq);
    struct case_view v;

    TRY(case_view_open(rq, &v));
    err e = hand_in(&v, &sent);
    if (!failed(e))
        return go_back(&v, rs);
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
