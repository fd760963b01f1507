/*
 * Tampering, right in the store: what is found, and that nothing is done on
 * top of it. [CA5] [CK1]-[CK6] [SQ1]-[SQ3] [17065 7.12]
 */
#include "service/test_tamper.h"

#include "base/size.h"

/* Of the case; of its certificate, which is issued and waits for the log. */
#define CASE   "stream = (SELECT id FROM stream WHERE kind = 'case')"
#define ISSUED "stream = (SELECT id FROM stream WHERE kind = 'certificate')"
#define OF_KIND(kind)                                                          \
    "stream IN (SELECT id FROM stream WHERE kind = '" kind "')"
#define LAST "version = (SELECT version FROM stream WHERE kind = 'case')"
#define SOME_HASH                                                              \
    "(SELECT j.hash FROM kept_journal j, kept_stream s"                        \
    " WHERE s.kind = 'case' AND j.stream = s.id AND j.version = 2)"
#define FIRST_SCHEME                                                           \
    "(SELECT min(idx) FROM kept_log_entry WHERE subject LIKE 'scheme/%')"
#define SOME_LEAF "(SELECT leaf FROM kept_log_entry WHERE idx = 1)"
#define NOBODY    "(SELECT id FROM stream WHERE kind = 'body')"

/* clang-format off */
static const struct tampering journals[] = {
    /* The case's own. */
    { "the text of an event",
      "UPDATE journal SET body = replace(body, '2026', '2025') WHERE version = 7 AND " CASE,
      "journal.tampered", "C2026-0001", 7, "journal.tampered", "journal.tampered" },
    { "the text of the first event",
      "UPDATE journal SET body = replace(body, 'ten', 'six') WHERE version = 1 AND " CASE,
      "journal.tampered", "C2026-0001", 1, "journal.tampered", "journal.tampered" },
    { "an event that is no JSON any more",
      "UPDATE journal SET body = '{' WHERE version = 3 AND " CASE,
      "journal.tampered", "C2026-0001", 3, "journal.tampered", "journal.tampered" },
    { "the hash of an event",
      "UPDATE journal SET hash = " SOME_HASH " WHERE version = 9 AND " CASE,
      "journal.tampered", "C2026-0001", 9, "journal.tampered", "journal.tampered" },
    { "the type beside an event",
      "UPDATE journal SET type = 'case.opened' WHERE version = 4 AND " CASE,
      "journal.tampered", "C2026-0001", 4, "journal.tampered", "journal.tampered" },
    { "the day beside an event",
      "UPDATE journal SET day = day - 1 WHERE version = 5 AND " CASE,
      "journal.tampered", "C2026-0001", 5, "journal.tampered", "journal.tampered" },
    { "the instant beside an event",
      "UPDATE journal SET at = at - 1 WHERE version = 6 AND " CASE,
      "journal.tampered", "C2026-0001", 6, "journal.tampered", "journal.tampered" },
    { "an event in the place of another, hash and all",
      "DELETE FROM journal WHERE version = 8 AND " CASE ";"
      "INSERT INTO journal SELECT stream, 8, type, at, day, body, hash"
      " FROM kept_journal WHERE version = 9 AND " CASE,
      "journal.tampered", "C2026-0001", 8, "journal.tampered", "journal.tampered" },
    { "two events swapped",
      "UPDATE journal SET version = 1000 WHERE version = 11 AND " CASE ";"
      "UPDATE journal SET version = 11 WHERE version = 12 AND " CASE ";"
      "UPDATE journal SET version = 12 WHERE version = 1000 AND " CASE,
      "journal.tampered", "C2026-0001", 11, "journal.tampered", "journal.tampered" },
    { "an event dropped",
      "DELETE FROM journal WHERE version = 10 AND " CASE,
      "journal.tampered", "C2026-0001", 10, "journal.tampered", "journal.tampered" },
    { "the first event dropped",
      "DELETE FROM journal WHERE version = 1 AND " CASE,
      "journal.tampered", "C2026-0001", 1, "journal.tampered", "journal.tampered" },
    { "the last event dropped",
      "DELETE FROM journal WHERE " LAST " AND " CASE,
      "journal.tampered", "C2026-0001", EVENT_LAST, "journal.tampered", "journal.tampered" },
    { "every event dropped",
      "DELETE FROM journal WHERE " CASE,
      "journal.tampered", "C2026-0001", 1, "journal.tampered", "journal.tampered" },
    { "the last event once more",
      "INSERT INTO journal SELECT stream, version + 1, type, at, day, body, hash"
      " FROM kept_journal WHERE " LAST " AND " CASE,
      "journal.tampered", "C2026-0001", EVENT_LAST + 1, "journal.tampered", "journal.tampered" },
    { "the hash that the stream ends with",
      "UPDATE stream SET head = " SOME_HASH " WHERE kind = 'case'",
      "journal.tampered", "C2026-0001", EVENT_LAST, "journal.tampered", "journal.tampered" },
    { "the last event dropped, and the stream told so",
      "DELETE FROM journal WHERE " LAST " AND " CASE ";"
      "UPDATE stream SET version = version - 1 WHERE kind = 'case';"
      "UPDATE stream SET head = (SELECT hash FROM journal WHERE " LAST " AND " CASE ")"
      " WHERE kind = 'case'",
      "check.case", "C2026-0001", 0, "check.case", "check.certificate" },

    /* The certificate's. */
    { "the text of a certificate",
      "UPDATE journal SET body = replace(body, 'ten', 'six') WHERE " ISSUED,
      "journal.tampered", "00026SC0001R0S", 1, NULL, "journal.tampered" },
    { "a certificate without any event",
      "DELETE FROM journal WHERE " ISSUED ";"
      "UPDATE stream SET version = 0 WHERE kind = 'certificate'",
      "journal.tampered", "00026SC0001R0S", 1, NULL, "journal.tampered" },
    { "a certificate's journal is gone",
      "DELETE FROM journal WHERE " ISSUED ";"
      "DELETE FROM stream WHERE kind = 'certificate'",
      "check.certificate", "00026SC0001R0S", 0, NULL, "check.pending" },
    { "a certificate under another number",
      "UPDATE stream SET number = 'X' WHERE kind = 'certificate'",
      "check.certificate", "X", 0, NULL, "check.pending" },
    { "a certificate passed off as a person",
      "UPDATE stream SET kind = 'person' WHERE kind = 'certificate'",
      "journal.tampered", "00026SC0001R0S", 1, NULL, "check.pending" },

    /* Those that are no case. */
    { "the name in an enterprise's journal",
      "UPDATE journal SET body = replace(body, '有限公司', '无限公司') WHERE " OF_KIND("enterprise"),
      "journal.tampered", NULL, 1, "journal.tampered", NULL },
    { "the roles in a person's journal",
      "UPDATE journal SET body = replace(body, 'auditor', 'reviewer') WHERE " OF_KIND("person"),
      "journal.tampered", NULL, 1, NULL, NULL },
    { "the hash in a scheme's journal",
      "UPDATE journal SET body = replace(body, 'hash', 'hush') WHERE " OF_KIND("scheme"),
      "journal.tampered", NULL, 1, NULL, NULL },
};

static const struct tampering projections[] = {
    { "the stage in the list of cases", "UPDATE case_view SET stage = 3",
      "check.case", "C2026-0001", 0, "check.case", NULL },
    { "the deadline in the list of cases", "UPDATE case_view SET due = due + 1",
      "check.case", "C2026-0001", 0, "check.case", NULL },
    { "the level in the list of cases", "UPDATE case_view SET wanted = 'three'",
      "check.case", "C2026-0001", 0, "check.case", NULL },
    { "a case is not in the list", "DELETE FROM case_view",
      "check.case", "C2026-0001", 0, "check.case", NULL },
    { "a case that nobody opened",
      "INSERT INTO case_view SELECT " NOBODY ", 'C2026-0002', enterprise, scheme_id, scheme_hash,"
      " stage, status, wanted, opened, due, due_provisional, NULL, version, NULL FROM kept_case_view",
      "check.row", "C2026-0002", 0, NULL, NULL },

    { "days of which no plan says anything",
      "INSERT INTO booking SELECT c.id, p.id, 1, 2 FROM case_view c, person p"
      " WHERE p.login = 'auditor1'",
      "check.case", "C2026-0001", 0, NULL, NULL },
    { "days for a case that is none",
      "INSERT INTO booking SELECT " NOBODY ", id, 1, 2 FROM person WHERE login = 'auditor1'",
      "check.row", "booking", 0, NULL, NULL },

    { "the holder of a certificate", "UPDATE certificate SET holder = 'x'",
      "check.certificate", "00026SC0001R0S", 0, NULL, NULL },
    { "the last day of a certificate", "UPDATE certificate SET valid_until = valid_until + 1",
      "check.certificate", "00026SC0001R0S", 0, NULL, NULL },
    { "the status of a certificate", "UPDATE certificate SET status = 1",
      "check.certificate", "00026SC0001R0S", 0, NULL, NULL },
    { "the place of a certificate in the log", "UPDATE certificate SET log_index = 0",
      "check.certificate", "00026SC0001R0S", 0, NULL, NULL },
    { "the enterprise of a certificate", "UPDATE certificate SET enterprise = NULL",
      "check.certificate", "00026SC0001R0S", 0, NULL, NULL },
    { "a certificate is not on the register", "DELETE FROM certificate",
      "check.certificate", "00026SC0001R0S", 0, NULL, "check.certificate" },
    { "the package of a certificate", "UPDATE certificate SET scheme_hash = NULL",
      "check.certificate", "00026SC0001R0S", 0, NULL, NULL },
    { "the end of a suspension", "UPDATE certificate SET suspended_until = valid_until",
      "check.certificate", "00026SC0001R0S", 0, NULL, NULL },
    { "a certificate that nobody issued",
      "INSERT INTO certificate SELECT 'FORGED', " NOBODY ","
      " case_id, enterprise, holder, uscc, scheme_id, criterion, level_id, stars, issued,"
      " valid_from, valid_until, first_issued, status, status_since, scope_zh, scope_en,"
      " log_index, version, scheme_hash, suspended_until FROM kept_certificate",
      "check.row", "FORGED", 0, NULL, NULL },

    { "the name of an enterprise", "UPDATE enterprise SET name = 'x'",
      "check.enterprise", NULL, 0, "check.enterprise", NULL },
    { "the code of an enterprise", "UPDATE enterprise SET uscc = 'x' WHERE uscc = '" OFFICE_USCC "'",
      "check.enterprise", "x", 0, "check.enterprise", NULL },
    { "an enterprise that nobody registered",
      "INSERT INTO enterprise SELECT " NOBODY ", 'FORGED', name,"
      " name_en, registered, province, city, address, scope, contact_name, contact_phone,"
      " contact_mail FROM kept_enterprise WHERE uscc = '" OFFICE_USCC "'",
      "check.row", "FORGED", 0, NULL, NULL },

    { "the roles of a person", "UPDATE person SET roles = roles + 1 WHERE login = 'intake'",
      "check.person", NULL, 0, NULL, NULL },
    { "the enterprise of a person", "UPDATE person SET enterprise = NULL WHERE login = 'newcomer'",
      "check.person", NULL, 0, NULL, NULL },
    { "a person who is there is said to have left",
      "UPDATE person SET state = 1 WHERE login = 'intake'",
      "check.person", NULL, 0, NULL, NULL },
    { "a person is in a state that there is not",
      "UPDATE person SET state = 2 WHERE login = 'intake'",
      "store.row", "intake", 0, NULL, NULL },
    { "a person whom nobody added",
      "INSERT INTO person SELECT " NOBODY ", 'forged', name,"
      " roles, enterprise, secret, state FROM kept_person WHERE login = 'head'",
      "check.row", "forged", 0, NULL, NULL },
    { "a tie is gone", "DELETE FROM relation",
      "check.person", NULL, 0, NULL, NULL },
    { "a tie ends", "UPDATE relation SET until = 0",
      "check.person", NULL, 0, NULL, NULL },
    { "a tie that nobody declared",
      "INSERT INTO relation SELECT p.id, e.id, NULL FROM person p, enterprise e"
      " WHERE p.login = 'head'",
      "check.person", NULL, 0, NULL, NULL },

    { "a frozen package", 
      "UPDATE scheme_file SET bytes = " SOME_LEAF
      " WHERE hash = (SELECT scheme_hash FROM case_view)",
      "app.scheme", NULL, 0, "app.scheme", NULL },
    { "a frozen package that no case uses", 
      "DELETE FROM scheme_file WHERE hash <> (SELECT scheme_hash FROM case_view)",
      "app.scheme", NULL, 0, NULL, NULL },
    { "the version of a package", "UPDATE scheme_package SET version = 'x' WHERE id = 'mini'",
      "check.package", "mini", 0, NULL, NULL },
    { "a package that nobody froze",
      "INSERT INTO scheme_package SELECT " SOME_HASH ", 'mini', '2', 0",
      "check.row", "mini", 0, NULL, NULL },
};

static const struct tampering logs[] = {
    { "the leaf that waits",
      "UPDATE log_pending SET leaf = " SOME_LEAF,
      "check.unlogged", "00026SC0001R0S", 1, NULL, "check.pending" },
    { "what the leaf that waits is about", "UPDATE log_pending SET subject = 'scheme/mini'",
      "check.unlogged", "00026SC0001R0S", 1, NULL, "check.pending" },
    { "since when a leaf waits", "UPDATE log_pending SET at = at + 1",
      "check.unlogged", "00026SC0001R0S", 1, NULL, "check.pending" },
    { "a leaf that waits is gone", "DELETE FROM log_pending",
      "check.unlogged", "00026SC0001R0S", 1, NULL, NULL },
    { "a leaf that nobody made",
      "INSERT INTO log_pending (id, at, subject, leaf)"
      " SELECT 1000, at, 'certificate/FORGED', leaf FROM kept_log_pending ORDER BY id LIMIT 1",
      "check.pending", "certificate/FORGED", 0, NULL, "check.pending" },
    { "a leaf of nothing that has leaves",
      "INSERT INTO log_pending (id, at, subject, leaf)"
      " SELECT 1000, at, 'x', leaf FROM kept_log_pending ORDER BY id LIMIT 1",
      "check.pending", "x", 0, NULL, "check.pending" },

    { "an entry's bytes", "UPDATE log_entry SET leaf = leaf_hash WHERE idx = 1",
      "tlog.entry", NULL, 0, NULL, NULL },
    { "what an entry is about", "UPDATE log_entry SET subject = 'scheme/x' WHERE idx = " FIRST_SCHEME,
      "check.unlogged", NULL, 1, NULL, NULL },
    { "the instant of an entry", "UPDATE log_entry SET at = 0 WHERE idx = " FIRST_SCHEME,
      "check.unlogged", NULL, 1, NULL, NULL },
    { "an entry whose journal is gone",
      "DELETE FROM scheme_file WHERE hash <> (SELECT scheme_hash FROM case_view);"
      "DELETE FROM scheme_package WHERE hash <> (SELECT scheme_hash FROM case_view);"
      "DELETE FROM journal WHERE stream IN (SELECT id FROM stream WHERE kind = 'scheme' AND number <> 'mini');"
      "DELETE FROM stream WHERE kind = 'scheme' AND number <> 'mini'",
      "check.entry", NULL, 0, NULL, NULL },
    { "the last entry is gone",
      "DELETE FROM log_entry WHERE idx = (SELECT max(idx) FROM kept_log_entry)",
      "tlog.node", NULL, 0, NULL, "tlog.restored" },
    { "a node",
      "UPDATE log_node SET hash = " SOME_HASH
      " WHERE level = (SELECT max(level) FROM kept_log_node)",
      "tlog.node", NULL, 0, NULL, "tlog.forked" },
    { "a checkpoint's root", "UPDATE log_checkpoint SET root = " SOME_HASH,
      "tlog.checkpoint", NULL, 0, NULL, "tlog.damaged" },
    { "a checkpoint's signature", "UPDATE log_checkpoint SET note = replace(note, 'log', 'lag')",
      "tlog.checkpoint", NULL, 0, NULL, "tlog.damaged" },
};
/* clang-format on */

/* [CA5] [CK1] [SQ2] */
EACH_STORE_TEST(a_tampered_journal_is_named_and_nothing_done_on_top_of_it)
{
    tamper_with_each(place, journals, COUNT(journals));
}

/* [CK2] */
EACH_STORE_TEST(a_projection_that_is_not_as_the_journal_has_it_is_named)
{
    tamper_with_each(place, projections, COUNT(projections));
}

/* [CK3] [CK5] [SQ1] [SQ2] */
EACH_STORE_TEST(a_log_that_is_not_as_the_journals_have_it_is_named)
{
    tamper_with_each(place, logs, COUNT(logs));
}
