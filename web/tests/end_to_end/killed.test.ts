import { afterEach, expect, test } from "vitest";
import { atSite } from "../../phone/words/at_site";
import { notices } from "../../phone/words/notices";
import { closePhones, goodNetwork } from "./harness/browser";
import { type Day, expectAllArrived, newDay } from "./harness/day";
import { MortalPhone } from "./harness/mortal_phone";

afterEach(closePhones);

/** The app is killed at once, and opened again where there is no network. */
async function dieOffline(phone: MortalPhone, day: Day): Promise<void> {
  await phone.kill();
  const context = await phone.switchOn();
  (await goodNetwork()).cut();
  await context.setOffline(true);
  day.technician = await day.technician.reopen(context);
  await day.technician.sees(day.technician.say(notices.offline));
  await day.technician.openWork(day.work.title);
}

test("the app is killed after each step of a visit without a network, and all of it arrives", async () => {
  const phone = new MortalPhone({ locale: "zh-CN" });
  const day = await newDay("zh", { phone: await phone.switchOn() });
  await day.technician.appIsKept();
  await day.technician.openWork(day.work.title);
  await day.technician.checkIn();
  await day.technician.scan();

  await dieOffline(phone, day);
  await day.technician.takePhotos("before");
  await dieOffline(phone, day);
  // The camera is still open, and its photo with no check-in yet.
  await day.technician.press(atSite.photo);
  await day.technician.takePhoto("after");
  await dieOffline(phone, day);
  const photos = await day.technician.photosOnPhone();
  expect(Object.keys(photos)).toHaveLength(2);
  await day.technician.writeSheet();
  await dieOffline(phone, day);
  await day.technician.openSheet();
  const digest = await day.technician.letCustomerSign();
  await dieOffline(phone, day);
  await day.technician.checkOut();
  await phone.kill();

  day.technician = await day.technician.reopen(await phone.switchOn());
  await day.technician.waitUntilAllIsSent();
  await expectAllArrived(day, { photos, digest });
});

test("the app is killed while it sends, and goes on where it was", async () => {
  const phone = new MortalPhone();
  const day = await newDay("en", { phone: await phone.switchOn() });
  const network = await goodNetwork();
  await day.technician.openWork(day.work.title);
  await day.technician.checkIn();
  await day.technician.scan();
  await day.technician.writeSheet();
  const cut = network.cutAt({ request: "PATCH /v1/uploads", at: "within", bytes: 100_000 });
  await day.technician.backToVisit();
  await day.technician.takePhotos("before", "after");
  const photos = await day.technician.photosOnPhone();
  await cut;
  await phone.kill();
  day.technician = await day.technician.reopen(await phone.switchOn());
  await day.technician.openWork(day.work.title);
  await day.technician.openSheet();
  const lost = network.cutAt({ request: "POST /v1/sync", at: "answer" });
  const digest = await day.technician.letCustomerSign();
  await lost;
  await phone.kill();
  day.technician = await day.technician.reopen(await phone.switchOn());
  await day.technician.openWork(day.work.title);
  await day.technician.checkOut();
  await day.technician.waitUntilAllIsSent();
  await expectAllArrived(day, { photos, digest });
});
