/** The server, as the tests may treat it. */
import { inject } from "vitest";
import type { Service } from "./global_setup";

export const service: Service = inject("service");

async function order(action: string, options: object = {}): Promise<void> {
  const answer = await fetch(`${service.control_url}/${action}`, { method: "POST", body: JSON.stringify(options) });
  if (!answer.ok) throw new Error(`the server did not ${action}`);
}

/** Ends it as a power cut does. */
export const killServer = () => order("kill");
/** Starts it again, or with another build of the app. */
export const startServer = (webFolder?: string) => order("start", webFolder ? { web: webFolder } : {});
/** Serves another build of the app from now on. */
export const serveBuild = (webFolder: string) => order("restart", { web: webFolder });
/** Runs it with these settings from now on; "" is as if one had never been set. */
export const serveWith = (settings: Readonly<Record<string, string>>) => order("restart", { settings });
