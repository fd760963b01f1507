#include "auth/delay.h"

#define SECOND INT64_C(1000000)

static const struct {
    int64_t free; /* failures that cost nothing */
    int64_t most; /* the longest wait */
} rules[DELAY_KINDS] = {
    [DELAY_LOGIN] = { 4, 3600 * SECOND },
    [DELAY_NETWORK] = { 30, 900 * SECOND },
    [DELAY_CODE] = { 4, 3600 * SECOND },
    [DELAY_ASK] = { 10, 3600 * SECOND },
    [DELAY_MAIL] = { 3, 3600 * SECOND },
};

int64_t delay_after(enum delay_of of, int64_t times)
{
    int64_t wait = SECOND;

    if (times <= rules[of].free)
        return 0;
    for (int64_t n = rules[of].free + 1; n < times && wait < rules[of].most;
         n++)
        wait *= 2;
    return wait < rules[of].most ? wait : rules[of].most;
}

int64_t delay_left(enum delay_of of, int64_t times, int64_t last, int64_t now)
{
    int64_t wait = delay_after(of, times);

    if (now < last) /* the machine's clock was put back */
        return wait;
    return now - last < wait ? wait - (now - last) : 0;
}

int64_t delay_count(int64_t times, int64_t last, int64_t now)
{
    return now - last >= DELAY_FORGOTTEN ? 1 : times + 1;
}
