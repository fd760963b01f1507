#ifndef SERVICE_CUSTOMER_LIST_H
#define SERVICE_CUSTOMER_LIST_H

/*
 * customer_list -- the list of customers a sample is drawn of, out of a table
 * as offices save it. [M16]
 *
 *   [KL1] The table is text: UTF-8, UTF-16 or GB18030, its fields apart by
 *         commas, semicolons, bars or tabs; or a workbook (.xlsx), of which the
 *         longest sheet is read, in a process apart (excel/xlsx_apart.h).
 *   [KL2] Columns are known by their names in the first row, in Chinese or
 *         English, in whatever order; others are left out.  A name and a
 *         telephone number must be there.
 *   [KL3] Every row that cannot be used is found, with its line and the reason;
 *         a list with one such row is no list.
 *   [KL4] Of the rows one text is made, a customer a line in the order of the
 *         table: UTF-8, LF, "name,phone,product,date,outlet".  Its SHA-256 and
 *         its lines are what is committed to (domain/sampling.h [SA1]), and
 *         row N of the sample is line N of it.
 *   [KL5] Nothing of it is kept, and reasons repeat nothing of what stood
 *         there: who the customers are is nobody's but the enterprise's and its
 *         auditors'.
 */

#include "base/day.h"
#include "base/err.h"
#include "base/hash.h"
#include "base/str.h"

struct arena;

enum {
    CUSTOMER_FILE_MAX = 4 << 20,
    CUSTOMER_ROOM = 16, /* times the text, that reading takes at most */
    CUSTOMER_ROWS_MAX = 200000,
    CUSTOMER_PROBLEMS_MAX = 50, /* that are told of */
    CUSTOMER_SHOWN = 5,
};

enum customer_column {
    CUSTOMER_NAME,
    CUSTOMER_PHONE,
    CUSTOMER_PRODUCT,
    CUSTOMER_DATE,
    CUSTOMER_OUTLET,
    CUSTOMER_COLUMNS,
};

enum customer_encoding {
    CUSTOMER_UTF8,
    CUSTOMER_UTF16,
    CUSTOMER_GB18030,
    CUSTOMER_WORKBOOK,
};

/* A row as it may be shown: enough to know it again, and no more. */
struct customer_shown {
    str name;  /* "张*" */
    str phone; /* "138****0001" */
    str product;
    str date;
};

struct customer_list {
    enum customer_encoding encoding;
    char separator;
    str columns[CUSTOMER_COLUMNS]; /* as they are called; empty: not there */
    int64_t rows;                  /* good ones */
    int64_t bad;
    err problems[CUSTOMER_PROBLEMS_MAX]; /* the first of them, each with `line`
                                          */
    size_t problem_count;
    int64_t repeated; /* good rows with a number that stood before */
    struct customer_shown shown[CUSTOMER_SHOWN];
    size_t shown_count;
    str text; /* [KL4] */
    struct hash hash;
};

/* Bytes that `file` takes to be read. */
size_t customer_list_room(str file);

/*
 * `arena` has room for customer_list_room().  Errors of xlsx_apart_open() ..
 * xlsx_apart_text(); ERR_INVALID "customers.encoding", "customers.column"
 * (column), "customers.empty"; ERR_LIMIT "customers.size" (most),
 * "customers.rows" (most); ERR_IO "charset.missing".  Problems of rows:
 * "csv.*", "customers.name", "customers.phone", "customers.date",
 * "customers.long" (line).
 */
err customer_list_read(struct arena *arena, str file, day today,
                       struct customer_list *out);

#endif
