import { afterEach, expect, test } from "vitest";
import { closePhones, LABEL } from "./harness/browser";
import { visitAt } from "./harness/manager";
import { type Language, Organisation } from "./harness/organisation";
import { Technician } from "./harness/technician";

afterEach(closePhones);

for (const language of ["en", "zh"] satisfies Language[]) {
  test(`a whole day (${language})`, async () => {
    const organisation = await Organisation.create(language);
    const person = await organisation.technician(language);
    const work = await organisation.work({ technician: person });
    const technician = await Technician.open(person);
    await technician.logIn();
    await technician.openWork(work.title);
    await technician.checkIn();
    await technician.takePhotos("before", "after");
    await technician.scan();
    const kept = await technician.photosOnPhone();
    await technician.checkOut();
    await technician.waitUntilAllIsSent();

    const visit = await visitAt(organisation.manager, work.site);
    expect(visit.check_ins.map(({ kind }) => kind)).toEqual(["arrival", "progress", "progress", "departure"]);
    expect(visit.finding_codes).not.toContain("checklist_incomplete");
    expect(visit.check_ins.every(({ verdict }) => verdict === "accepted")).toBe(true);
    const scans = visit.check_ins.flatMap((checkIn) => checkIn.scans);
    expect(scans.map(({ value, symbology, entered }) => ({ value, symbology, entered }))).toEqual([
      { value: LABEL, symbology: "qr_code", entered: "camera" },
    ]);
    const photos = visit.check_ins.flatMap((checkIn) => checkIn.photos);
    expect(photos.map(({ role }) => role)).toEqual(["before", "after"]);
    expect(await organisation.manager.hashesOf(photos)).toEqual(kept);
  });
}
