/** On Safari's engine: what a technician does at a site, a phone that is switched off without a network, the customer's page. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { atSite, positionProblems } from "../../phone/words/at_site";
import { camera, scanner } from "../../phone/words/camera";
import { logIn } from "../../phone/words/log_in";
import { notices } from "../../phone/words/notices";
import { outbox } from "../../phone/words/outbox";
import { sheet } from "../../phone/words/sheet";
import { sign, signed } from "../../phone/words/sign";
import { today } from "../../phone/words/today";
import { roles } from "../../shared/words/roles";
import type { Schema } from "../../shared/api/types";
import { goodNetwork } from "./harness/browser";
import { CustomerLink } from "./harness/customer_link";
import { LABEL } from "./harness/film";
import { Iphone, type IphoneOptions, keepFile, Laboratory } from "./harness/iphone";
import { visitAt } from "./harness/manager";
import { Organisation, PASSWORD, type Person } from "./harness/organisation";
import { pictureFile } from "./harness/picture_file";
import { service } from "./harness/service";
import { CUSTOMER, SHEET } from "./harness/technician";
import { until } from "./harness/web_driver";

let laboratory: Laboratory;
let phone: Iphone | null = null;

beforeAll(async () => {
  laboratory = await Laboratory.open();
});
afterEach(async ({ task }) => {
  if (task.result?.state === "fail") await phone?.takePicture(`failed-${task.name.slice(0, 40).replace(/\W+/g, "_")}`).catch(() => {});
  await phone?.switchOff();
  phone = null;
});
afterAll(() => laboratory.close());

async function begin(options: IphoneOptions) {
  const organisation = await Organisation.create(options.language);
  const person = await organisation.technician(options.language);
  const work = await organisation.work({ technician: person });
  const iphone = new Iphone(laboratory, options);
  phone = iphone;
  await iphone.switchOn();
  await iphone.open("/app/");
  return { organisation, person, work, iphone };
}

async function logInOn(iphone: Iphone, person: Person): Promise<void> {
  await iphone.fill(iphone.say(logIn.organisation), person.organisation);
  await iphone.fill(iphone.say(logIn.name), person.logIn);
  await iphone.fill(iphone.say(logIn.password), PASSWORD);
  await iphone.press(iphone.say(logIn.submit));
}

/** The first picture of what Chromium's camera sees all the time. */
function pictureOfLabel(): string {
  const path = `${service.folder}/label.jpg`;
  execFileSync("ffmpeg", ["-nostdin", "-loglevel", "error", "-y", "-i", service.film, "-frames:v", "1", path]);
  return path;
}

/** With the phone's own camera, which hands a file over; says its SHA-256. */
async function takePhoto(iphone: Iphone, role: keyof typeof roles, seed: number): Promise<string> {
  const { buffer } = pictureFile("--seed", String(seed));
  await iphone.choose(iphone.say(roles[role]));
  await iphone.chooseFile(iphone.say(camera.fullCamera), keepFile(`IMG_${seed}.jpg`, buffer));
  await iphone.sees(iphone.say(camera.saved, { role: iphone.say(roles[role]) }));
  return createHash("sha256").update(buffer).digest("hex");
}

test("a visit from the log-in to the signed sheet arrives as it was made", async () => {
  const { organisation, person, work, iphone } = await begin({ language: "en" });
  await logInOn(iphone, person);
  await iphone.sees(work.title);
  await iphone.takePicture("today");
  await iphone.follow(`${iphone.say(today.open)} ${work.title}`);
  await iphone.press(iphone.say(atSite.checkIn));
  await iphone.sees(iphone.say(atSite.savedArrival));
  await iphone.takePicture("arrived");
  await iphone.press(iphone.say(atSite.scan));
  await iphone.chooseFile(iphone.say(scanner.fromPicture), pictureOfLabel());
  await iphone.sees(iphone.say(scanner.saved));
  await iphone.press(iphone.say(scanner.finish));
  await iphone.sees(iphone.say(atSite.savedProgress));
  await iphone.press(iphone.say(atSite.photo));
  const hashes = [await takePhoto(iphone, "before", 41), await takePhoto(iphone, "after", 42)];
  await iphone.takePicture("camera");
  await iphone.press(iphone.say(camera.finish));
  await iphone.sees(iphone.say(atSite.savedProgress));
  await iphone.follow(iphone.say(atSite.sheet));
  await iphone.fill(iphone.say(sheet.doneWhat), SHEET.done);
  await iphone.choose(iphone.say(sheet.outcomeDone));
  await iphone.sees(`✓ ${iphone.say(sheet.saved)}`);
  await iphone.takePicture("sheet");
  await iphone.press(iphone.say(sheet.show));
  await iphone.fill(sign.name.zh, CUSTOMER.name);
  await iphone.fill(sign.role.zh, CUSTOMER.role);
  await iphone.press(sign.openPad.zh);
  await iphone.sign();
  await iphone.takePicture("pad");
  await iphone.press(sign.padDone.zh);
  await iphone.press(sign.confirm.zh);
  await iphone.sees(signed.thanks.zh.replace("{name}", CUSTOMER.name));
  await iphone.open("/app/#/outbox");
  await iphone.sees(iphone.say(outbox.empty));
  await iphone.takePicture("outbox");

  const visit = await visitAt(organisation.manager, work.site);
  expect(visit.check_ins.map(({ verdict }) => verdict)).toEqual(["accepted", "accepted", "accepted"]);
  const scans = visit.check_ins.flatMap((checkIn) => checkIn.scans);
  expect(scans.map(({ value, entered }) => [value, entered])).toEqual([[LABEL, "camera"]]);
  const photos = visit.check_ins.flatMap((checkIn) => checkIn.photos);
  expect(photos.map(({ role, state }) => [role, state])).toEqual([["before", "stored"], ["after", "stored"]]);
  expect(Object.values(await organisation.manager.hashesOf(photos))).toEqual(hashes);
  const kept = await organisation.manager.get<Schema<"Sheet">>(`/v1/visits/${visit.id}/sheet`);
  expect(kept.content.done.map(({ what }) => what)).toEqual([SHEET.done]);
  expect(kept.signature).toMatchObject({ signer_name: CUSTOMER.name, signer_role: CUSTOMER.role, method: "drawn", differs: [] });
  expect(kept.signature?.strokes?.lines).toHaveLength(2);
  expect(await iphone.complaints()).toEqual([]);
});

test("work goes on without network and position, through a dead battery, and all of it arrives", async () => {
  const { organisation, person, work, iphone } = await begin({ language: "zh", isNowhere: true });
  await logInOn(iphone, person);
  await iphone.sees(work.title);
  await iphone.isKept();
  (await goodNetwork()).cut();
  await iphone.die();
  await iphone.switchOn();
  await iphone.open("/app/");
  await iphone.follow(`${iphone.say(today.open)} ${work.title}`);
  await iphone.sees(iphone.say(positionProblems.deniedIphone));
  await iphone.takePicture("denied");
  await iphone.press(iphone.say(atSite.checkIn));
  await iphone.sees(iphone.say(atSite.savedArrival));
  await iphone.press(iphone.say(atSite.photo));
  const first = await takePhoto(iphone, "before", 51);
  const second = await takePhoto(iphone, "after", 52);
  await iphone.press(iphone.say(camera.finish));
  await iphone.sees(iphone.say(atSite.savedProgress));
  await iphone.open("/app/#/outbox");
  await iphone.sees(iphone.say(outbox.explainOpen));
  await iphone.takePicture("outbox-waiting");
  await iphone.die();
  (await goodNetwork()).restore();
  await iphone.switchOn();
  await iphone.open("/app/#/outbox");
  await iphone.sees(iphone.say(outbox.empty));

  const visit = await visitAt(organisation.manager, work.site);
  expect(visit.check_ins.map(({ kind, fix }) => [kind, fix])).toEqual([["arrival", null], ["progress", null]]);
  const photos = visit.check_ins.flatMap((checkIn) => checkIn.photos);
  expect(Object.values(await organisation.manager.hashesOf(photos))).toEqual([first, second]);
});

test("a private window says that it forgets", async () => {
  const { iphone } = await begin({ language: "en", isPrivate: true });
  await iphone.sees(iphone.say(notices.privateWindow));
});

test("the customer's page opens, with the signed sheet and the photos", async () => {
  const link = await CustomerLink.create("zh");
  const iphone = new Iphone(laboratory, { language: "zh" });
  phone = iphone;
  await iphone.switchOn();
  await iphone.open(link.path);
  await iphone.sees("北方制冷服务");
  await until("the photos", () => iphone.driver.run<boolean>(`() => {
    const photos = [...document.querySelectorAll(".customer-photos img")];
    photos[0]?.scrollIntoView();
    return photos.length === 2 && photos.every((photo) => photo.complete && photo.naturalWidth > 0);
  }`));
  await iphone.takePicture("customer");
  expect(await iphone.complaints()).toEqual([]);
});
