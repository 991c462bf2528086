/** A technician at a site, in a real browser. */
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { BrowserContext } from "playwright-core";
import { position } from "../../../phone/words/at_site";
import type { Schema } from "../../../shared/api/types";
import { newPhone, takePicture } from "./browser";
import { visitAt } from "./manager";
import { type Language, Organisation } from "./organisation";
import type { pictureFile } from "./picture_file";
import { Technician } from "./technician";

const PICTURES = fileURLToPath(new URL("../../../../var/test/screenshots/", import.meta.url));
mkdirSync(PICTURES, { recursive: true });

export class Scene {
  constructor(
    readonly organisation: Organisation,
    readonly technician: Technician,
    readonly work: Awaited<ReturnType<Organisation["work"]>>,
  ) {}

  /** A technician who has opened the site's screen. */
  static async open(language: Language, phone?: BrowserContext, barcode?: string): Promise<Scene> {
    const organisation = await Organisation.create(language);
    const person = await organisation.technician(language);
    const work = await organisation.work({ technician: person, barcode });
    const technician = await Technician.open(person, phone);
    await technician.logIn();
    await technician.openWork(work.title);
    await technician.sees(technician.say(position.title));
    return new Scene(organisation, technician, work);
  }

  /** … and has checked in there. */
  static async arrive(language: Language, phone?: BrowserContext, barcode?: string): Promise<Scene> {
    const scene = await Scene.open(language, phone, barcode);
    await scene.technician.checkIn();
    return scene;
  }

  get page() {
    return this.technician.page;
  }

  async photograph(name: string): Promise<void> {
    await takePicture(this.page, `${PICTURES}at_site-${this.technician.person.language}-${name}.png`);
  }

  /** The visit as the manager sees it, once everything has arrived. */
  async visit(): Promise<Schema<"Visit">> {
    await this.technician.waitUntilAllIsSent();
    return visitAt(this.organisation.manager, this.work.site);
  }

  /** A file out of the phone's own camera. */
  async takeWithPhone(file: ReturnType<typeof pictureFile>): Promise<void> {
    await this.page.locator('input[type="file"][accept="image/jpeg"]').setInputFiles(file);
  }
}

/** A phone whose browser does otherwise than a good one. */
export async function phoneWith(change: () => void, options = {}): Promise<BrowserContext> {
  const phone = await newPhone(options);
  await phone.addInitScript(change);
  return phone;
}
