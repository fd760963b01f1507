#ifndef CLI_CLI_H
#define CLI_CLI_H

/*
 * cli -- the command line: one file a subcommand, each with its table.
 *
 *   [CLI1] Exit 0: done; 1: refused or found wrong, with the reason; 2: wrong
 *          usage.
 *   [CLI2] With --json stdout holds one JSON document and nothing else;
 *          messages go to stderr, in the reader's language.  The document
 *          of what was refused or misused is {"refused": ..}.
 *   [CLI3] The language is --lang, else LC_ALL, LC_MESSAGES, LANG, else zh.
 *   [CLI4] What cannot be written to stdout is a failure: exit 1.
 */

#include "base/buf.h"
#include "base/day.h"
#include "base/version.h"
#include "cli/arguments.h"
#include "sys/clock.h"
#include "sys/entropy.h"
#include "sys/files.h"
#include "text/text.h"

struct arena;
struct heap;
struct json;

struct cli {
    int out_fd; /* for cli_flush() */
    int err_fd; /* for signs of life */
    struct heap *heap;
    struct arena *arena;
    enum lang lang;
    bool json;
    struct buf out; /* becomes stdout when the subcommand returns */
    bool wrong;     /* found something wrong: exit 1 though nothing failed */
    struct clock *clock;
    struct entropy *entropy;
    struct file_ops *files;
    const char *secret;         /* TENSTAR_SECRET of the environment, or NULL */
    const char *passphrase;     /* TENSTAR_PASSPHRASE, likewise */
    const char *new_passphrase; /* TENSTAR_NEW_PASSPHRASE */
    const char *import_passphrase; /* TENSTAR_IMPORT_PASSPHRASE */
    const char *credentials;       /* CREDENTIALS_DIRECTORY of systemd */
};

/* What main() hands in. */
struct cli_world {
    struct clock *clock;
    struct entropy *entropy;
    struct file_ops *files;
    const char *locale; /* of LC_ALL, LC_MESSAGES, LANG: the first set */
    const char *secret;
    const char *passphrase;
    const char *new_passphrase;
    const char *import_passphrase;
    const char *credentials;
    int out; /* file descriptors */
    int err;
};

/* Run the program's words; returns the exit status [CLI1]. */
int cli_run(struct heap *h, const struct cli_world *world, int argc,
            char **argv);

/* Nothing can be run, because of `why`: say so on stderr, in the language of
 * the locale; returns the exit status. */
int cli_refuse(struct heap *h, const struct cli_world *world, err why);

/* Print a catalogue text, with named arguments, and a newline. */
#define cli_say(cli, id, ...)                                                  \
    cli_say_args((cli), (id),                                                  \
                 (const struct err_arg[]){ __VA_ARGS__ __VA_OPT__(, ){ 0 } })
void cli_say_args(struct cli *cli, const char *message,
                  const struct err_arg *args);

/* [CLI2] With --json what was printed becomes the text `key` of a document;
 * otherwise nothing happens. */
err cli_print_text(struct cli *cli, const char *key);

/* Put what was printed on stdout at once: for a subcommand that goes on.
 * ERR_IO "output.lost" (number) when that fails. */
err cli_flush(struct cli *cli);

/* Print the document, indented, and a newline. */
err cli_print_json(struct cli *cli, const struct json *j);

/* The text that `b` comes to; without memory for it the subcommand fails when
 * it ends, and this is empty. */
str cli_text(struct cli *cli, struct buf *b);

/* --today, else the clock's day at UTC+8.  ERR_INVALID "cli.day". */
err cli_today(struct cli *cli, const struct arguments *args, day *out);

/* A day given as a word.  ERR_INVALID "cli.day" (given). */
err cli_day(struct cli *cli, str word, day *out);

/* The working-day calendar that is compiled in. */
err cli_calendar(struct cli *cli, struct calendar **out);

/* The label in the reader's language. */
struct label;
str cli_label(const struct cli *cli, struct label l);

/* Every subcommand, for dispatch, help and the manual page. */
extern const struct subcommand *const cli_subcommands[];
extern const size_t cli_subcommand_count;

extern const struct subcommand scheme_check_command;
extern const struct subcommand scheme_show_command;
extern const struct subcommand scheme_diff_command;
extern const struct subcommand scheme_freeze_command;
extern const struct subcommand person_add_command;
extern const struct subcommand person_invite_command;
extern const struct subcommand person_reset_command;
extern const struct subcommand person_until_command;
extern const struct subcommand person_sessions_command;
extern const struct subcommand enterprise_add_command;
extern const struct subcommand score_command;
extern const struct subcommand id_check_command;
extern const struct subcommand day_add_command;
extern const struct subcommand found_command;
extern const struct subcommand demo_command;
extern const struct subcommand serve_command;
extern const struct subcommand case_list_command;
extern const struct subcommand case_show_command;
extern const struct subcommand case_history_command;
extern const struct subcommand case_do_command;
extern const struct subcommand case_offers_command;
extern const struct subcommand fee_estimate_command;
extern const struct subcommand register_import_command;
extern const struct subcommand register_export_command;
extern const struct subcommand register_check_command;
extern const struct subcommand register_root_command;
extern const struct subcommand register_prove_command;
extern const struct subcommand register_mirror_command;
extern const struct subcommand register_rebuild_command;
extern const struct subcommand records_inspect_command;
extern const struct subcommand records_kpi_command;
extern const struct subcommand records_screen_command;
extern const struct subcommand records_report_command;
extern const struct subcommand records_sheet_command;
extern const struct subcommand records_verify_command;
extern const struct subcommand records_room_command;
extern const struct subcommand case_checklist_command;
extern const struct subcommand case_papers_command;
extern const struct subcommand case_review_command;
extern const struct subcommand case_improve_command;
extern const struct subcommand case_document_command;
extern const struct subcommand case_forecast_command;
extern const struct subcommand todo_command;
extern const struct subcommand calendar_link_command;
extern const struct subcommand calendar_list_command;
extern const struct subcommand calendar_revoke_command;
extern const struct subcommand body_show_command;
extern const struct subcommand body_change_command;
extern const struct subcommand body_contact_command;
extern const struct subcommand mail_set_command;
extern const struct subcommand mail_list_command;
extern const struct subcommand mail_send_command;
extern const struct subcommand mail_test_command;
extern const struct subcommand mail_digest_command;
extern const struct subcommand webhook_add_command;
extern const struct subcommand webhook_list_command;
extern const struct subcommand webhook_remove_command;
extern const struct subcommand webhook_resume_command;
extern const struct subcommand webhook_try_command;
extern const struct subcommand webhook_send_command;
extern const struct subcommand webhook_local_command;
extern const struct subcommand tick_command;
extern const struct subcommand certificate_show_command;
extern const struct subcommand certificate_mark_command;
extern const struct subcommand certificate_pdf_command;
extern const struct subcommand check_command;
extern const struct subcommand rebuild_command;
extern const struct subcommand backup_command;
extern const struct subcommand restore_command;
extern const struct subcommand report_check_command;
extern const struct subcommand report_export_command;
extern const struct subcommand report_mark_command;
extern const struct subcommand report_list_command;
extern const struct subcommand report_set_command;
extern const struct subcommand report_fields_command;
extern const struct subcommand key_list_command;
extern const struct subcommand key_make_command;
extern const struct subcommand key_retire_command;
extern const struct subcommand key_lock_command;
extern const struct subcommand key_uses_command;
extern const struct subcommand credential_make_command;
extern const struct subcommand key_request_command;
extern const struct subcommand key_certificate_command;
extern const struct subcommand key_import_command;
extern const struct subcommand log_show_command;
extern const struct subcommand log_vkey_command;
extern const struct subcommand log_checkpoint_command;
extern const struct subcommand log_proof_command;
extern const struct subcommand dossier_command;
extern const struct subcommand recompute_command;
extern const struct subcommand log_export_command;
extern const struct subcommand log_witness_list_command;
extern const struct subcommand log_witness_add_command;
extern const struct subcommand log_witness_remove_command;
extern const struct subcommand log_witness_ask_command;
extern const struct subcommand witness_command;
extern const struct subcommand verify_command;
extern const struct subcommand manual_command;

#endif
