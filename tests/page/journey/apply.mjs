// The enterprise before it applies, and its application. [M4] [M6] [M7] [M8] [M9] [M11]

import { APPLICANT } from "./walking.mjs";

const SCHEME = "Q/ZZLH 1001-2021";

// Every question of the page: met, or ten of ten.  All of them are there before
// the first is answered.
export async function answerAll(person, met) {
    await person.main.getByRole("group").first().waitFor();
    await person.page.waitForLoadState();
    for (const question of await person.main.getByRole("group").all()) {
        const choice = question.getByRole("radio", { name: met, exact: true });
        if (await choice.count() > 0) {
            await choice.check();
            continue;
        }
        const counts = question.getByRole("spinbutton");
        if (await counts.count() === 2) {
            await counts.nth(0).fill("10");
            await counts.nth(1).fill("10");
        }
    }
}

async function assess(walk, person) {
    const { t } = walk;
    const next = person.main.getByRole("button", { name: t("public.check_next"), exact: true });
    const step = person.main.locator("header");
    for (;;) {
        await answerAll(person, t("public.answer_met"));
        if (await next.count() === 0) {
            break;
        }
        const before = await step.textContent();
        await next.click();
        await person.page.waitForFunction((was) =>
            document.querySelector("main header").textContent !== was, before);
    }
    await person.press(t("public.check_result"), person.main);
    await person.headed(t("assess.result"));
}

// A document for the row of its requirement. [M8] [M9]
export async function handIn(walk, person, row, name) {
    const { t } = walk;
    await row.locator("summary").click();
    await row.locator("input[type=file]").setInputFiles(
        walk.file(`${name}.txt`, `示例文件 ${name} ${walk.today} ${walk.lang}\n`));
    if (await row.getByLabel(t("page_case.add_from"), { exact: true }).count() > 0) {
        await row.getByLabel(t("page_case.add_from"), { exact: true }).fill("2025-08-01");
        await row.getByLabel(t("page_case.add_to"), { exact: true }).fill("2026-02-28");
    }
    await row.getByRole("button", { name: t("page_case.add_send"), exact: true }).click();
    await person.main.getByRole("row").getByRole("link", { name: `${name}.txt` }).waitFor();
}

export default async function apply(walk) {
    const { t } = walk;
    const go = () => person.press(t("apply.next"), person.main);
    let person;

    await walk.step("[M4] a case of ten stars is opened", async () => {
        person = await walk.as(APPLICANT);
        await person.press(t("own_work.go"), person.main);
        await person.headed(t("case_open.title"));
        const scheme = person.main.getByRole("article").filter({ hasText: SCHEME });
        await scheme.getByRole("button", { name: t("case_open.open"), exact: true }).click();
        await walk.stage(person, "preparation");
        await walk.waitsFor(person, "applicant");
    });

    await walk.step("[M11] the application is filled in, page by page", async () => {
        person = await walk.next("apply");
        await person.headed(t("apply.company"));
        await person.fill(t("field.trade"), "5221");
        await go();
        await person.headed(t("apply.sites"));
        await person.fill(t("field.application.submit.sites.name"), "总部");
        await person.fill(t("field.application.submit.sites.place"), "示例省示例市");
        await person.pick(t("field.application.submit.sites.kind"), t("site.hq"));
        await go();
        await person.headed(t("apply.scope"));
        await person.fill(t("field.scope"), "家用电器的售后服务");
        await person.fill(t("field.scope_en"), "After-sales service of household appliances");
        await go();
        await person.headed(t("apply.staff"));
        await person.fill(t("field.staff"), "40");
        await person.fill(t("field.service_staff"), "12");
        await go();
        await person.headed(t("apply.held"));
        await go();
        await person.headed(t("apply.check"));
        await person.sees("家用电器的售后服务");
    });

    await walk.step("[M6] eligibility is declared", async () => {
        await person.press(t("apply.eligibility"), person.main);
        await person.press(t("record_form.all_hold"), person.main);
        await person.headed(t("apply.title")); // a part of the application
    });

    await walk.step("[M7] the self-assessment says what would be reached", async () => {
        await walk.next("apply");
        await person.press(t("apply.assessment"), person.main);
        await assess(walk, person);
        await person.sees("100.00");
        await person.press(t("assess.record"), person.main);
        await person.headed(t("page_case.waits"));
        await walk.stage(person, "preparation");
    });

    await walk.step("[M8] [M9] documents are handed in, all but one", async () => {
        await walk.next("apply");
        await person.press(t("apply.documents"), person.main);
        await person.headed(t("page_case.submitted"));
        const rows = person.main.getByRole("row").filter({ has: person.page.locator("summary") });
        const count = await rows.count();
        const required = count -
            await rows.filter({ hasText: t("page_case.document_optional") }).count();
        for (let i = 1; i < count - 1; i++) {
            await handIn(walk, person, rows.nth(i), `document-${i}`);
        }
        await person.sees(t("page_case.complete", { met: required - 1, count: required }));
    });

    await walk.step("[M11] the application is sent", async () => {
        await walk.next("apply");
        await person.press(t("apply.submit"), person.main);
        await walk.stage(person, "completeness");
        await walk.waitsFor(person, "body");
    });

    await walk.step("[M4] and there is nothing to do for the enterprise", async () => {
        await person.press(t("work.title"));
        await person.headed(t("own_work.nothing"));
    });
}
