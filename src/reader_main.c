/*
 * reader_main -- the program that reads workbooks for tenstar
 * (excel/xlsx_apart.h), apart because what strangers wrote is parsed in it by
 * libraries that are not ours.
 */

#include "base/heap.h"
#include "excel/xlsx_apart.h"

#include <string.h>
#include <unistd.h>

enum { NOT_FOR_HANDS = 2 };

int main(int argc, char **argv)
{
    static const char why[] =
        "tenstar-reader: tenstar starts this by itself; see tenstar(1)\n";
    struct heap heap = HEAP_LIBC;

    if (argc == 2 && strcmp(argv[1], APART_WORD) == 0)
        return apart_work(&heap, STDIN_FILENO, STDOUT_FILENO);
    (void)!write(STDERR_FILENO, why, sizeof why - 1);
    return NOT_FOR_HANDS;
}
