import { afterEach, expect, test } from "vitest";
import { atSite } from "../../phone/words/at_site";
import { scanner } from "../../phone/words/camera";
import { notices } from "../../phone/words/notices";
import { closePhones, goodNetwork } from "./harness/browser";
import { beginVisit, endVisit, expectAllArrived, newDay, playVisit } from "./harness/day";
import type { Trap } from "./harness/network";

afterEach(closePhones);

test("a whole visit without a network, in an app that is opened without one", async () => {
  const morning = await newDay("zh", { barcode: "another label" });
  const { organisation, technician } = morning;
  await technician.openWork(morning.work.title);
  await technician.checkIn();
  // The scanner is kept on the phone from its first use on.
  await technician.press(atSite.scan);
  await technician.sees(technician.say(scanner.unknown), technician.dialog);
  await technician.press(scanner.finish, technician.dialog);
  const day = { ...morning, work: await organisation.work({ technician: technician.person, title: "更换门封条" }) };
  await technician.page.goto("/app/#/");
  await technician.refreshDay(day.work.title);
  const network = await goodNetwork();
  network.cut();
  await technician.phone.setOffline(true);
  await technician.page.reload();
  await technician.sees(technician.say(notices.offline));
  const done = await playVisit(day);
  expect(await technician.countUnsent()).toBeGreaterThan(6);
  network.restore();
  await technician.phone.setOffline(false);
  await technician.waitUntilAllIsSent();
  await expectAllArrived(day, done);
});

const steps: Trap[] = [
  { request: "POST /v1/sync", at: "before" },
  { request: "POST /v1/sync", at: "answer" },
  { request: "POST /v1/uploads", at: "before" },
  { request: "POST /v1/uploads", at: "answer" },
  { request: "PATCH /v1/uploads", at: "before" },
  { request: "PATCH /v1/uploads", at: "within", bytes: 100_000 },
  { request: "PATCH /v1/uploads", at: "answer" },
];

test("the network is cut at every step of sending, and nothing is lost or there twice", async () => {
  const day = await newDay("en");
  const network = await goodNetwork();
  const { technician } = day;
  const left = [...steps];
  const cutNext = async (): Promise<void> => {
    const [step] = left;
    const cut = step && network.cutAt(step);
    network.restore();
    await technician.networkReturns();
    await cut;
    if (left.shift()) await cutNext();
  };
  await beginVisit(day);
  const cutting = cutNext();
  const done = await endVisit(day);
  await technician.waitUntilAllIsSent();
  expect(left).toEqual([]);
  await cutting;
  await expectAllArrived(day, done);
});
