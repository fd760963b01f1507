// Team, days and sites, and the enterprise's word to them. [M15]

export default async function plan(walk) {
    const { t } = walk;
    let planner;

    await walk.step("[M15] the planner sees who may go, and on what days", async () => {
        planner = await walk.as("planner");
        await planner.press(t("work.title"));
        await planner.press(t("task.plan"), planner.main);
        await planner.press(t("page_case.team"), planner.main);
        await planner.press(t("planner.to_planner"), planner.main);
        await planner.headed(t("planner.title"));
        await planner.fill(t("planner.from"), "2026-03-23");
        await planner.fill(t("planner.to"), "2026-03-25");
        await planner.press(t("planner.look"), planner.main);
        await planner.sees(t("planner.people"));
    });

    await walk.step("[M15] and makes the plan there", async () => {
        await planner.tick(t("planner.lead_of", { who: "示例·审查员甲" }));
        await planner.tick(t("planner.member_of", { who: "示例·审查员丙" }));
        await walk.do(planner, "plan.make");
        await walk.waitsFor(planner, "applicant");
    });

    await walk.step("[M15] the enterprise reads the plan and agrees", async () => {
        const person = await walk.as("lin");
        await person.headed(t("task.agree"));
        await person.press(t("own_work.read"), person.main);
        await person.headed(t("page_case.plan"));
        await walk.next("agree");
        await walk.do(person, "plan.agree");
        await walk.stage(person, "audit");
    });
}
