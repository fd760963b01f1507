/*
 * test_leaks -- what the libraries that set type keep until the program ends;
 * tests only.  Ours are not among them: the leak must begin in one of theirs.
 */

/* NOLINTNEXTLINE(bugprone-reserved-identifier): the sanitizer's own name */
const char *__lsan_default_suppressions(void);

/* NOLINTNEXTLINE(bugprone-reserved-identifier): likewise */
__attribute__((used, visibility("default"))) const char *
__lsan_default_suppressions(void)
{
    return "leak:libfontconfig\nleak:libpango\nleak:libcairo\n"
           "leak:libglib\nleak:libgobject\nleak:libharfbuzz\n";
}
