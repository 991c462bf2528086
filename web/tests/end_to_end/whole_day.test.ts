import { afterEach, test } from "vitest";
import { closePhones } from "./harness/browser";
import { expectAllArrived, newDay, playVisit } from "./harness/day";
import type { Language } from "./harness/organisation";

afterEach(closePhones);

for (const language of ["en", "zh"] satisfies Language[]) {
  test(`a whole day (${language})`, async () => {
    const day = await newDay(language, { enrols: language === "zh" });
    const done = await playVisit(day);
    await day.technician.waitUntilAllIsSent();
    await expectAllArrived(day, done);
  });
}
