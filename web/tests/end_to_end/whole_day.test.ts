import { afterEach, test } from "vitest";
import { closePhones, newPhone } from "./harness/browser";
import { expectAllArrived, newDay, playVisit } from "./harness/day";
import { forgetWhatIsNewer } from "./harness/old_engine";
import type { Language } from "./harness/organisation";

afterEach(closePhones);

for (const language of ["en", "zh"] satisfies Language[]) {
  test(`a whole day (${language})`, async () => {
    const phone = await newPhone({ locale: language === "zh" ? "zh-CN" : "en-GB" });
    // Phones last for years, and not all of their browsers are kept up to date.
    if (language === "zh") await forgetWhatIsNewer(phone);
    const day = await newDay(language, { phone, enrols: language === "zh" });
    const done = await playVisit(day);
    await day.technician.waitUntilAllIsSent();
    await expectAllArrived(day, done);
  });
}
