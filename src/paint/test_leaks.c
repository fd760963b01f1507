/*
 * test_leaks -- what the libraries that set type keep until the program ends;
 * tests only.  Ours are not among them: the leak must begin in one of theirs.
 */

const char *__lsan_default_suppressions(void); /* NOLINT: the name is asked */

__attribute__((used, visibility("default"))) const char *
__lsan_default_suppressions(void) /* NOLINT */
{
    return "leak:libfontconfig\nleak:libpango\nleak:libcairo\n"
           "leak:libglib\nleak:libgobject\nleak:libharfbuzz\n";
}
