/** Every screen of a day, in both languages, light and dark: nothing serious stands in anybody's way. */
import { randomUUID } from "node:crypto";
import { afterEach, expect, test } from "vitest";
import { atSite, position } from "../../phone/words/at_site";
import { camera, scanner } from "../../phone/words/camera";
import { enrol } from "../../phone/words/enrol";
import { problems } from "../../phone/words/problems";
import { roles } from "../../shared/words/roles";
import { notices } from "../../phone/words/notices";
import { outbox } from "../../phone/words/outbox";
import { settings } from "../../phone/words/settings";
import { sheet } from "../../phone/words/sheet";
import { sign, signed } from "../../phone/words/sign";
import { today } from "../../phone/words/today";
import { closePhones, goodNetwork } from "./harness/browser";
import { Walk } from "./harness/look";
import { visitAt } from "./harness/manager";
import { type Language, Organisation } from "./harness/organisation";
import { CUSTOMER, Technician } from "./harness/technician";

afterEach(closePhones);

for (const language of ["en", "zh"] satisfies Language[]) {
  test(`every screen (${language})`, async () => {
    const organisation = await Organisation.create(language);
    const person = await organisation.technician(language);
    const work = await organisation.work({ technician: person });
    const hour = 3_600_000;
    await organisation.work({
      technician: person, barcode: "B2", title: language === "zh" ? "年度保养：制冰机与水处理" : "Yearly service of the ice machine",
      priority: "urgent", window_starts_at: new Date(Date.now() - 3 * hour).toISOString(),
      window_ends_at: new Date(Date.now() - hour).toISOString(),
    });
    await organisation.work({
      technician: person, barcode: "C3", title: language === "zh" ? "更换门封条" : "New door seals", priority: "normal",
      window_starts_at: new Date(Date.now() + 24 * hour).toISOString(), window_ends_at: null,
    });
    const technician = await Technician.open(person);
    const { page } = technician;
    const walk = new Walk(language);
    const look = (name: string) => walk.look(page, name);

    await technician.logIn("wrong");
    await technician.sees(technician.say(problems.logInFailed));
    await look("01-log-in");
    await page.goto(`/app/${new URL(await organisation.enrolmentLink(person)).hash}`);
    await technician.sees(technician.say(enrol.explain));
    await look("02-enrol");
    await technician.press(enrol.begin);

    await technician.sees(work.title);
    await look("03-today");
    await page.locator("details").first().evaluate((one) => one.setAttribute("open", ""));
    await look("04-today-checklist");

    await technician.openWork(work.title);
    await technician.sees(technician.say(position.accepted));
    await look("05-site");
    await technician.checkIn();
    await look("06-site-arrived");
    await technician.press(atSite.photo);
    await technician.takePhoto("before");
    await look("07-camera");
    await technician.dialog.getByRole("button", { name: technician.say(camera.look) }).click();
    await look("08-quick-look");
    await technician.press(camera.keep, technician.dialog);
    await technician.press(camera.finish, technician.dialog);
    await technician.sees(technician.say(atSite.savedProgress));
    await technician.press(atSite.scan);
    await technician.sees(technician.say(scanner.saved), technician.dialog);
    await look("09-scanner");
    await technician.press(scanner.finish, technician.dialog);
    await look("10-site-gathered");

    await technician.openSheet();
    await technician.press(sheet.addLeftOpen, page, "+ ");
    await page.getByRole("textbox", { name: technician.say(sheet.leftOpenWhat), exact: true }).fill("?");
    await technician.press(sheet.show);
    await technician.sees(technician.say(sheet.gaps));
    await look("11-sheet-gaps");
    await page.getByRole("button", { name: new RegExp(`^${technician.say(sheet.remove)}`) }).last().click();
    await technician.backToVisit();
    await technician.writeSheet();
    await page.evaluate(() => scrollTo(0, 0));
    await look("12-sheet");
    await technician.press(sheet.show);
    await page.getByRole("heading", { name: sign.title.zh }).waitFor();
    await look("13-sign");
    await page.getByRole("textbox", { name: sign.name.zh, exact: true }).fill(CUSTOMER.name);
    await page.getByRole("textbox", { name: sign.role.zh, exact: true }).fill(CUSTOMER.role);
    await page.getByRole("radio", { name: sign.stars.zh.replace("{count}", "4") }).check({ force: true });
    await look("14-sign-form");
    await page.getByRole("button", { name: sign.openPad.zh, exact: true }).click();
    await technician.draw(page.locator("canvas"));
    await look("15-sign-pad");
    await page.getByRole("button", { name: sign.padDone.zh, exact: true }).click();
    const network = await goodNetwork();
    network.cut();
    await technician.phone.setOffline(true);
    await page.getByRole("button", { name: sign.confirm.zh, exact: true }).click();
    await technician.sees(technician.say(signed.waiting));
    await look("16-signed-waiting");

    await technician.backToVisit();
    await technician.press(atSite.leave);
    await look("17-leave");
    await technician.press(atSite.leaveAnyway, technician.dialog);
    await technician.sees(technician.say(atSite.savedDeparture));
    await look("18-site-left");
    await page.goto("/app/#/outbox");
    await technician.sees(technician.say(notices.offline));
    await technician.sees(technician.say(outbox.explain));
    await look("19-outbox-waiting");
    await technician.goTo("settings");
    await technician.press(settings.logOut);
    await technician.dialog.waitFor();
    await look("20-log-out");
    await page.keyboard.press("Escape");
    await page.evaluate(() => scrollTo(0, 0));
    await look("21-settings");

    network.restore();
    await technician.phone.setOffline(false);
    await technician.waitUntilAllIsSent();
    const receipt = page.getByRole("group", { name: technician.say(outbox.photo, { role: technician.say(roles.before) }) });
    await receipt.locator("details").first().evaluate((one) => one.setAttribute("open", ""));
    await receipt.scrollIntoViewIfNeeded();
    await look("22-outbox-safe");
    await page.goBack();
    await page.goto(`/app/#/visit/${(await visitAt(organisation.manager, work.site)).id}/sheet`);
    await technician.sees(technician.say(signed.correctHint));
    await look("23-signed");

    const [photo] = (await visitAt(organisation.manager, work.site)).check_ins.flatMap(({ photos }) => photos);
    const reason = language === "zh" ? "看不清压力表读数" : "The gauge cannot be read";
    const manager = await organisation.person("manager");
    await manager.call("POST", `/v1/photos/${photo?.id}/reviews`, { id: randomUUID(), decision: "retake", reason });
    await page.goto("/app/#/");
    await technician.press(today.refresh);
    await technician.sees(reason);
    await look("24-today-retake");
    await page.getByRole("link", { name: technician.say(today.retake, { role: technician.say(roles.before) }) }).click();
    await technician.sees(new RegExp(reason));
    await look("25-site-retake");
    await page.goto("/app/#/nowhere");
    await look("26-nothing-here");
    expect(walk.findings).toEqual([]);
  });
}
