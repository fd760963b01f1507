// The completeness check, its supplement notice, and what is handed in after it;
// what the enterprise asks about it, and is told. [M12] [17065 7.12]

import { APPLICANT } from "./walking.mjs";
import { handIn } from "./apply.mjs";

const QUESTION = "示例：营业执照副本可以吗？";
const ANSWER = "示例：可以，请上传副本。";

export default async function intake(walk) {
    const { t } = walk;
    let clerk;

    await walk.step("[M12] intake sees what is missing, and asks for it", async () => {
        clerk = await walk.as("intake");
        await clerk.press(t("work.title"));
        await clerk.press(t("task.check"), clerk.main);
        await walk.stage(clerk, "completeness");
        await clerk.press(t("intake_room.to_check"), clerk.main);
        await clerk.sees(t("intake_room.lacking", { count: 1 }));
        await clerk.main.getByRole("checkbox").first().check();
        await clerk.press(t("intake_room.fill"), clerk.main);
        await clerk.press(t("command.supplement.ask"), clerk.main);
        await clerk.headed(t("page_case.waits"));
        await walk.waitsFor(clerk, "applicant");
    });

    await walk.step("[17065 7.12] the enterprise asks the body about it", async () => {
        const person = await walk.tab(APPLICANT, "messages");
        await person.sees(t("messages_page.none"));
        await person.fill(t("messages_page.write"), QUESTION);
        await person.press(t("messages_page.send"), person.main);
        await person.sees(QUESTION);
    });

    await walk.step("[17065 7.12] intake is asked to answer, and does", async () => {
        await walk.task("intake", "answer_message");
        await clerk.sees(QUESTION);
        await clerk.fill(t("messages_page.write"), ANSWER);
        await clerk.press(t("messages_page.send"), clerk.main);
        await clerk.sees(ANSWER);
        await clerk.press(t("work.title"));
        await clerk.seesNot(t("task.answer_message"));
    });

    await walk.step("[17065 7.12] the enterprise reads the answer", async () => {
        const person = await walk.atCase(APPLICANT);
        await person.press(`${t("page_case.messages")} 2`, person.main);
        await person.sees(ANSWER);
    });

    await walk.step("[M12] the enterprise reads what is missing, adds it and sends it again", async () => {
        const person = await walk.as(APPLICANT);
        await person.press(t("work.title"));
        await person.headed(t("task.supply"));
        await person.press(t("own_work.read"), person.main);
        const row = person.main.getByRole("row").filter({ has: person.page.locator("summary") });
        await handIn(walk, person, row.first(), "licence");
        await walk.next("supply");
        await walk.do(person, "application.resubmit");
        await walk.waitsFor(person, "body");
    });

    await walk.step("[M12] intake accepts the application", async () => {
        await clerk.press(t("work.title"));
        await clerk.press(t("task.check"), clerk.main);
        await clerk.press(t("intake_room.to_check"), clerk.main);
        await clerk.sees(t("intake_room.whole"));
        await clerk.press(t("command.application.accept"), clerk.main);
        await walk.stage(clerk, "contract");
    });
}
