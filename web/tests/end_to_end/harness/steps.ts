/** Steps of a technician's day that many tests need. */
import { atSite, position, roles } from "../../../phone/words/at_site";
import { camera } from "../../../phone/words/camera";
import { common } from "../../../phone/words/common";
import type { Network } from "./network";
import type { Technician } from "./technician";

/** Opens a work order from today's list. */
export async function openWork(technician: Technician, workOrderId: string): Promise<void> {
  await technician.page.goto(`/app/#/site/${workOrderId}`);
  await technician.sees(technician.say(position.title));
}

/** Checks in at the site that is open. */
export async function arrive(technician: Technician): Promise<void> {
  await technician.sees(technician.say(position.accepted));
  await technician.press(atSite.checkIn);
  await technician.sees(technician.say(atSite.savedArrival));
}

/** Takes photos in these roles, and hands them over. */
export async function takePhotos(technician: Technician, wanted: ("before" | "after")[]): Promise<void> {
  await technician.press(atSite.photo);
  for (const role of wanted) {
    const name = new RegExp(technician.say(roles[role]));
    await technician.page.getByRole("radio", { name }).check();
    await technician.page.getByRole("button", { name: technician.say(camera.shoot), exact: true }).click();
    await technician.sees(technician.say(camera.saved, { role: technician.say(roles[role]) }));
  }
  await technician.press(camera.finish);
  await technician.sees(technician.say(atSite.savedProgress));
}

export async function leave(technician: Technician): Promise<void> {
  await technician.press(atSite.leave);
  const dialog = technician.page.getByRole("dialog");
  await dialog.getByRole("button", { name: technician.say(atSite.leaveAnyway), exact: true }).click();
  await technician.sees(technician.say(atSite.savedDeparture));
}

/** Opens one of the three main screens. */
export async function openMain(technician: Technician, which: "today" | "outbox" | "settings"): Promise<void> {
  const address = { today: "/", outbox: "/outbox", settings: "/settings" }[which];
  await technician.page.goto(`/app/#${address}`);
  await technician.page.getByRole("link", { name: technician.say(common[which]) }).and(technician.page.locator("[aria-current]")).waitFor();
}

/** The network is back, and the browser says so to the app. */
export async function networkReturns(technician: Technician, network: Network): Promise<void> {
  network.restore();
  await technician.page.evaluate(() => dispatchEvent(new Event("online")));
}
