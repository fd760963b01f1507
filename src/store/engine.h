#ifndef STORE_ENGINE_H
#define STORE_ENGINE_H

/*
 * engine -- what store.c asks of a database; private to this room.
 *
 * An engine prepares, binds and steps; everything that both have in common
 * (sticky errors, ranges, the rules [ST1]-[ST6]) is store.c's.
 */

#include "store/store.h"

enum { PARAM_MAX = 24 };

/* What a transaction can be told. */
enum control {
    CONTROL_READ,   /* begin, for reading */
    CONTROL_WRITE,  /* begin, for writing */
    CONTROL_SCHEMA, /* begin, for a migration */
    CONTROL_COMMIT,
    CONTROL_ROLLBACK,
    CONTROL_SAVE,
    CONTROL_RELEASE,
    CONTROL_UNDO, /* back to the savepoint, which goes too */
    CONTROL_COUNT,
};

enum value_kind {
    VALUE_NULL,
    VALUE_INT,
    VALUE_TEXT,
    VALUE_BYTES,
    VALUE_OTHER,  /* a type we do not use */
    VALUE_FAILED, /* no memory to read it */
};

struct value {
    enum value_kind kind;
    int64_t number; /* VALUE_INT */
    str bytes;      /* VALUE_TEXT, VALUE_BYTES; p is never NULL */
};

struct tx {
    struct store *store;
    struct arena *arena;
    bool open;
    bool writes;
    bool saved;               /* a savepoint is set */
    bool lost;                /* undoing failed: only abort is left */
    bool stretched;           /* store.stretch is of this tx */
    err broken;               /* [ST5] */
    int64_t written;          /* tx_writes(), while it is not broken */
    int32_t live;             /* queries begun and not ended */
    struct asides *asides;    /* where works put aside; NULL: at once */
    const _Atomic bool *stop; /* tx_watch() */
};

struct query {
    struct query *next; /* in store.spare */
    struct tx *tx;
    enum sql which;
    struct value params[PARAM_MAX];
    uint8_t fixed[PARAM_MAX][32]; /* ids and hashes that were bound */
    uint32_t bound;               /* bit n - 1: $n was bound */
    bool started;
    bool on_row;
    bool named; /* query_name_row() said what to call the row, */
    int name;   /* by this column of it */
    err first;  /* the first failure while binding or reading */

    void *handle; /* the engine's: a statement or a result */
    bool own;     /* SQLite: the statement is not the cached one */
    int row;      /* PostgreSQL: the row we are on */
};

/* The common head of every engine's store. */
struct store {
    const struct engine *engine;
    struct heap *heap;
    struct query *spare; /* ended queries, to be used again */
    struct tx tx;        /* the one that may be open */
    int64_t stretch;     /* see tx_stretch() */
};

struct engine {
    const char *prefix; /* in front of `where`, "sqlite:" */
    bool embedded;      /* see store_embedded() */
    const struct migration *steps;
    const size_t *step_count;

    /* `where` without the prefix. */
    err (*open)(struct heap *h, struct arena *a, str where, struct store **out);
    void (*close)(struct store *s);
    err (*control)(struct store *s, struct arena *a, enum control what);
    err (*wait)(struct store *s, struct arena *a, int32_t millis);
    err (*lock)(struct store *s, struct arena *a, int64_t key, bool *got);
    err (*integrity)(struct store *s, struct arena *a);
    /* Inside a write tx: was the database surely changed by nobody else since
     * this was asked last? */
    err (*alone)(struct store *s, struct arena *a, bool *out);

    /* Numbers that the engine gives out go on behind those that rows have. */
    err (*settle)(struct store *s, struct arena *a);

    err (*room)(struct store *s, struct arena *a, int64_t bytes);

    /* Run a step of the schema; forget what was prepared before it. */
    err (*script)(struct store *s, struct arena *a, const struct migration *m);

    err (*begin)(struct query *q);             /* prepare */
    err (*start)(struct query *q);             /* bind */
    err (*next)(struct query *q, bool *found); /* step */
    int64_t (*changes)(const struct query *q); /* rows, by the last step */
    struct value (*column)(const struct query *q, int column);
    void (*end)(struct query *q);
};

extern const struct engine sqlite_engine;
extern const struct engine postgres_engine;

/* Begin a tx of any kind. */
err store_begin(struct store *s, struct arena *a, enum control kind,
                struct tx **out);

/* store_migrate() over given steps, for tests. */
err store_migrate_by(struct store *s, struct arena *a,
                     const struct migration *steps, size_t n);

#endif
