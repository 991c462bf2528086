import { afterEach, expect, test } from "vitest";
import { problems } from "../../phone/words/problems";
import { closePhones } from "./harness/browser";
import { type Language, Organisation } from "./harness/organisation";
import { Technician } from "./harness/technician";

afterEach(closePhones);

for (const language of ["en", "zh"] satisfies Language[]) {
  test(`logs in and shows the work of today (${language})`, async () => {
    const organisation = await Organisation.create(language);
    const person = await organisation.technician(language);
    const { title } = await organisation.work({ technician: person });
    const technician = await Technician.open(person);
    await technician.logIn("not the password");
    await technician.sees(technician.say(problems.logInFailed));
    await technician.logIn();
    await technician.sees(title);
    expect(new URL(technician.page.url()).hash).toBe("#/");
    expect(await technician.page.locator("html").getAttribute("lang")).toBe(language === "zh" ? "zh-CN" : "en");
  });
}
