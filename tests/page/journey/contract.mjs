// Quote, contract, the invoice of the prepayment, and its payment. [M13] [M29]

import { APPLICANT } from "./walking.mjs";

const INVOICE = "F2026-001";

// An amount of those that stand beside the form, as it is typed.
async function amountOf(person, what) {
    const fact = person.main.getByRole("complementary").locator("div", { hasText: what });
    const text = await fact.locator("dd").first().textContent();
    return text.replace(/[^0-9.]/g, "");
}

export default async function contract(walk) {
    const { t } = walk;
    let person;
    let clerk;

    await walk.step("[M13] [M29] finance makes the quote that the rules give", async () => {
        clerk = await walk.task("finance", "quote");
        await clerk.fill(t("field.prepay"), "30");
        await walk.do(clerk, "quote.make");
        await walk.waitsFor(clerk, "applicant");
    });

    await walk.step("[M10] [M13] the enterprise reads the quote and accepts it", async () => {
        person = await walk.as(APPLICANT);
        await person.headed(t("task.accept"));
        await person.press(t("own_work.read"), person.main);
        await person.headed(t("compare_page.title"));
        await person.press(t("contract_page.title"), person.main);
        await person.headed(t("contract_page.title"));
        await person.sees(t("page_case.prepayment"));
        await person.tick(t("contract_page.have_read"));
        await person.press(t("contract_page.accept_now"), person.main);
        await walk.atCase(APPLICANT);
        await walk.waitsFor(person, "body");
    });

    await walk.step("[M13] the body signs the contract", async () => {
        clerk = await walk.task("finance", "sign");
        await walk.do(clerk, "contract.sign");
        await walk.stage(clerk, "contract");
    });

    await walk.step("[M13] finance invoices the prepayment: the form knows how much", async () => {
        clerk = await walk.act("finance", "invoice.issue");
        await clerk.fill(t("field.invoice.issue.number"), INVOICE);
        await clerk.fill(t("field.due"), "2026-03-20");
        await walk.do(clerk, "invoice.issue");
        await walk.tab("finance", "money");
        await clerk.sees(INVOICE);
    });

    await walk.step("[M13] the enterprise reads what is to be paid, and by when", async () => {
        person = await walk.next("pay");
        await person.sees(t("page_case.prepayment"));
        await person.sees(INVOICE);
    });

    await walk.step("[M13] the prepayment arrives, and the review may begin", async () => {
        clerk = await walk.task("finance", "pay");
        const wanted = await amountOf(clerk, t("page_case.prepayment"));
        const stands = await clerk.field(t("field.amount")).inputValue();
        if (Number(stands) !== Number(wanted)) {
            throw new Error(`${stands} stands in the form, not ${wanted}`);
        }
        await walk.do(clerk, "payment.record");
        await walk.stage(clerk, "documents");
        await walk.waitsFor(clerk, "body");
    });

    await walk.step("[M13] and the enterprise sees that its invoice is paid", async () => {
        await walk.tab(APPLICANT, "money");
        const paid = person.main.getByRole("row").filter({ hasText: INVOICE });
        await paid.first().getByRole("cell", { name: /^[^0-9]*0(\.00)?[^0-9]*$/ }).waitFor();
    });
}
