/** A technician at a site, in a real browser with a camera that sees a film: see harness/film.ts. */
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import type { Schema } from "../../shared/api/types";
import { atSite, position, positionProblems, roles } from "../../phone/words/at_site";
import { camera, cameraProblems, scanner } from "../../phone/words/camera";
import { closePhones, LABEL, newPhone } from "./harness/browser";
import { Organisation, type Person, PLACE } from "./harness/organisation";
import { Technician } from "./harness/technician";

afterEach(closePhones);

const screenshots = fileURLToPath(new URL("../../../var/test/screenshots/", import.meta.url));

async function picture(technician: Technician, name: string): Promise<void> {
  mkdirSync(screenshots, { recursive: true });
  await technician.page.screenshot({ path: `${screenshots}at_site-${technician.person.language}-${name}.png` });
}

type Visit = Schema<"Visit">;

/** The visits that the server has for this site, once it has `count` check-ins of the first. */
async function visitOnServer(organisation: Organisation, site: string, isComplete: (visit: Visit) => boolean): Promise<Visit> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const page = await organisation.manager.get<Schema<"VisitPage">>(`/v1/visits?site_id=${site}`);
    const [summary] = page.items;
    const visit = summary && (await organisation.manager.get<Visit>(`/v1/visits/${summary.id}`));
    if (visit && isComplete(visit)) return visit;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error("the visit did not become complete on the server");
}

async function atTheSite(person: Person, workOrder: string, phone?: Parameters<typeof Technician.open>[1]): Promise<Technician> {
  const technician = await Technician.open(person, phone);
  await technician.logIn();
  await technician.page.getByText("冷库温度偏高").first().waitFor();
  await technician.page.goto(`/app/#/site/${workOrder}`);
  await technician.sees(technician.say(position.title));
  return technician;
}

test("arrives, takes photos, scans a Chinese QR code, writes a note and leaves", async () => {
  const organisation = await Organisation.create("zh");
  const person = await organisation.technician("zh");
  const work = await organisation.work({ technician: person, barcode: LABEL });
  const technician = await atTheSite(person, work.id);
  const { page } = technician;

  await technician.sees(technician.say(position.accepted));
  await picture(technician, "before");
  await technician.press(atSite.checkIn);
  await technician.sees(technician.say(atSite.savedArrival));
  await picture(technician, "arrived");

  await technician.press(atSite.photo);
  const shutter = page.getByRole("button", { name: technician.say(camera.shoot), exact: true });
  await page.getByText(technician.say(camera.roleMissing, { role: technician.say(roles.before) })).waitFor();
  await shutter.click();
  await technician.sees(technician.say(camera.saved, { role: technician.say(roles.before) }));
  await page.getByRole("radio", { name: technician.say(camera.roleMissing, { role: technician.say(roles.after) }) }).check();
  await shutter.click();
  await technician.sees(technician.say(camera.saved, { role: technician.say(roles.after) }));
  await picture(technician, "camera");
  await page.getByRole("button", { name: technician.say(camera.look), exact: true }).click();
  await picture(technician, "quick_look");
  await technician.press(camera.keep);
  await technician.press(camera.finish);
  await technician.sees(technician.say(atSite.savedProgress));

  await page.getByLabel(technician.say(atSite.note), { exact: true }).fill("已更换接触器，压缩机运行正常。");
  await technician.sees(technician.say(atSite.noteSaved));

  await technician.press(atSite.scan);
  await technician.sees(technician.say(scanner.thisSite, { asset: "冷库压缩机 2#" }));
  await picture(technician, "scanned");
  await technician.press(scanner.finish);
  await technician.sees(technician.say(atSite.checklistDone));
  await picture(technician, "gathered");

  await technician.press(atSite.leave);
  await picture(technician, "leaving");
  await technician.press(atSite.leaveAnyway);
  await technician.sees(technician.say(atSite.savedDeparture));
  await picture(technician, "left");

  const visit = await visitOnServer(
    organisation,
    work.site,
    ({ check_ins }) => check_ins.length === 4 && check_ins.every(({ photos }) => photos.every(({ state }) => state === "stored")),
  );
  expect(visit.check_ins.map(({ kind }) => kind)).toEqual(["arrival", "progress", "progress", "departure"]);
  expect(visit.check_ins.map(({ geofence }) => geofence)).toEqual(["inside", "inside", "inside", "inside"]);
  const scans = visit.check_ins.flatMap(({ scans: list }) => list);
  expect(scans).toHaveLength(1);
  expect(scans[0]).toMatchObject({ value: LABEL, symbology: "qr_code", entered: "camera", verdict: "accepted" });
  const photos = visit.check_ins.flatMap(({ photos: list }) => list);
  expect(photos.map(({ role }) => role)).toEqual(["before", "after"]);
  expect(photos.map(({ exif }) => exif)).toEqual([null, null]);
  expect(visit.check_ins.map(({ note }) => note).filter(Boolean)).toEqual(["已更换接触器，压缩机运行正常。"]);
});

test("position and camera denied: the words say what to do, and the check-in goes without", async () => {
  const organisation = await Organisation.create("en");
  const person = await organisation.technician("en");
  const work = await organisation.work({ technician: person, barcode: "A1" });
  const phone = await newPhone({ permissions: [] });
  await phone.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("no", "NotAllowedError"));
  });
  const technician = await atTheSite(person, work.id, phone);
  const { page } = technician;

  await technician.sees(technician.say(positionProblems.deniedAndroid));
  await technician.sees(technician.say(position.still));
  await picture(technician, "position_denied");
  await technician.press(atSite.checkIn);
  await technician.sees(technician.say(atSite.savedArrival));

  await technician.press(atSite.photo);
  await technician.sees(technician.say(cameraProblems.deniedAndroid));
  await picture(technician, "camera_denied");
  expect(await page.getByText(technician.say(camera.fullCamera)).isVisible()).toBe(true);
  await technician.press(camera.finish);

  await technician.press(atSite.scan);
  await page.getByLabel(technician.say(scanner.typed)).fill("ａ１");
  await technician.press(scanner.check);
  await technician.sees(technician.say(scanner.thisSite, { asset: "冷库压缩机 2#" }));
  await picture(technician, "typed");
  await technician.press(scanner.finish);

  const visit = await visitOnServer(organisation, work.site, ({ check_ins }) => check_ins.length === 2);
  expect(visit.check_ins.map(({ fix }) => fix)).toEqual([null, null]);
  expect(visit.check_ins[0]?.findings.map(({ code }) => code)).toEqual(["fix_missing"]);
  expect(visit.check_ins[1]?.scans[0]).toMatchObject({ value: "A1", entered: "typed", verdict: "accepted" });
});

test("outside the fence: said before, and not in the way", async () => {
  const organisation = await Organisation.create("en");
  const person = await organisation.technician("en");
  const work = await organisation.work({ technician: person, barcode: "A1" });
  const phone = await newPhone({ geolocation: { latitude: PLACE.latitude + 0.01, longitude: PLACE.longitude, accuracy: 30 } });
  const technician = await atTheSite(person, work.id, phone);
  await technician.sees(technician.say(position.needs_review));
  await technician.press(atSite.checkIn);
  await technician.sees(technician.say(atSite.checkInNow));
  await picture(technician, "outside");
  await technician.press(atSite.checkInNow);
  await technician.sees(technician.say(atSite.savedArrival));
  const visit = await visitOnServer(organisation, work.site, ({ check_ins }) => check_ins.length === 1);
  expect(visit.check_ins[0]).toMatchObject({ geofence: "outside", verdict: "needs_review" });
});
