/** Ways through the app by its addresses. */
import { position } from "../../../phone/words/at_site";
import { common } from "../../../phone/words/common";
import type { Network } from "./network";
import type { Technician } from "./technician";

/** Opens a work order's site. */
export async function openWork(technician: Technician, workOrderId: string): Promise<void> {
  await technician.page.goto(`/app/#/site/${workOrderId}`);
  await technician.sees(technician.say(position.title));
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
