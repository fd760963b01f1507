#ifndef SERVICE_SCRIPT_PARTS_H
#define SERVICE_SCRIPT_PARTS_H

/*
 * script_parts -- inside script: writing a step down.
 *
 * Builders of json.h remember that memory ran out, and so does `broken`: one
 * check at the end of script_next() does for all of these.
 */

#include "service/script.h"

struct buf;

struct writing {
    struct arena *a;
    const struct script *s;
    struct step *out;
    struct json *data;
    bool broken; /* a text could not be made */
};

/* A text of demo.yaml. */
str script_words(const struct writing *w, const char *key);

void step_str(struct writing *w, const char *key, str value);
void step_text(struct writing *w, const char *key, const char *text);
void step_int(struct writing *w, const char *key, int64_t value);
void step_bool(struct writing *w, const char *key, bool value);
void step_day(struct writing *w, const char *key, day d);
void step_hash(struct writing *w, const char *key, const struct hash *h);
void step_strs(struct writing *w, const char *key, str one); /* a list of one */

/* A text that was put together; empty, and `broken`, without memory. */
str step_made(struct writing *w, struct buf *b);

/* Who gives which command, after so many days. */
void step_by(struct writing *w, const char *login, const char *command,
             int32_t days);
void step_applicant(struct writing *w, const char *command, int32_t days);
void step_team(struct writing *w, str login, const char *command, int32_t days);

/* Is this leaf one of the weak ones?  They are spread over the tree. */
bool script_is_weak(const struct script *s, int32_t leaf);

/* indicator, result, k, n of a leaf. */
void step_result(struct writing *w, struct json *to, int32_t leaf);

/* Figures that vary by case, all above nine in ten; of 100. */
int64_t script_figure(const struct script *s, size_t i);

/* The package's table of days on site for this many staff, in tenths. */
int64_t script_table_days(const struct script *s);

/* What comes next in each stage. */
void script_preparation(struct writing *w);
void script_completeness(struct writing *w);
void script_contract(struct writing *w);
void script_documents(struct writing *w);
void script_plan(struct writing *w);
void script_audit(struct writing *w);

#endif
