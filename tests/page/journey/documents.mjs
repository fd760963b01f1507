// The review of the documents, with a round of revision. [M14]

import { handIn } from "./apply.mjs";

const NOTE = "响应时限没有量化";
const GAP = 2; // which of the documents is found to have a gap

// Judge the document that stands in a row: what the package asks about it is
// open, what it does not ask is answered already.
async function judge(walk, person, row, verdict, note) {
    const { t } = walk;
    await row.getByRole("link", { name: t("page_case.judge") }).click();
    await person.headed(t("command.document.judge"));
    for (const asked of await person.main.getByRole("group").all()) {
        if (await asked.locator("input:checked").count() === 0) {
            await asked.getByLabel(t(`verdict.${verdict}`), { exact: true }).check();
        }
    }
    if (note !== undefined) {
        await person.fill(t("field.note"), note);
    }
    await walk.do(person, "document.judge");
}

export default async function documents(walk) {
    const { t } = walk;
    const judged = (person) => person.main.getByRole("row")
        .filter({ has: person.page.getByRole("link", { name: t("page_case.judge") }) });
    let auditor;

    await walk.step("[M14] each document is judged: one has a gap", async () => {
        auditor = await walk.as("auditor1");
        await auditor.press(t("work.title"));
        await auditor.press(t("task.review"), auditor.main);
        await auditor.press(t("page_case.papers"), auditor.main);
        await judged(auditor).first().waitFor();
        const count = await judged(auditor).count();
        for (let i = 0; i < count; i++) {
            await judge(walk, auditor, judged(auditor).nth(i), i === GAP ? "no" : "yes",
                i === GAP ? NOTE : undefined);
            await auditor.press(t("page_case.papers"), auditor.main);
        }
        await auditor.sees(NOTE);
    });

    await walk.step("[M14] the enterprise is asked to revise it by a day", async () => {
        await walk.act("auditor1", "revision.ask");
        await auditor.fill(t("field.revision.ask.note"), "请写明响应时限");
        await auditor.fill(t("field.revision.ask.until"), "2026-03-20");
        await walk.do(auditor, "revision.ask");
        await walk.waitsFor(auditor, "applicant");
    });

    await walk.step("[M14] the enterprise revises it in time", async () => {
        const person = await walk.next("revise");
        await person.headed(t("page_case.submitted"));
        const row = person.main.getByRole("row").filter({ hasText: NOTE });
        await handIn(walk, person, row, "revised");
        await walk.stage(person, "documents");
    });

    await walk.step("[M14] the revised document is judged again, and the review passed", async () => {
        await auditor.press(t("work.title"));
        await auditor.press(t("task.review"), auditor.main);
        await auditor.press(t("page_case.papers"), auditor.main);
        await judge(walk, auditor, judged(auditor).filter({ hasText: "revised" }).first(), "yes");
        await walk.act("auditor1", "review.pass");
        await walk.do(auditor, "review.pass");
        await walk.stage(auditor, "plan");
    });
}
