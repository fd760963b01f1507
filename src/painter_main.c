/*
 * painter_main -- the program that paints for tenstar (paint/painter.h), apart
 * because the libraries that set type, with all that they need, take longer to
 * load than most commands take to run.
 */

#include "base/heap.h"
#include "paint/painter.h"

#include <unistd.h>

enum { NOT_FOR_HANDS = 2 };

int main(int argc, char **argv)
{
    static const char why[] =
        "tenstar-painter: tenstar starts this by itself; see tenstar(1)\n";
    struct heap heap = HEAP_LIBC;

    if (argc == 2 && strcmp(argv[1], PAINTER_WORD) == 0)
        return painter_work(&heap, STDIN_FILENO, STDOUT_FILENO);
    (void)!write(STDERR_FILENO, why, sizeof why - 1);
    return NOT_FOR_HANDS;
}
