/** A technician's day, to be played in good and in bad circumstances, and what must be true of it afterwards. */
import type { BrowserContext } from "playwright-core";
import { expect } from "vitest";
import type { Schema } from "../../../shared/api/types";
import { LABEL } from "./film";
import { visitAt } from "./manager";
import { type Language, Organisation, type Work } from "./organisation";
import { CUSTOMER, SHEET, Technician } from "./technician";

export interface Day {
  organisation: Organisation;
  work: Work;
  technician: Technician;
}

export interface DayOptions {
  phone?: BrowserContext;
  /** Of the site's asset; by default the one that the camera sees. */
  barcode?: string;
  /** By the manager's code, instead of a password. */
  enrols?: boolean;
}

/** A technician who has logged in, with one work order. */
export async function newDay(language: Language, { phone, barcode, enrols }: DayOptions = {}): Promise<Day> {
  const organisation = await Organisation.create(language);
  const person = await organisation.technician(language);
  const work = await organisation.work({ technician: person, barcode });
  const technician = await Technician.open(person, phone);
  if (enrols) await technician.enrol(await organisation.enrolmentLink(person));
  else await technician.logIn();
  await technician.sees(work.title);
  return { organisation, work, technician };
}

/** What the phone knows of the work that it hands over. */
export interface Done {
  /** SHA-256 of the photos, by id. */
  photos: Record<string, string>;
  /** SHA-256 of what the customer saw and signed. */
  digest: string;
}

/** From the arrival to the departure, with the customer's signature. */
export async function playVisit(day: Day): Promise<Done> {
  await beginVisit(day);
  return endVisit(day);
}

/** The arrival, and the scanner, which comes over the network when it is first used. */
export async function beginVisit({ technician, work }: Day): Promise<void> {
  await technician.openWork(work.title);
  await technician.checkIn();
  await technician.scan();
}

export async function endVisit({ technician }: Day): Promise<Done> {
  await technician.takePhotos("before", "after");
  const photos = await technician.photosOnPhone();
  await technician.writeSheet();
  const digest = await technician.letCustomerSign();
  await technician.backToVisit();
  await technician.checkOut();
  return { photos, digest };
}

/** All of it is on the server, once, and is what the phone sent. */
export async function expectAllArrived({ organisation: { manager }, work }: Day, done: Done): Promise<void> {
  const visit = await visitAt(manager, work.site);
  const kinds = visit.check_ins.map(({ kind }) => kind);
  expect(kinds).toEqual(["arrival", ...kinds.slice(2).map(() => "progress"), "departure"]);
  expect(visit.check_ins.map(({ verdict }) => verdict)).toEqual(kinds.map(() => "accepted"));
  expect(visit.finding_codes).not.toContain("checklist_incomplete");
  const scans = visit.check_ins.flatMap((checkIn) => checkIn.scans);
  expect(scans).toHaveLength(1);
  expect(scans[0]).toMatchObject({ value: LABEL, symbology: "qr_code", entered: "camera" });
  const photos = visit.check_ins.flatMap((checkIn) => checkIn.photos);
  expect(photos.map(({ role, state }) => [role, state])).toEqual([["before", "stored"], ["after", "stored"]]);
  expect(await manager.hashesOf(photos)).toEqual(done.photos);

  const sheet = await manager.get<Schema<"Sheet">>(`/v1/visits/${visit.id}/sheet`);
  expect(sheet.document_sha256).toBe(done.digest);
  expect(sheet.signature).toMatchObject({ signer_name: CUSTOMER.name, signer_role: CUSTOMER.role, method: "drawn" });
  expect(sheet.content.done.map(({ what }) => what)).toEqual([SHEET.done]);
  expect(sheet.content.left_open.map(({ what, plan }) => [what, plan])).toEqual([[SHEET.leftOpen, SHEET.plan]]);
  const order = await manager.get<Schema<"WorkOrder">>(`/v1/work-orders/${work.id}`);
  expect(order.state).toBe("done");
}
