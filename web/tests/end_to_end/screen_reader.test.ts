/** Who cannot see the phone: the window says which screen it is, and reading goes on at its heading. */
import type { Page } from "playwright-core";
import { afterEach, expect, test } from "vitest";
import { atSite } from "../../phone/words/at_site";
import { outbox } from "../../phone/words/outbox";
import { settings } from "../../phone/words/settings";
import { sheet } from "../../phone/words/sheet";
import { today } from "../../phone/words/today";
import { closePhones } from "./harness/browser";
import { Organisation } from "./harness/organisation";
import { Technician } from "./harness/technician";

afterEach(closePhones);

/** What is read first: the window's name, and what has the focus. */
const read = (page: Page) =>
  page.evaluate(() => ({ title: document.title, focus: document.activeElement?.tagName, text: document.activeElement?.textContent }));

test("a new screen gives the window its name and the focus to its heading", async () => {
  const organisation = await Organisation.create("en");
  const person = await organisation.technician("en");
  const work = await organisation.work({ technician: person });
  const technician = await Technician.open(person);
  const { page } = technician;
  const arrivesAt = (text: string) => expect.poll(() => read(page)).toEqual({ title: `${text} – Fieldproof`, focus: "H1", text });

  await technician.logIn();
  await arrivesAt(technician.say(today.title));
  await technician.goTo("settings");
  await arrivesAt(technician.say(settings.title));
  await technician.goTo("outbox");
  await arrivesAt(technician.say(outbox.title));
  await technician.goTo("today");
  await arrivesAt(technician.say(today.title));
  await technician.openWork(work.title);
  await arrivesAt("人民广场店");

  // What happens on the screen itself moves nobody.
  await technician.checkIn();
  const note = page.getByLabel(technician.say(atSite.note), { exact: true });
  await note.fill("half a sentence");
  await technician.sees(technician.say(atSite.noteSaved));
  expect((await read(page)).focus).toBe("TEXTAREA");
  await technician.openSheet();
  await arrivesAt(technician.say(sheet.title));
});
