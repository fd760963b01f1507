#include "excel/apart_talk.h"

#include "base/size.h"
#include "excel/xlsx_apart.h"

#include <sys/stat.h>

static const struct answer_said said[] = {
    { "xlsx.reader", ERR_INVALID, { "why" } },
    { "xlsx.reader_memory", ERR_LIMIT, { "#most" } },
    { "xlsx.read", ERR_IO, { NULL } },
    { "xlsx.not_zip", ERR_INVALID, { NULL } },
    { "xlsx.cut", ERR_INVALID, { NULL } },
    { "xlsx.old", ERR_INVALID, { NULL } },
    { "xlsx.binary", ERR_INVALID, { NULL } },
    { "xlsx.not_workbook", ERR_INVALID, { NULL } },
    { "xlsx.no_sheet", ERR_INVALID, { NULL } },
    { "xlsx.no_part", ERR_INVALID, { "part" } },
    { "xlsx.password", ERR_INVALID, { "part" } },
    { "xlsx.zip_damaged", ERR_INVALID, { "part" } },
    { "xlsx.damaged", ERR_INVALID, { "part", "#line" } },
    { "xlsx.order", ERR_INVALID, { "sheet", "#row" } },
    { "xlsx.string", ERR_INVALID, { "sheet", "#row" } },
    { "xlsx.big", ERR_LIMIT, { "part", "#most" } },
    { "xlsx.bomb", ERR_LIMIT, { "part" } },
    { "xlsx.sheets", ERR_LIMIT, { "#most" } },
    { "xlsx.cell", ERR_LIMIT, { "part", "#line", "#most" } },
    { "xlsx.no_such_sheet", ERR_NOT_FOUND, { "name", "known" } },
    { "sandbox.refused", ERR_IO, { "#number" } },
};

const struct answer_words apart_words = { said, COUNT(said),
                                          "xlsx.reader_died" };

int apart_seconds(int fd)
{
    struct stat s;
    int64_t more;

    if (fstat(fd, &s) != 0) /* reading it says so */
        return APART_SECONDS_LEAST;
    more = s.st_size / APART_BYTES_A_SECOND;
    return more < APART_SECONDS - APART_SECONDS_LEAST
               ? APART_SECONDS_LEAST + (int)more
               : APART_SECONDS;
}
