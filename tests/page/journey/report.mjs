// The report, and what the enterprise puts right. [M18] [M26]

export default async function report(walk) {
    const { t } = walk;
    let lead;
    let person;

    await walk.step("[M18] the lead reports, and sets a day for the correction", async () => {
        lead = await walk.task("auditor1", "report");
        await lead.choose(t("field.recommended"), t("record_form.yes"));
        await lead.fill(t("field.summary"), "示例报告");
        await lead.fill(t("field.correct_until"), "2026-04-15");
        await walk.do(lead, "report.issue");
        await walk.stage(lead, "report");
        await walk.waitsFor(lead, "applicant");
    });

    await walk.step("[M18] [M26] the enterprise reads what was found, and acknowledges it", async () => {
        person = await walk.as("lin");
        await person.headed(t("task.acknowledge"));
        await person.press(t("own_work.read"), person.main);
        await person.sees("岗位职责没有写明");
        await walk.next("acknowledge");
        await walk.do(person, "report.acknowledge");
        await walk.stage(person, "correction");
    });

    await walk.step("[M18] and corrects it, with evidence", async () => {
        await walk.next("correct");
        await person.fill(t("field.cause"), "职责不清");
        await person.fill(t("field.action"), "写入制度并培训");
        await person.fill(t("field.evidence"), "培训记录");
        await walk.do(person, "correction.submit");
        await walk.waitsFor(person, "body");
    });

    await walk.step("[M18] the team verifies the correction", async () => {
        const member = await walk.task("auditor3", "verify");
        await walk.do(member, "correction.accept");
        await walk.stage(member, "decision");
    });
}
