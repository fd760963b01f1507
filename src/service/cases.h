#ifndef SERVICE_CASES_H
#define SERVICE_CASES_H

/*
 * cases -- carry out a command on a case; read cases.
 *
 *   [CA1] One command, one transaction: load the journal and verify its
 *         hashes, or what was kept of it (kept.h), decide, append, update the
 *         projections, enter the log.
 *   [CA2] The answer goes out after the transaction is on disk.
 *   [CA3] A command id gets the same answer again and changes nothing.
 *   [CA4] A refusal changes nothing and is kept in the audit trail.
 *   [CA5] A case whose journal does not fit, from its first event to its last,
 *         or leads to what no rule lets in, or does not give the row of the
 *         list of cases, or whose enterprise is not what its own journal says,
 *         takes no command at all.
 *   [CA6] Who may not read a case learns nothing of it, not even that it is
 *         there.
 *   [CA8] Whether a command would be carried out can be asked beforehand: that
 *         changes nothing and is no refusal that is kept.
 *   [CA7] The enterprise does not read the working papers of its audit, nor
 *         how its decision comes about (domain/papers.h [PA4]); they are left
 *         out of what it loads, and so is a decision that nobody signed.
 */

#include "auth/session.h"
#include "domain/state.h"
#include "service/app.h"

struct json;

struct case_order {
    const struct session *who;
    day today;      /* the day it takes effect; DAY_NEVER: the clock's */
    str ref;        /* number or id; "new" opens a case */
    str enterprise; /* "new" by staff: its USCC; else empty */
    str command;    /* "application.submit" */
    const struct json *data; /* an object */
    id command_id;           /* zero: one is drawn */
    int64_t expected;        /* version the caller saw; -1: any */
    str report; /* of the public, which it takes over (reports.h [RO2]); empty:
                   none */
    bool once;  /* nobody is at work in the case: what was read of
                   it need not be kept for the next command */
};

struct case_answer {
    id id;
    str number;
    int64_t version;
    struct list events; /* of str: the names of what happened */
    str certificate;    /* the case's certificate, or empty */
    day late;           /* the stage was ended after its limit, this day; else
                           DAY_NEVER */
    bool repeated;      /* [CA3] */
};

/*
 * ERR_NOT_FOUND "case.missing" (ref), "command.unknown"; of a new case
 * ERR_INVALID "case.new" (command: not case.open), "case.whose" (staff name no
 * enterprise), ERR_NOT_FOUND "case.enterprise" (uscc), "app.no_scheme";
 * ERR_CONFLICT "case.version" (expected, found), "command.reused"; ERR_CORRUPT
 * [CA5] "journal.tampered" (stream, event), "case.invariant" (invariant, case),
 * "check.case" (case), "check.enterprise" (uscc), "app.scheme"; what decide()
 * refuses.
 */
err cases_do(struct app *app, struct arena *a, const struct case_order *order,
             struct case_answer *out);

/* [CA8] What cases_do() would refuse now; OK: nothing. */
err cases_ask(struct app *app, struct arena *a, const struct case_order *order);

/* A case as it stands, with its journal. */
struct case_file {
    str number;
    struct state *state;
    struct enterprise enterprise;
    struct event_list events;
};

/* The case of this number or id, in `a`, without the working papers of its
 * audits where `who` may not read them [CA7].  ERR_NOT_FOUND "case.missing"
 * (ref), also of a case they may not read; ERR_CORRUPT as cases_do(). */
err cases_load(struct app *app, struct arena *a, const struct session *who,
               str ref, struct case_file *out);

/* The same with the working papers of its audits.  ERR_DENIED "rights.papers":
 * whoever may read the case, but not these [CA7]. */
err cases_load_papers(struct app *app, struct arena *a,
                      const struct session *who, str ref,
                      struct case_file *out);

/* What the body has entered for everybody, as of `today`, with the enterprise
 * of `file`: for domain/subsidies.h.  It lives in `a`. */
err cases_body_facts(struct app *app, struct arena *a,
                     const struct case_file *file, day today,
                     struct facts *out);

/* A line of a list. */
struct case_line {
    id id;
    str number;
    str enterprise; /* its name */
    str scheme;
    struct label scheme_name; /* this and the level's: from its package */
    str level;
    struct label level_name; /* empty: none is wanted yet */
    enum stage stage;
    enum waiting waiting;
    day opened;
    day due; /* DAY_NEVER: no limit runs */
    bool due_provisional;
    str certificate;
};

/* Those this session may read, after number `after` in the order of numbers,
 * at most `most` (1..STORE_PAGE_MAX), as struct case_line. */
err cases_list(struct app *app, struct arena *a, const struct session *who,
               str after, int32_t most, struct list *out);

/* What a case is looked for by: its number or its enterprise's name holds
 * `words`; empty: all. */
struct case_search {
    str words;
    str after; /* as cases_list() */
    int32_t most;
};

/* The same of those found; of none, when `words` are no text. */
err cases_find(struct app *app, struct arena *a, const struct session *who,
               const struct case_search *search, struct list *out);

/* A document on its way in. */
struct case_upload {
    str bytes; /* 1..CASE_FILE_MAX of them */
    str media_type;
    str name; /* as the sender called it; may be empty */
};

enum { CASE_FILE_MAX = 64 << 20 };

/*
 * Keep a document for a command that will name it; the same bytes again change
 * nothing.  It takes a role that document.add takes: ERR_DENIED "rights.role"
 * (command, roles), which is kept in the audit trail like a refused command;
 * ERR_INVALID "case.file_empty", ERR_LIMIT "case.file_size" (size, most).
 */
err cases_keep_file(struct app *app, struct arena *a, const struct session *who,
                    const struct case_upload *file, struct hash *out);

/* The same for another command that names what is kept: a role that one takes.
 */
err cases_keep_file_for(struct app *app, struct arena *a,
                        const struct session *who, str command,
                        const struct case_upload *file, struct hash *out);

/* A document that was kept. */
struct case_document {
    struct hash hash;
    int64_t size; /* bytes */
    str media_type;
    str name;
};

/*
 * A document of the case, for who may read the case: whatever its journal, as
 * they read it, names by this hash.  ERR_NOT_FOUND "case.missing" (ref),
 * "case.no_file" (hash).
 */
err cases_find_file(struct app *app, struct arena *a, const struct session *who,
                    str ref, const struct hash *hash,
                    struct case_document *out);

/* The bytes of one that was found, as they were kept, verified; in `a`, which
 * has room for them.  ERR_CORRUPT "blob.missing", "blob.size",
 * "case.file_hash" (hash). */
err cases_file_bytes(struct app *app, struct arena *a,
                     const struct case_document *of, str *out);

#endif
