/*
 * Every kind of event in every version, as it was written once and has to be
 * read for ever: tests/golden/events. [EV2] [17065 7.12]
 *
 * A text that is there is never written anew; a kind without one gets it with
 * TENSTAR_GOLDEN=write (test_pinned.h).
 */

#include "domain/commands.h"
#include "domain/import.h"
#include "domain/keys.h"
#include "domain/reporting.h"
#include "domain/test_fixture.h"
#include "domain/test_pinned.h"

#include <stdio.h>

enum { NAME_BYTES = 100 };

static void name_of(char out[static NAME_BYTES], const struct event_kind *k)
{
    (void)snprintf(out, NAME_BYTES, "events/%s.%d.json", k->name, k->version);
}

/* --- one of each ---------------------------------------------------------- */

/* A case that takes every detour of the main path. */
static void go_all_the_way(struct fixture *f)
{
    static const char document[] =
        "{'requirement':'licence','title':'执照','blob':'" ONES "','size':1}";
    static const char manual[] =
        "{'requirement':'manual','title':'手册','blob':'" ONES "','size':1}";
    static const char plan[] =
        "{'lead':'lead','members':['auditor'],'from':'2026-03-16',"
        "'to':'2026-03-18','person_days':45}";
    static const char another[] =
        "{'lead':'lead','members':['spare'],'from':'2026-03-16',"
        "'to':'2026-03-18','person_days':45}";
    static const char correction[] =
        "{'number':1,'cause':'分工','action':'专人','evidence':['签到']}";

    do_preparation(f, false);
    DO(f, "intake", "supplement.ask", "{'note':'执照'}");
    DO(f, "applicant", "document.add", document);
    DO(f, "applicant", "application.resubmit", "{}");
    do_completeness(f);
    do_contract(f);
    DO(f, "lead", "document.judge",
       "{'requirement':'manual','quantified':'no','closed':'yes',"
       "'resourced':'na','note':'没有时限'}");
    DO(f, "lead", "revision.ask", "{'until':'2026-03-10','note':'补时限'}");
    DO(f, "applicant", "document.add", manual);
    DO(f, "auditor", "risk.note",
       "{'title':'抽样风险提示','blob':'" ONES "','size':2000,'records':'" ONES
       "','raised':2}");
    do_documents(f);
    DO(f, "planner", "plan.make", another);
    DO(f, "applicant", "plan.object", "{'reasons':'曾任职于竞争对手'}");
    DO(f, "planner", "plan.make", plan);
    DO(f, "applicant", "plan.agree", "{}");
    set_today(f, "2026-03-16");
    DO(f, "lead", "audit.open", "{'note':'首次会议'}");
    do_findings(f, "not_met");
    DO(f, "auditor", "nonconformity.raise",
       "{'indicator':'1.1','grade':'minor','text':'职责不清'}");
    DO(f, "lead", "special.record", "{'bonus':true,'note':'行业领先'}");
    do_sample(f, 5);
    DO(f, "lead", "defence.record", "{'passed':true,'note':'负责人答辩'}");
    DO(f, "lead", "audit.close", "{}");
    DO(f, "lead", "report.issue",
       "{'recommended':true,'summary':'报告','correct_until':'2026-04-05'}");
    DO(f, "applicant", "report.acknowledge", "{}");
    DO(f, "planner", "correction.extend",
       "{'until':'2026-04-10','reason':'节假日'}");
    DO(f, "applicant", "correction.submit", correction);
    DO(f, "auditor", "correction.return", "{'number':1,'note':'缺签到'}");
    DO(f, "applicant", "correction.submit", correction);
    DO(f, "auditor", "correction.accept", "{'number':1,'note':'可'}");
    DO(f, "reviewer", "decision.question", "{'reasons':'谁核对名单？'}");
    DO(f, "lead", "decision.answer", "{'reasons':'审查组'}");
    do_decision(f);
    DO(f, "applicant", "message.send", "{'text':'证书何时寄出？\\n谢谢'}");
    DO(f, "intake", "message.settle", "{'note':'已电话答复'}");
    DO(f, "certificates", "certificate.issue", "{}");
    set_today(f, "2027-03-01");
    do_round_plan(f);
    DO(f, "applicant", "change.ask",
       "{'kind':'sites','sites':['一店'],'reasons':'关店'}");
    DO(f, "jack", "change.approve", "{'number':1}");
}

#define REDUCED                                                                \
    "{'scope':'空调售后','scope_en':'Air conditioners','reasons':'停产'}"

/* What befalls a certificate, up to its end. */
static void live(struct fixture *f)
{
    go_to(f, STAGE_UPKEEP);
    DO(f, "certificates", "certificate.suspend",
       "{'code':'0111','reasons':'热线停用','confirmed':'2026-03-10'}");
    DO(f, "applicant", "appeal.file",
       "{'subject':'suspension','grounds':'热线已恢复','evidence':['记录']}");
    DO(f, "quality", "appeal.assign", "{'members':['appeal']}");
    DO(f, "appeal", "appeal.decide", "{'upheld':true,'reasons':'属实'}");
    DO(f, "reviewer", "certificate.restore", "{'reasons':'已整改'}");
    DO(f, "reviewer", "reduction.decide", REDUCED);
    DO(f, "head", "reduction.return", "{'reasons':'请核对范围'}");
    DO(f, "reviewer", "reduction.decide", REDUCED);
    DO(f, "head", "certificate.reduce", "{'note':'同意'}");
    DO(f, "intake", "complaint.record",
       "{'about':'enterprise','text':'回复太慢','received':'2026-03-16'}");
    DO(f, "quality", "complaint.assign", "{'number':1,'to':'finance'}");
    DO(f, "finance", "complaint.answer",
       "{'number':1,'justified':true,'answer':'属实'}");
    DO(f, "applicant", "mark.ask",
       "{'use':'tender','where':'投标书','words':'服务认证'}");
    DO(f, "applicant", "mark.ask",
       "{'use':'packaging','where':'外箱','words':'Service "
       "certification','artwork':'" ONES "'}");
    DO(f, "certificates", "mark.approve",
       "{'number':1,'conditions':'不小于 10 毫米'}");
    DO(f, "certificates", "mark.refuse", "{'number':2,'reasons':'图样有改动'}");
    DO(f, "certificates", "certificate.sub",
       "{'site':'一店','scope':'空调售后','scope_en':'Air conditioners',"
       "'until':'2028-01-31'}");
    DO(f, "certificates", "certificate.sub_end",
       "{'number':'00026SC0006R0S-1','why':'closed','reasons':'停业'}");
    DO(f, "certificates", "mark.stop", "{'number':1,'reasons':'已流标'}");
    DO(f, "certificates", "misuse.record",
       "{'kind':'as_product','use':2,'text':'外箱称产品认证',"
       "'found':'2026-03-16','until':'2026-03-30'}");
    DO(f, "certificates", "misuse.settle",
       "{'number':1,'outcome':'corrected','text':'已更换'}");
    DO(f, "applicant", "change.ask",
       "{'kind':'name','holder':'示例电器集团有限公司','reasons':'更名',"
       "'evidence':['准予变更登记通知书']}");
    DO(f, "reviewer", "change.refuse", "{'number':1,'reasons':'证据不清'}");
    DO(f, "applicant", "change.ask",
       "{'kind':'erratum','address':'示例路 1 号','scope':'空调的售后服务',"
       "'scope_en':'Air conditioners','reasons':'印错'}");
    DO(f, "reviewer", "change.approve", "{'number':2,'note':'已核对'}");
}

/* An event of a stream that is no case, where no command makes it. */
static const struct event *registered(struct fixture *f, const char *name,
                                      const void *data)
{
    static const struct hash nothing;
    struct event_list list = { 0 };

    f->facts.actor = (struct actor){ .person = person_of(f, "admin")->id };
    EXPECT_ROW_OK(name, event_emit(&f->arena, &list, name, &f->facts, data));
    EXPECT_ROW_OK(name, event_seal(&f->arena, list.first, f->enterprise.id, 1,
                                   &nothing));
    return list.first;
}

static const struct event *registration(struct fixture *f, const char *name)
{
    static str roles[] = { S_INIT("auditor"), S_INIT("reviewer") };
    static str codes[] = { S_INIT("DAY_BEGINS"), S_INIT("DAY_ENDS") };
    static struct reported_sheet sheets[] = {
        { S_INIT("证书信息表"), 12, 1, { { 7 } } },
    };
    static str fields[] = { S_INIT("SC03") };
    struct approved_body approved = { S("CNCA-R-2099-801"),
                                      S("示例机构"),
                                      { fields, 1 } };
    struct subsidy subsidy = { S("示例省"),
                               S("示例奖励"),
                               1000000,
                               S("示例发〔2026〕1号"),
                               S("https://example.invalid/1"),
                               on("2026-12-31") };
    const struct enterprise *e = &f->enterprise;
    const struct {
        const char *name;
        const void *data;
    } rows[] = {
        { "enterprise.registered",
          &(struct enterprise_registered){ e->name, e->uscc, e->registered,
                                           e->province, e->city, e->scope } },
        { "person.added", &(struct person_added){ { roles, 2 }, { { 0 } } } },
        { "person.related",
          &(struct person_related){ e->id, TIE_CONSULTED, DAY_NEVER,
                                    S("曾任咨询") } },
        { "person.qualified", &(struct person_qualified){ S("示例-001"),
                                                          AUDITOR_SENIOR,
                                                          on("2028-12-31"),
                                                          { fields, 1 },
                                                          true } },
        { "person.roles_set", &(struct person_roles){ { roles, 2 } } },
        { "person.left", &(struct reasons){ S("离职") } },
        { "person.returned", &(struct note){ S("复职") } },
        { "person.calendars_revoked", &(struct note){ S("手机遗失") } },
        { "enterprise.changed",
          &(struct enterprise_changed){ S("示例新名有限公司"), e->scope,
                                        e->province, e->city, S("更名") } },
        { "enterprise.updated",
          &(struct enterprise_registered){ S("示例新名有限公司"), e->uscc,
                                           e->registered, e->province, e->city,
                                           e->scope } },
        { "enterprise.contact_set", &(struct nothing){ false } },
        { "body.fields_set",
          &(struct body_fields){ { fields, 1 }, S("示例批复") } },
        { "body.approved_set",
          &(struct approved_list){ { &approved, 1 }, S("示例名录") } },
        { "body.subsidies_set", &(struct subsidy_list){ { &subsidy, 1 } } },
        { "body.founded", &(struct body_founded){ f->body.name_zh,
                                                  f->body.name_en,
                                                  f->body.approval,
                                                  f->body.number,
                                                  { f->fields, 1 },
                                                  S("https://demo.example"),
                                                  S("demo.example/log"),
                                                  true,
                                                  S(""),
                                                  S(""),
                                                  S(""),
                                                  S("") } },
        { "body.changed",
          &(struct body_changed){
              .from = f->facts.today,
              .name_zh = S("示例认证有限公司"),
              .name_en = S("Example Certification Ltd"),
              .uscc = S("91350100M000100Y43"),
              .approval = S("CNCA-R-2099-417"),
              .fields = { fields, 1 },
              .accreditation = S("示例-17"),
              .address = S("示例路 1 号"),
              .phone = S("019-00000000"),
              .document = S("示例批复"),
              .reason = S("示例"),
          } },
        { "package.frozen",
          &(struct scheme_frozen){ S("mini"), S("1"), { { 5 } } } },
        { "import.chunk", &(struct import_chunk){ .file = { { 9 } },
                                                  .part = 1,
                                                  .first = 1,
                                                  .last = 2,
                                                  .lines = 6,
                                                  .read = 5,
                                                  .known = 1,
                                                  .refused = 2,
                                                  .ended = true,
                                                  .root = { { 10 } } } },
        { "register.root", &(struct register_root){ { { 9 } }, 2, 3, 17 } },
        { "report.exported",
          &(struct report_exported){ S("2026-11"), { sheets, 1 }, { { 6 } } } },
        { "report.filed",
          &(struct report_filed){
              S("2026-11"), { { 6 } }, f->facts.today, S("示例回执") } },
        { "key.made",
          &(struct key_made){ KEY_CREDENTIAL, 1, KEY_ED25519, S(ONES) } },
        { "key.retired",
          &(struct key_retired){ KEY_CREDENTIAL, 1, KEY_COMPROMISED,
                                 on("2026-03-01"), S("备份丢失") } },
        { "credential.signed",
          &(struct credential_signed){ S("00026SC0006R0S-1"),
                                       S("00026SC0006R0S"),
                                       2,
                                       { { 8 } },
                                       94567,
                                       1 } },
        { "key.certified", &(struct key_certified){ KEY_PDF, 1, { { 7 } } } },
        { "particulars.said",
          &(struct particulars_said){ S("body"), { codes, 2 } } },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        if (strcmp(rows[i].name, name) == 0)
            return registered(f, name, rows[i].data);
    }
    return NULL;
}

/* The first event of kind `k` in the case, or NULL. */
static const struct event *first_of(const struct fixture *f,
                                    const struct event_kind *k)
{
    for (size_t i = 0; i < f->n; i++) {
        if (f->events[i]->kind == k)
            return f->events[i];
    }
    for (size_t i = 0; i < f->public_count; i++) {
        if (f->publics[i]->kind == k)
            return f->publics[i];
    }
    return NULL;
}

static void pin(struct fixture *f, const struct event_kind *k,
                const struct event *e)
{
    char name[NAME_BYTES];

    name_of(name, k);
    if (pinned_text(&f->arena, name).n > 0)
        return;
    EXPECT_ROW(name, e != NULL);
    if (e != NULL)
        expect_pinned(&f->arena, name, e->text);
}

static void pin_case(struct fixture *f)
{
    for (size_t i = 0; i < event_kind_count(); i++) {
        const struct event *e = first_of(f, event_kind_at(i));

        if (e != NULL)
            pin(f, event_kind_at(i), e);
    }
}

/* A transfer, and a network of which part is drawn. */
static void pin_follow(struct fixture *f)
{
    prepare_kind(f, "'kind':'transfer'");
    DO(f, "applicant", "transfer.record",
       "{'number':'99925SC0001R0S','body':'示例机构','approval':'示例',"
       "'criterion':'T 1-2026','level':'ten','first_issued':'2025-05-01',"
       "'until':'2028-04-30','last_audit':'2026-01-05','suspended':false,"
       "'reason':'机构调整','evidence':['证书','报告']}");
    DO(f, "applicant", "application.submit",
       "{'scope':'家用电器的售后服务','staff':40,'service_staff':12,"
       "'sites':[{'name':'总部','place':'示例市','kind':'hq'},"
       "{'name':'一店','place':'示例市','kind':'outlet'},"
       "{'name':'二店','place':'示例市','kind':'outlet'},"
       "{'name':'三店','place':'示例市','kind':'outlet'}]}");
    do_completeness(f);
    do_contract(f);
    do_documents(f);
    DO(f, "planner", "sites.draw", "{}");
    pin_case(f);
}

/* A case that is given up after it was paid for. */
static void pin_money(struct fixture *f)
{
    go_to(f, STAGE_CONTRACT);
    DO(f, "applicant", "offer.note",
       "{'body':'示例机构','approval':'CNCA-R-2099-801','cycle':45,'seniors':2,"
       "'team':'两人','price':1800000,'whole':3400000,'note':'口头'}");
    DO(f, "applicant", "cost.note",
       "{'kind':'consulting','provider':'示例咨询','amount':1,'note':'口头'}");
    do_contract(f);
    DO(f, "finance", "invoice.issue",
       "{'number':'F1','due':'2026-04-01',"
       "'lines':[{'text':'审查费','kind':'fee','amount':1600000}]}");
    DO(f, "finance", "invoice.issue",
       "{'number':'F2','due':'2026-04-01',"
       "'lines':[{'text':'差旅','kind':'travel','amount':200000}]}");
    DO(f, "finance", "invoice.cancel", "{'number':'F2','reason':'抬头有误'}");
    DO(f, "applicant", "case.withdraw", "{'reasons':'重组'}");
    DO(f, "finance", "refund.record",
       "{'amount':480000,'paid':'2026-03-02','reason':'双方协商'}");
    pin_case(f);
}

/* Working papers of a site audit. */
static void pin_papers(struct fixture *f)
{
    go_to(f, STAGE_AUDIT);
    DO(f, "lead", "audit.open", "{}");
    DO(f, "planner", "plan.replace",
       "{'lead':'spare','members':['auditor'],'reason':'组长生病'}");
    DO(f, "applicant", "plan.agree", "{}");
    DO(f, "auditor", "interview.record",
       "{'site':'总部','role':'维修工','people':2,'indicators':['1.2','3.2'],"
       "'note':'知道响应时限'}");
    DO(f, "auditor", "observation.record",
       "{'site':'一店','place':'备件库','indicators':['2.1'],"
       "'note':'没有低库存预警','evidence':['照片 3']}");
    do_draw(f);
    DO(f, "auditor", "sample.call",
       "{'position':1,'on':'2026-03-16','time':'14:30',"
       "'outcome':'no_answer'}");
    pin_case(f);
}

/* A decision of a panel, and a condition that goes with it. */
static void pin_condition(struct fixture *f)
{
    static const char *const voters[] = { "reviewer", "critic", "umpire" };
    static const char answer[] =
        "{'number':1,'text':'已补齐','evidence':['清单']}";

    go_to(f, STAGE_DECISION);
    DO(f, "planner", "decision.panel",
       "{'chair':'reviewer','members':['critic','umpire'],"
       "'experts':['expert']}");
    DO(f, "expert", "decision.advise", "{'text':'热线录音保存不足'}");
    for (size_t i = 0; i < COUNT(voters); i++)
        DO(f, voters[i], "decision.vote",
           "{'outcome':'granted','reasons':'材料齐全'}");
    DO(f, "reviewer", "decision.grant", "{}");
    DO(f, "head", "decision.return", "{'reasons':'请附条件'}");
    DO(f, "reviewer", "decision.propose",
       "{'conditions':[{'text':'补齐备件清单','until':'2026-09-30'}]}");
    for (size_t i = 0; i < COUNT(voters); i++)
        DO(f, voters[i], "decision.vote",
           "{'outcome':'granted','reasons':'附条件同意'}");
    DO(f, "reviewer", "decision.grant", "{}");
    DO(f, "head", "decision.sign", "{}");
    DO(f, "certificates", "certificate.issue", "{}");
    DO(f, "reviewer", "condition.extend",
       "{'number':1,'until':'2026-10-31','reason':'缺货'}");
    DO(f, "applicant", "condition.answer", answer);
    DO(f, "reviewer", "condition.judge",
       "{'number':1,'met':false,'note':'缺型号'}");
    pin_case(f);
}

TEST(every_kind_of_event_is_pinned_in_every_version)
{
    FIXTURE(f);

    go_all_the_way(f);
    pin_case(f);
    fixture_end(&f);

    f = fixture_new();
    live(f);
    DO(f, "reviewer", "withdrawal.decide", "{'code':'0116','reasons':'停业'}");
    DO(f, "head", "certificate.withdraw", "{'note':'同意'}");
    pin_case(f);
    fixture_end(&f);

    f = fixture_new();
    go_to(f, STAGE_UPKEEP);
    DO(f, "applicant", "cancellation.ask", "{'reasons':'停业'}");
    DO(f, "certificates", "certificate.cancel",
       "{'code':'0122','reasons':'企业申请'}");
    pin_case(f);
    fixture_end(&f);

    f = fixture_new();
    go_to(f, STAGE_UPKEEP);
    set_today(f, "2029-12-31");
    EXPECT_OK(give(f, NULL, "certificate.expire", "{}"));
    pin_case(f);
    fixture_end(&f);

    f = fixture_new();
    pin_follow(f);
    fixture_end(&f);

    f = fixture_new();
    pin_money(f);
    fixture_end(&f);

    f = fixture_new();
    pin_papers(f);
    fixture_end(&f);

    f = fixture_new();
    pin_condition(f);
    fixture_end(&f);

    f = fixture_new();
    go_to(f, STAGE_COMPLETENESS);
    DO(f, "intake", "application.decline", "{'reasons':'超出批准范围'}");
    pin_case(f);
    fixture_end(&f);

    f = fixture_new();
    go_to(f, STAGE_COMPLETENESS);
    DO(f, "applicant", "case.withdraw", "{'reasons':'重组'}");
    pin_case(f);
    for (size_t i = 0; i < event_kind_count(); i++)
        pin(f, event_kind_at(i), registration(f, event_kind_at(i)->name));
}

/* --- read for ever -------------------------------------------------------- */

static void read_pinned(struct arena *a, const struct event_kind *k)
{
    char name[NAME_BYTES];
    struct event *e = NULL;

    name_of(name, k);
    str text = pinned_text(a, name);
    if (!EXPECT_ROW_OK(name, event_read(a, text, &e)))
        return;
    EXPECT_ROW(name, e->kind == k);
    EXPECT_ROW_OK(name, event_seal(a, e, e->stream, e->n, &e->prev));
    EXPECT_ROW_STR(name, e->text, text);
}

TEST(every_pinned_event_is_read_and_written_again_the_same)
{
    for (size_t i = 0; i < event_kind_count(); i++) {
        TEST_ARENA(a, 16 << 20);

        read_pinned(&a, event_kind_at(i));
    }
}

/* What a reader of the journal relies on: names and units. */
TEST(pinned_events_say_what_they_said)
{
    static const struct {
        const char *name;
        const char *part;
    } rows[] = {
        { "events/quote.made.1.json",
          "\"prepay\":3000,\"prepayment\":480000,\"total\":1800000" },
        { "events/payment.recorded.1.json",
          "\"amount\":480000,\"payer\":\"示例电器有限公司\",\"prepaid\":true" },
        { "events/plan.made.1.json", "\"person_days\":45" },
        { "events/finding.recorded.1.json",
          "\"evidence\":[\"现场\"],\"indicator\":\"1.1\"" },
        { "events/certificate.issued.1.json", "\"until\":\"2029-03-15\"" },
        { "events/decision.made.1.json", "\"outcome\":\"granted\"" },
        { "events/round.opened.1.json", "\"kind\":\"surveillance\"" },
        { "events/suspension.decided.1.json", "\"code\":\"0111\"" },
    };
    TEST_ARENA(a, 32 << 20);

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW(rows[i].name, str_contains(pinned_text(&a, rows[i].name),
                                              str_of(rows[i].part)));
}
