#ifndef SERVICE_LOOKUP_H
#define SERVICE_LOOKUP_H

/*
 * lookup -- what a stranger may ask the register. [M21] [M24] [M25]
 *
 *   [LU1] Only what the public may know (domain.md 3.7): never a reason, a
 *         fee, a score, a person.
 *   [LU2] A look-up writes nothing and takes no lock of the store's writer.
 *   [LU3] What a certificate is called and what it says of itself comes from
 *         the package it was issued under, and stays when a newer one is
 *         frozen.
 *   [LU4] A site's sub-certificate is looked up as any other, and says what the
 *         main one says but for its number, site, days and own scope.
 *   [LU5] A certificate that a file brought (register_import.h) is found like
 *         any other, by its number and its holder's code, and says who issued
 *         it: nobody may take it for one of the body's own.  Of days before the
 *         import it says what the file says of them.
 *   [LU7] Where the register's book has such a one, it is made of the book's
 *         answer (certificate_json_row()) and of what is said of every one
 *         alike, without a transaction; and is what the store would have said.
 */

#include "codec/record.h"
#include "domain/status.h"
#include "service/app.h"

/* What happened to a certificate, as the public may know it. */
enum public_act {
    ACT_ISSUED,
    ACT_REISSUED, /* name, address or scope as filed */
    ACT_REDUCED,  /* of narrower scope */
    ACT_SUSPENDED,
    ACT_RESTORED,
    ACT_WITHDRAWN,
    ACT_CANCELLED,
    ACT_EXPIRED,
    ACT_COUNT,
};

extern const char *const public_act_names[ACT_COUNT + 1]; /* NULL-ended */

struct public_change {
    day on;
    enum public_act act;
};

/* A sub-certificate, as the main one lists it. */
struct public_sub {
    str number;
    str site;
    str address;
    day issued;
    day until; /* inclusive */
    enum certificate_status status;
    day status_since;
};

/* What the body signed of it for strangers, as it says now (credentials.h). */
struct public_credential {
    str address; /* where it is, as application/vc; empty: there is none */
    struct hash digest;
    int64_t log_index; /* -1: not yet in the log */
};

struct public_certificate {
    const struct body *body; /* as it is on the day asked about */
    str number;
    str holder;
    str uscc;
    str scheme;
    struct label scheme_name; /* this and other labels: from the package */
    str criterion;
    struct label criterion_title;
    str level;
    struct label level_label;
    int32_t stars;
    struct label title;     /* what kind of certificate it is */
    struct label statement; /* what it certifies, its blanks filled in */
    str scope;
    str scope_en;
    day issued;
    day from;
    day until; /* inclusive */
    day first_issued;
    enum certificate_status status;
    day status_since;
    day suspended_until; /* at the longest; else DAY_NEVER */
    struct list history; /* of struct public_change, oldest first; only where
                            one certificate was asked for */
    struct list subs;    /* of struct public_sub, by count; likewise */
    str main;            /* [LU4] number of the main one; empty: it is one */
    str site;            /* likewise, whose it is .. */
    str site_address;    /* .. and where that is */
    str formerly;      /* a former name by which a search found it; or empty */
    str renews;        /* number of the certificate before it; or empty */
    str renewed_by;    /* likewise, of the one after it */
    int64_t log_index; /* -1: not yet in the log */
    struct public_credential credential; /* only where one certificate was asked
                                            for */
    struct hash scheme_hash;
    bool assumed; /* the level rests on points nobody has published */
    str issuer;   /* [LU5] who issued it; empty: the body itself, and the next
                     two are empty too */
    str place;    /* GB/T 2260, of the holder; may be empty */
    str trade;    /* GB/T 4754; likewise */
};

/* The certificate as it stands on `today`, in the words of the package that it
 * was judged by.  Numbers are taken without blanks and in either case.
 * ERR_NOT_FOUND "lookup.number" (number); ERR_CORRUPT "check.certificate"
 * (number) when the case it came from is not there. */
err lookup_certificate(struct app *app, struct arena *a, str number, day today,
                       struct public_certificate *out);

/*
 * As it stood at the end of day `on`: by what was recorded by then, or with
 * `known` by what is known today to have taken effect by then.  ERR_NOT_FOUND
 * "lookup.not_then" (number, on) when it was not issued yet; ERR_REFUSED
 * "lookup.not_yet" (on, today): nobody knows what stands at the end of a day to
 * come.
 */
struct as_of {
    day today; /* the asker's */
    day on;
    bool known;
};
err lookup_as_of(struct app *app, struct arena *a, str number,
                 const struct as_of *when, struct public_certificate *out);

/* A site that a certificate covers. */
struct public_site {
    str name;
    int kind;    /* enum site_kind (domain/application.h) */
    str address; /* or where it lies, in words */
};

/* Which of them. */
struct sites_wish {
    str words;   /* name or address hold them, however they are written
                    (search/fold.h); empty: any */
    size_t from; /* that many of those found come before */
    size_t most; /* at least 1 */
};

struct public_sites {
    struct list at; /* of struct public_site, headquarters first */
    size_t count;   /* that it covers in all */
    size_t found;   /* of them answer to the words */
};

/*
 * The sites that still belong to `c`, which was looked up: those that left are
 * none of them.
 *
 *   [LU7] They are read from the journal of its case, and only when they are
 *         asked for (domain/covered.h); `tenstar check` proves the journal.
 *   [LU8] One that a file brought has none here, nor has a sub-certificate,
 *         which is of one site, nor one whose case is not in the journal.
 *
 * ERR_CORRUPT "event.form" (reason), "event.unknown" (type, version).
 */
err lookup_sites(struct app *app, struct arena *a,
                 const struct public_certificate *c,
                 const struct sites_wish *wish, struct public_sites *out);

/* What is searched for. */
struct lookup_wish {
    str words; /* a number, a code, or pieces of a name: as written, by its
                  syllables, by first letters (search/search.h) */
    day today;
    size_t most;    /* 1..100 */
    uint64_t after; /* of names: `next` of the page before; 0: the first */
    str place;      /* the first digits of GB/T 2260, four at most; empty:
                       wherever (register_facets.h [RF1]) */
    str trade;      /* likewise of GB/T 4754, of what files brought: of the
                       body's own nobody knows it */
    str scheme;     /* its name, "ten-star"; empty: any */
    str level;      /* id of a level; likewise */
    str status;     /* as it is today, "valid"; likewise */
};

struct lookup_answer {
    struct list found; /* of struct public_certificate */
    bool more;         /* there is another page, or more than were asked for */
    uint64_t next;     /* 0: it cannot be turned to */
    bool counted;      /* the next two are known */
    int64_t count;     /* on whatever page; where there are several, of names:
                          by two of them a certificate counts twice */
    bool above;        /* there are more than `count` */
};

/*
 * Certificates whose number, holder or code answers to the words, or a name
 * that once stood on it and that was changed.
 *
 *   [LU6] Names come from the index of names, the best first, those of files
 *         too.  Where it is not there, or behind, the body's own come from the
 *         store by number, and those of files behind them, if the index knows
 *         them.  Either way what is said of each is what the store says.
 *
 * One of them that cannot be read is an error, not left out: "there is none"
 * would be no true answer.  ERR_INVALID "lookup.digits" (name, typed) for a
 * place or trade, "lookup.status" (typed).
 */
err lookup_find(struct app *app, struct arena *a, const struct lookup_wish *w,
                struct lookup_answer *out);

/* `next` of an answer as text; false: it is none. */
bool lookup_after(str text, uint64_t *out);

/* The same as lookup_find(): the first `most`, as struct public_certificate. */
err lookup_search(struct app *app, struct arena *a, str words, day today,
                  size_t most, struct list *out);

/* What certificate numbers look like: one a scheme, made by its newest
 * package as the first of the year of `today`. */
struct number_example {
    struct label scheme_name;
    str number;
    str template; /* the package's, "{body}{yy}.."; domain/number.h */
};

/* What lists that nobody asked for in particular leave out because it cannot
 * be read: the face tells its log. */
struct left_out {
    str name; /* a certificate's number, a scheme's id; may be empty */
    err why;  /* ERR_CORRUPT or ERR_NOT_FOUND */
};

/* *out is a list of struct number_example, *left_out of struct left_out. */
err lookup_numbers(struct app *app, struct arena *a, day today,
                   struct list *out, struct list *left_out);

/* The first `most` by number, to have something to look at; likewise. */
err lookup_first(struct app *app, struct arena *a, day today, int32_t most,
                 struct list *out, struct list *left_out);

#endif
