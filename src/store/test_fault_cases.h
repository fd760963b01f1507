#ifndef STORE_TEST_FAULT_CASES_H
#define STORE_TEST_FAULT_CASES_H

/*
 * test_fault_cases -- three commands, each a write tx as a service makes one,
 * under every fault; fault_test.c looks at some of the points,
 * fault_slow_test.c at all.
 */

#include "store/test_faults.h"

/* A fresh store, the usual case. */
long fault_commands(enum fault what, long stride);

/* The store was left by a crash, with a WAL to be recovered. */
long fault_recovery(enum fault what, long stride);

/* A blob, its row, and a command, in the right order. */
long fault_blob(enum fault what, long stride);

#endif
