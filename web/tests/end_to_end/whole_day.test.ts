import { afterEach, expect, test } from "vitest";
import { closePhones, LABEL } from "./harness/browser";
import { visitAt } from "./harness/manager";
import { type Language, Organisation } from "./harness/organisation";
import type { Schema } from "../../shared/api/types";
import { CUSTOMER, SHEET, Technician } from "./harness/technician";

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
    await technician.writeSheet();
    const digest = await technician.letCustomerSign();
    await technician.backToVisit();
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

    const sheet = await organisation.manager.get<Schema<"Sheet">>(`/v1/visits/${visit.id}/sheet`);
    expect(sheet.document_sha256).toBe(digest);
    expect(sheet.signature).toMatchObject({ signer_name: CUSTOMER.name, signer_role: CUSTOMER.role, method: "drawn" });
    expect(sheet.content.done.map(({ what }) => what)).toEqual([SHEET.done]);
    expect(sheet.content.left_open.map(({ what, plan }) => [what, plan])).toEqual([[SHEET.leftOpen, SHEET.plan]]);
    const order = await organisation.manager.get<Schema<"WorkOrder">>(`/v1/work-orders/${work.id}`);
    expect(order.state).toBe("done");
  });
}
