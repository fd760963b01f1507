// The review of the whole file, the decision and its second signature. [M19]

const QUESTION = "示例：顾客名单的来源是什么？";
const ANSWER = "示例：来自售后服务系统。";

export default async function decision(walk) {
    const { t } = walk;

    await walk.step("[M19] the reviewer reads the whole file", async () => {
        const reviewer = await walk.as("reviewer");
        await reviewer.press(t("work.title"));
        await reviewer.press(t("task.decide"), reviewer.main);
        await reviewer.press(t("page_case.decision"), reviewer.main);
        await reviewer.headed(t("review_room.title"));
        await reviewer.sees("99.00");
        await reviewer.sees(t("review_room.none_open"));
    });

    await walk.step("[M19] the reviewer asks the lead about it", async () => {
        const reviewer = await walk.as("reviewer");
        await reviewer.press(t("command.decision.question"), reviewer.main);
        await reviewer.fill(t("field.decision.question.reasons"), QUESTION);
        await walk.do(reviewer, "decision.question");
    });

    await walk.step("[M19] the lead answers", async () => {
        const lead = await walk.task("auditor1", "answer_question");
        await lead.fill(t("field.decision.answer.reasons"), ANSWER);
        await walk.do(lead, "decision.answer");
    });

    await walk.step("[M19] the reviewer finds both in the room, and may decide", async () => {
        const reviewer = await walk.tab("reviewer", "decision");
        await reviewer.sees(QUESTION);
        await reviewer.sees(ANSWER);
    });

    await walk.step("[M19] and grants, over the hash of what is granted", async () => {
        const reviewer = await walk.as("reviewer");
        await reviewer.press(t("command.decision.grant"), reviewer.main);
        const shown = await walk.confirm(reviewer, "decision.grant");
        if (!/^[0-9a-f]{64}$/.test(shown)) {
            throw new Error(`no hash: ${shown}`);
        }
        await walk.stage(reviewer, "decision");
    });

    await walk.step("[M19] the head of the body signs it", async () => {
        const head = await walk.task("head", "countersign");
        await walk.confirm(head, "decision.sign");
        await walk.stage(head, "certificate");
    });
}
