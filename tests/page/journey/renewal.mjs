// Before it ends: the renewal, with what is known already. [M23]

export default async function renewal(walk) {
    const { t } = walk;

    await walk.step("[M23] the enterprise is led to renew, and opens the case", async () => {
        const person = await walk.as("lin");
        await person.sees(t("own_work.renew"));
        await walk.next("renew");
        await person.headed(t("case_open.title"));
        await person.press(t("case_open.open"), person.main);
        await walk.stage(person, "preparation");
    });
}
