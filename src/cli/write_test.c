/* What changes something: demo, case do; who may; and what serve refuses. */

#include "cli/test_shell.h"
#include "http/listen.h"
#include "service/registry.h"
#include "sys/lock.h"

#include <stdio.h>
#include <unistd.h>

/* --- demo ------------------------------------------------------------- */

TEST(a_demonstration_is_made_once_and_says_what_it_made)
{
    TEST_SHELL(sh);
    const struct json *j = shell_json(&sh, "demo @/demo --size 0 --json", 0);
    static const struct row again = { "demo @/demo", REFUSES, "app.exists" };

    EXPECT(shell_member(j, "enterprises")->number == 1);
    EXPECT(shell_member(j, "cases")->number == 0);
    EXPECT(shell_member(j, "bad_rows")->count == 0);
    shell_expect(&sh, &again);
}

/* [CR1] */
TEST(the_room_for_held_files_is_told_and_changed)
{
    static const struct row rows[] = {
        { "records room --data @/demo", DOES, "\"gigabytes\": 100" },
        { "records room --data @/demo --most 7 --as admin", DOES,
          "\"gigabytes\": 7" },
        { "records room --data @/demo", DOES, "\"gigabytes\": 7" },
        { "records room --data @/demo", DOES, "\"taken\": 0" },
        { "records room --data @/demo --most 8 --as auditor1", REFUSES,
          "records.held_room_names" },
        { "records room --data @/demo --most 0 --as admin", MISUSED,
          "cli.number" },
    };
    TEST_SHELL(sh);

    EXPECT(shell_run(&sh, "demo @/demo --size 0").status == 0);
    SHELL_EXPECT_ALL(&sh, rows);
}

TEST(what_a_demonstration_cannot_be_made_of)
{
    static const struct row rows[] = {
        { "demo", MISUSED, "cli.needs_operand" },
        { "demo @/a @/b", MISUSED, "cli.too_many" },
        { "demo @/a --size -1", MISUSED, "cli.number" },
        { "demo @/a --size 2001", MISUSED, "cli.number" },
        { "demo @/a --seed x", MISUSED, "cli.number" },
        { "demo @/a --today 2026-02-30", MISUSED, "cli.day" },
        { "demo @/a --enterprises @/none", REFUSES, "file.missing" },
        { "demo @/a --enterprises @", REFUSES, "file.folder" },
        { "demo @/a --enterprises @/empty", REFUSES, "demo.table" },
        { "demo @/a --enterprises @/column", REFUSES, "demo.table" },
        { "demo @/a --enterprises @/quote", REFUSES, "demo.table" },
        { "demo @/a --enterprises @/one --size 1", MISUSED,
          "cli.few_enterprises" },
        { "demo @/file/a", REFUSES, "file.no_folder" },
        { "demo @/missing/a", REFUSES, "demo.parent" },
        { "demo @/missing//a/", REFUSES, "demo.parent" },
        { "demo ''", REFUSES, "file.name" },
    };
    TEST_SHELL(sh);

    shell_write(&sh, "file", S("x"));
    shell_write(&sh, "empty", S(""));
    shell_write(&sh, "column", S("name\tuscc\n示例\t91350100M000100Y43\n"));
    shell_write(&sh, "quote", S("name,us\"cc,registered,scope\n"));
    shell_write(&sh, "one",
                S("name\tuscc\tregistered\tscope\n"
                  "示例甲\t91350100M000100Y43\t2020-01-01\t家电维修服务\n"));
    SHELL_EXPECT_ALL(&sh, rows);
}

TEST(what_is_wrong_with_a_table_is_told_with_its_name)
{
    static const struct {
        const char *table;
        const char *says;
    } rows[] = {
        { "", "/table: The table is empty" },
        { "name\tuscc\n", "/table: The table has no column" },
        { "name,us\"cc\n", "/table: Line 1, field 2: a quote" },
        { "name,\"uscc\n", "/table: Line 1, field 2: the quote" },
    };
    TEST_SHELL(sh);

    for (size_t i = 0; i < COUNT(rows); i++) {
        shell_write(&sh, "table", str_of(rows[i].table));
        struct said said =
            shell_run(&sh, "demo @/a --lang en --enterprises @/table");

        EXPECT_ROW(rows[i].says, str_contains(said.err, str_of(rows[i].says)));
    }
}

TEST(a_demonstration_is_made_in_a_folder_that_is_there_however_it_is_written)
{
    static const char *const rows[] = { "demo @/one --size 0",
                                        "demo @/two/ --size 0",
                                        "demo @//three// --size 0" };
    TEST_SHELL(sh);

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW(rows[i], shell_run(&sh, rows[i]).status == 0);
    struct said said = shell_run(&sh, "demo @/missing/a");
    EXPECT(said.status == 1);
    EXPECT(str_contains(said.err, shell_path(&sh, "missing.")));
}

/* [EF1] */
TEST(bad_rows_of_a_table_are_named_and_the_others_are_taken)
{
    static const char table[] =
        "name\tuscc\tregistered\tscope\n"
        "示例甲\t91350100M000100Y43\t2020-01-01\t家电维修服务\n"
        "示例乙\t91350100M000100Y44\t2020-01-01\t家电维修服务\n"
        "示例丙\t91330100799655058B\t2020-02-30\t家电维修服务\n"
        "示例丁\t91350100M000100Y43\t2020-01-01\t家电维修服务\n"
        "示例戊\t91330100799655058B\t2020-02-28\n";
    static const struct {
        int64_t line;
        const char *id;
    } bad[] = {
        { 3, "registry.uscc_check" },
        { 4, "enterprise_file.day" },
        { 5, "enterprise_file.twice" },
        { 6, "enterprise_file.width" },
    };
    TEST_SHELL(sh);

    shell_write(&sh, "table", str_of(table));
    const struct json *j =
        shell_json(&sh, "demo @/a --size 0 --json --enterprises @/table", 0);
    const struct json *list = shell_member(j, "bad_rows");
    const struct json *row = list->first;

    EXPECT(shell_member(j, "enterprises")->number == 1);
    EXPECT(list->count == COUNT(bad));
    for (size_t i = 0; i < COUNT(bad) && row != NULL; i++, row = row->next) {
        EXPECT_ROW(bad[i].id, shell_member(row, "line")->number == bad[i].line);
        EXPECT_ROW_STR(bad[i].id, shell_member(row, "id")->text,
                       str_of(bad[i].id));
    }

    struct said said =
        shell_run(&sh, "demo @/b --size 0 --enterprises @/table");
    EXPECT(said.status == 0);
    EXPECT(str_contains(said.out, S("/table:3: not taken. ")));
    EXPECT(str_contains(said.out, S("/table:6: not taken. ")));
}

/* --- case do ---------------------------------------------------------- */

#define AS          " --data @/demo --as "
#define AS_NEWCOMER AS "newcomer"
#define AS_INTAKE   AS "intake"
#define AS_REVIEWER AS "reviewer"
#define AS_NOBODY   AS "nobody"

TEST(a_command_is_carried_out_and_answers_what_came_of_it)
{
    TEST_SHELL(sh);

    shell_demonstrate(&sh, 0);
    const struct json *j = shell_json(
        &sh,
        "case do new case.open scheme=ten-star level=ten --json" AS_NEWCOMER,
        0);
    EXPECT_STR(shell_member(j, "number")->text, S("C2026-0001"));
    EXPECT(shell_member(j, "version")->number == 1);
    EXPECT(!shell_member(j, "repeated")->boolean);

    /* A file's bytes are kept, and their hash, size and name filled in. */
    shell_write(&sh, "manual.txt", S("示例"));
    j = shell_json(&sh,
                   "case do C2026-0001 document.add file=@/manual.txt"
                   " requirement=licence covers_from=2026-01-01"
                   " covers_to=2026-06-30 --json" AS_NEWCOMER,
                   0);
    EXPECT(shell_member(j, "version")->number == 2);
    j = shell_json(&sh, "case history C2026-0001 --data @/demo --json", 0);
    const struct json *data =
        shell_member(shell_member(j, "events")->last, "data");
    EXPECT_STR(shell_member(data, "title")->text, S("manual.txt"));
    EXPECT(shell_member(data, "size")->number == 6);
    EXPECT(shell_member(data, "blob")->text.n == 64);
}

TEST(a_value_may_be_read_from_a_file)
{
    TEST_SHELL(sh);

    shell_write(&sh, "level", S("ten\n"));
    shell_demonstrate(&sh, 0);
    /* '@' stands for the shell's folder; so a quoted one is itself. */
    char words[200];
    (void)snprintf(
        words, sizeof words,
        "case do new case.open scheme=ten-star level='@'%s/level" AS_NEWCOMER,
        sh.folder);
    EXPECT(shell_run(&sh, words).status == 0);
    const struct json *j =
        shell_json(&sh, "case show C2026-0001 --data @/demo --json", 0);
    EXPECT_STR(shell_member(j, "wanted")->text, S("ten"));
}

TEST(a_command_id_acts_once_and_is_answered_twice)
{
    static const char words[] =
        "case do new case.open scheme=ten-star level=ten --json --command-id "
        "00112233445566778899aabbccddeeff" AS_NEWCOMER;
    TEST_SHELL(sh);

    shell_demonstrate(&sh, 0);
    const struct json *first = shell_json(&sh, words, 0);
    const struct json *second = shell_json(&sh, words, 0);
    EXPECT_STR(shell_member(second, "number")->text,
               shell_member(first, "number")->text);
    EXPECT(!shell_member(first, "repeated")->boolean);
    EXPECT(shell_member(second, "repeated")->boolean);
}

TEST(a_command_that_is_refused_names_the_rule)
{
    static const struct row rows[] = {
        { "case do C2026-0001 case.nothing" AS_NEWCOMER, REFUSES,
          "command.unknown" },
        { "case do C2026-0001 Case.open" AS_NEWCOMER, REFUSES,
          "command.unknown_near" },
        { "case do new case.open scheme=ten-star" AS_NEWCOMER, REFUSES,
          "record.missing" },
        { "case do new case.open scheme=ten-star level=ten more=1" AS_NEWCOMER,
          REFUSES, "record.unknown" },
        { "case do new case.open scheme=ten-star level" AS_NEWCOMER, REFUSES,
          "record.word" },
        { "case do new case.open scheme=no-such level=ten" AS_NEWCOMER, REFUSES,
          "app.no_scheme" },
        { "case do new case.open scheme=ten-star level=no-such" AS_NEWCOMER,
          REFUSES, "case.level" },
        { "case do new case.open scheme=ten-star level=ten" AS_NOBODY, REFUSES,
          "session.unknown" },
        { "case do new case.open scheme=ten-star level=ten" AS_REVIEWER,
          REFUSES, "case.whose" },
        { "case do C2026-0001 application.accept" AS_INTAKE, REFUSES,
          "rights.stage" },
        { "case do C2026-0001 application.accept" AS_NEWCOMER, REFUSES,
          "rights.role" },
        { "case do C2026-0001 eligibility.answer declarations=[] --expect "
          "0" AS_NEWCOMER,
          REFUSES, "case.version" },
        { "case do C2026-0001 eligibility.answer declarations=[] --expect "
          "x" AS_NEWCOMER,
          MISUSED, "cli.number" },
        { "case do C2026-0001 eligibility.answer declarations=[]"
          " --command-id 12" AS_NEWCOMER,
          MISUSED, "cli.command_id" },
        { "case do C2026-0001 document.add file=@/none "
          "requirement=x" AS_NEWCOMER,
          REFUSES, "file.missing" },
        { "case do C2026-0001 document.add file=@ requirement=x" AS_NEWCOMER,
          REFUSES, "file.folder" },
        { "case do C2026-0009 application.accept" AS_INTAKE, REFUSES,
          "case.missing" },
        { "case do C2026-0001 application.accept --data @/none --as intake",
          REFUSES, "app.none" },
        { "case do C2026-0001 application.accept --today yesterday" AS_INTAKE,
          MISUSED, "cli.day" },
    };
    TEST_SHELL(sh);

    shell_demonstrate(&sh, 0);
    EXPECT(
        shell_run(&sh,
                  "case do new case.open scheme=ten-star level=ten" AS_NEWCOMER)
            .status == 0);
    SHELL_EXPECT_ALL(&sh, rows);
    const struct json *j =
        shell_json(&sh, "case show C2026-0001 --data @/demo --json", 0);
    EXPECT(shell_member(j, "version")->number == 1);
}

/* --- who acts [SE1] --------------------------------------------------- */

static err found_real(struct test_shell *sh)
{
    scoped(app_close) struct app *app = NULL;
    const struct body body = { .name_zh = S("示例机构"),
                               .name_en = S("Example body"),
                               .approval = S("CNCA-R-2099-001"),
                               .number = S("001") };
    struct app_founding with = { .body = &body,
                                 .public_url = S("https://example.org"),
                                 .log_origin = S("example.org/log") };
    struct app_world world = { &sh->heap, &sh->clock.clock,
                               &sh->entropy.entropy, &sh->files, S("") };
    const uint8_t salt[PASSWORD_SALT_BYTES] = { 1 };
    struct person_row row = { .login = S("quality"),
                              .name = S("示例"),
                              .roles = ROLE_BIT(ROLE_QUALITY) };
    struct registrar by = { .channel = S("test") };

    TRY(entropy_id(&sh->entropy.entropy, &with.body_id));
    TRY(entropy_id(&sh->entropy.entropy, &row.id));
    TRY(folder_make(&sh->files, &sh->arena, shell_path(sh, "real"),
                    FOLDER_PRIVATE));
    TRY(app_found(&sh->arena, &world, shell_path(sh, "real"), &with));
    TRY(app_open(&sh->arena, &world, shell_path(sh, "real"), APP_WRITE, &app));
    TRY(session_secret(&sh->arena, S("right"), salt, PASSWORD_COST_LEAST,
                       &row.secret));
    by.today = day_of_micros(world.clock->now(world.clock));
    return registry_person(app, &sh->arena, &by, &row);
}

TEST(outside_a_demonstration_whoever_acts_proves_it)
{
    static const struct {
        const char *secret;
        struct row row;
    } rows[] = {
        { NULL, { "case list --data @/real", MISUSED, "cli.needs_as" } },
        { NULL,
          { "case list --data @/real --as quality", REFUSES,
            "session.needs_secret" } },
        { "",
          { "case list --data @/real --as quality", REFUSES,
            "session.needs_secret" } },
        { "wrong",
          { "case list --data @/real --as quality", REFUSES,
            "session.secret" } },
        { "right",
          { "case list --data @/real --as nobody", REFUSES,
            "session.secret" } },
        { "right", { "check --data @/real", DOES, "\"cases\": 0" } },
        /* Its address is as it was founded with. */
        { "right",
          { "serve --data @/real --public-url https://example.net", REFUSES,
            "serve.public_url" } },
        { NULL, { "todo --data @/real", MISUSED, "cli.needs_as" } },
        /* What expired does not come back: not before its day. */
        { NULL,
          { "tick --data @/real --today 2026-11-25", REFUSES, "tick.ahead" } },
        { NULL, { "tick --data @/real", DOES, "\"today\": \"2026-11-24\"" } },
        { NULL,
          { "tick --data @/real --today 2026-11-23", DOES, "\"failed\": 0" } },
    };
    TEST_SHELL(sh);

    EXPECT_OK(found_real(&sh));
    for (size_t i = 0; i < COUNT(rows); i++) {
        sh.secret = rows[i].secret;
        shell_expect(&sh, &rows[i].row);
    }
    sh.secret = "right";
    struct said said = shell_run(&sh, "case list --data @/real --as quality");
    EXPECT(said.status == 0 && said.out.n == 0 && said.err.n == 0);
}

/* --- serve ------------------------------------------------------------ */

TEST(a_demonstration_is_served_on_addresses_of_this_machine_only)
{
    static const struct row rows[] = {
        { "serve --data @/demo --listen 0.0.0.0:0", REFUSES,
          "serve.demonstration" },
        { "serve --data @/demo --listen [::]:0", REFUSES,
          "serve.demonstration" },
        { "serve --data @/demo --listen 192.0.2.1:8010", REFUSES,
          "serve.demonstration" },
        { "serve --data @/demo --listen 126.255.255.255:0", REFUSES,
          "serve.demonstration" },
        { "serve --data @/demo --listen 128.0.0.1:0", REFUSES,
          "serve.demonstration" },
        { "serve --data @/demo --listen 127.0.0.1", REFUSES, "listen.form" },
        { "serve --data @/demo --listen localhost:0", REFUSES, "listen.form" },
        { "serve --data @/demo --listen 127.example.org:0", REFUSES,
          "listen.form" },
        { "serve --data @/demo --listen 127.0.0.1:99999", REFUSES,
          "listen.form" },
        { "serve --data @/none", REFUSES, "app.none" },
        { "serve --data @/demo --public-url example.org", MISUSED, "cli.url" },
        { "serve --data @/demo --public-url ftp://example.org", MISUSED,
          "cli.url" },
        { "serve --data @/demo --public-url https://", MISUSED, "cli.url" },
        { "serve --data @/demo --public-url https:///c", MISUSED, "cli.url" },
        { "serve --data @/demo --public-url 'http://a_b'", MISUSED, "cli.url" },
        { "serve --data @/demo --public-url https://示例", MISUSED, "cli.url" },
        { "serve --data @/demo --public-url=", MISUSED, "cli.url" },
        { "serve --data @/demo --today never", MISUSED, "cli.day" },
        { "serve", MISUSED, "cli.needs_option" },
    };
    TEST_SHELL(sh);

    shell_demonstrate(&sh, 0);
    SHELL_EXPECT_ALL(&sh, rows);
}

TEST(a_port_that_is_taken_is_refused)
{
    TEST_SHELL(sh);
    struct row row = { NULL, REFUSES, "listen.taken" };
    char words[80];
    uint16_t port = 0;
    int fd = -1;

    shell_demonstrate(&sh, 0);
    EXPECT_OK(listen_open(&sh.arena, S("127.0.0.1:0"), &fd, &port));
    (void)snprintf(words, sizeof words,
                   "serve --data @/demo --listen 127.0.0.1:%d", port);
    row.words = words;
    shell_expect(&sh, &row);
    EXPECT(close(fd) == 0);
}

TEST(a_folder_that_is_served_is_refused_to_a_second_server_and_to_rebuild_only)
{
    static const struct row serve = { "serve --data @/demo", REFUSES,
                                      "lock.held" };
    static const struct row check = { "check --data @/demo", DOES,
                                      "\"cases\": 0" };
    static const struct row rebuild = { "rebuild --data @/demo", REFUSES,
                                        "lock.held" };
    static const struct row feed = { "register rebuild --data @/demo", REFUSES,
                                     "lock.held" };
    TEST_SHELL(sh);
    scoped(lock_drop) struct lock held = LOCK_NONE;

    shell_demonstrate(&sh, 0);
    EXPECT_OK(lock_take(&sh.files, &sh.arena, shell_path(&sh, "demo"), &held));
    shell_expect(&sh, &serve);
    shell_expect(&sh, &rebuild);
    shell_expect(&sh, &feed);
    shell_expect(&sh, &check);
    EXPECT(
        shell_run(&sh,
                  "case do new case.open scheme=ten-star level=ten" AS_NEWCOMER)
            .status == 0);
}
