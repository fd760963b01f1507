export default async function later() {}
