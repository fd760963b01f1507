// The audit at the site: what is found, lost networks, the customers that chance
// picks, and what the responsible managers defend. [M15] [M16] [M17] [M18]

import { APPLICANT } from "./walking.mjs";

const ASKED = 10;
const BAD = "5.1.1.1.2"; // is found not to be met

// One card of the checklist, and that it is on record.
async function record(walk, person, card) {
    const { t } = walk;
    const counts = card.getByRole("spinbutton");
    if (await counts.count() === 2) {
        await counts.nth(0).fill("10");
        await counts.nth(1).fill("10");
    } else if ((await card.getByRole("heading").textContent()).startsWith(`${BAD} `)) {
        await card.getByLabel(t("answer.not_met"), { exact: true }).check();
        await card.getByLabel(t("page_case.note"), { exact: true }).fill("岗位职责没有写明");
        await card.getByLabel(t("onsite.evidence"), { exact: true }).fill("岗位说明书");
    } else {
        await card.getByLabel(t("answer.met"), { exact: true }).check();
    }
    await card.getByRole("button", { name: t("onsite.record"), exact: true }).click();
}

const recorded = (walk, card) => card.getByText(walk.t("onsite.on_record")).waitFor();

async function ask(walk, count) {
    const { t } = walk;
    for (let i = 0; i < count; i++) {
        const person = await walk.act("auditor3", "sample.ask");
        await person.choose(t("field.sample.ask.outcome"), t("contact.satisfied"));
        await walk.do(person, "sample.ask");
    }
}

export default async function audit(walk) {
    const { t } = walk;
    let lead;
    let member;

    await walk.step("[M15] the lead holds the opening meeting", async () => {
        lead = await walk.task("auditor1", "begin_audit");
        await lead.fill(t("field.place"), "示例市");
        await lead.main.getByLabel(t("record_form.photograph"), { exact: true })
            .setInputFiles({ name: "meeting.png", mimeType: "image/png",
                buffer: await lead.page.screenshot() });
        await walk.do(lead, "audit.open");
        await walk.stage(lead, "audit");
        await walk.tab("auditor1", "audit");
        await lead.main.getByRole("link",
            { name: t("page_case.photograph", { n: 1 }), exact: true }).waitFor();
    });

    await walk.step("[M16] the list of customers is fixed, the body's number sealed", async () => {
        member = await walk.act("auditor3", "sample.commit");
        await member.main.getByLabel(t("record_form.list_file"), { exact: true })
            .setInputFiles(walk.file("customers.csv", "示例,顾客名单\n"));
        await member.page.waitForFunction(() => /^[0-9a-f]{64}$/.test(
            document.getElementById("f-list").value));
        await member.fill(t("field.sample.commit.size"), "300");
        await member.fill(t("field.wanted"), String(ASKED));
        await walk.do(member, "sample.commit");
    });

    await walk.step("[M16] the enterprise gives its number", async () => {
        const person = await walk.next("give_nonce");
        await person.sees(t("sample_page.yours"));
        await person.press(t("sample_page.give"), person.main);
        await person.sees(t("sample_page.not_drawn"));
    });

    await walk.step("[M16] the body opens its own: what was drawn is checked in the browser", async () => {
        await walk.act("auditor3", "sample.reveal");
        await walk.do(member, "sample.reveal");
        const person = await walk.tab(APPLICANT, "audit");
        await person.press(t("sample_page.title"), person.main);
        await person.sees(t("sample_page.checked"));
        await person.sees(t("sample_page.rows_later"));
    });

    await walk.step("[M16] customers are called, one of them in vain, and asked", async () => {
        await walk.act("auditor3", "sample.call");
        await member.fill(t("field.time"), "09:30");
        await member.choose(t("field.sample.call.outcome"), t("call.no_answer"));
        await walk.do(member, "sample.call");
        await ask(walk, ASKED);
        await walk.tab("auditor3", "checklist");
        await member.sees(`${ASKED}`);
    });

    await walk.step("[M15] the checklist is filled in, without a network for a while", async () => {
        await walk.as("auditor3");
        await member.press(t("work.title"));
        await member.press(t("task.audit"), member.main);
        await member.press(t("task.audit"), member.main);
        await member.press(t("onsite.to_onsite"), member.main);
        const groups = member.main.getByRole("navigation", { name: t("onsite.groups") })
            .getByRole("link");
        const count = await groups.count();
        for (let g = 0; g < count; g++) {
            const label = await groups.nth(g).textContent();
            await groups.nth(g).click();
            await member.headed(label.trim());
            await member.page.waitForSelector('[data-ready="yes"]', { state: "attached" });
            for (const [i, card] of (await member.main.getByRole("article").all()).entries()) {
                const lost = g === 1 && i === 0;
                await member.page.context().setOffline(lost);
                await record(walk, member, card);
                if (lost) {
                    await card.getByText(t("onsite.waiting")).waitFor();
                    await member.page.context().setOffline(false);
                }
                await recorded(walk, card);
            }
        }
    });

    await walk.step("[M18] what is not met becomes a minor nonconformity", async () => {
        await walk.act("auditor3", "nonconformity.raise");
        await member.choose(t("field.grade"), t("grade.minor"));
        await member.fill(t("field.nonconformity.raise.text"), "岗位职责没有写明");
        await walk.do(member, "nonconformity.raise");
        await walk.tab("auditor3", "audit");
        await member.sees("岗位职责没有写明");
    });

    await walk.step("[M15] the figures are taken from the records", async () => {
        for (const [index, k] of [[1, "93"], [2, "91"]]) {
            await walk.act("auditor3", "figure.record");
            await member.pick(t("field.figure"), { index });
            await member.fill(t("field.figure.record.k"), k);
            await member.fill(t("field.figure.record.n"), "100");
            await member.fill(t("field.source"), "近六个月的记录");
            await walk.do(member, "figure.record");
        }
    });

    await walk.step("[M17] the managers defend their system", async () => {
        await walk.act("auditor1", "defence.record");
        await lead.choose(t("field.passed"), t("record_form.yes"));
        await walk.do(lead, "defence.record");
    });

    await walk.step("[M15] the closing meeting ends the audit", async () => {
        await walk.act("auditor1", "audit.close");
        await walk.do(lead, "audit.close");
        await walk.stage(lead, "report");
    });
}
