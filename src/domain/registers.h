#ifndef DOMAIN_REGISTERS_H
#define DOMAIN_REGISTERS_H

/*
 * registers -- commands on the streams that are no case: an enterprise, a
 * person, the body itself.
 *
 * They are small, so each is one row of a table: who may give it, on which kind
 * of stream, and the event it leaves, whose data mostly are the command's own.
 *
 *   [RE1] Roles, registrations and ties of people change only here, by who
 *         keeps them; nobody changes their own roles or registration.
 *   [RE2] An evaluator is registered with one number, which is nobody else's
 *         [条例 14] [条例 38].
 *   [RE3] An enterprise may say what changed, and staff enter it; its social
 *         credit code stays.
 *   [RE4] register_apply() is total; an entry is the fold of its stream.
 *   [RE5] Whom to call at an enterprise is personal data: it goes to the
 *         enterprise's row and nowhere else; the event says that it was set.
 *   [RE6] What somebody is, and so may sign, decide or issue, is given and
 *         taken by an act that is confirmed like those (rights.h [RI9]); so
 *         is what the body says of itself (body_facts.h).
 */

#include "domain/actor.h"
#include "domain/body_facts.h"
#include "domain/event.h"
#include "domain/events.h"

struct arena;
struct json;

/* The fold of one stream; which part counts, `kind` says. */
struct register_entry {
    enum stream_kind kind;
    id id;
    int64_t version;
    struct hash head;
    const struct enterprise_registered *enterprise; /* newest facts */
    unsigned roles;                                 /* of a person */
    bool active;
    id employer; /* an applicant's enterprise; zero: the body */
    struct qualification qualification;
    struct body_stand stand;              /* of the body: what was said last */
    const struct approved_list *approved; /* NULL: no list is loaded */
    const struct subsidy_list *subsidies; /* NULL: none was ever entered */
};

/* An entry before its first event. */
void register_begin(struct register_entry *x, enum stream_kind kind, id stream);
void register_apply(struct register_entry *x, const struct event *e);

struct register_kind {
    const char *name; /* "person.qualify" */
    enum stream_kind stream;
    unsigned roles;              /* ROLE_BIT()s, any one of them */
    const struct record *record; /* of its data */
    const char *event;
};

const struct register_kind *register_kind_find(str name);
size_t register_kind_count(void);
const struct register_kind *register_kind_at(size_t i);

/* Does whoever gives it by a browser confirm it by their second factor? [RE6]
 */
bool register_is_confirmed(const char *command);

/* May the actor in `f` give this command here, whatever its data say?  What
 * register_judge() refuses of these. */
err register_may(struct arena *a, const struct register_entry *x,
                 const struct register_kind *k, const struct facts *f);

/*
 * Judge a command on entry `x`: `data` is a struct as k->record says.  The
 * actor is in `f`; an applicant acts on their own enterprise only.
 * ERR_DENIED "rights.role", "register.own" ; ERR_INVALID "register.*".
 */
err register_judge(struct arena *a, const struct register_entry *x,
                   const struct register_kind *k, const void *data,
                   const struct facts *f, struct event_list *out);

#endif
