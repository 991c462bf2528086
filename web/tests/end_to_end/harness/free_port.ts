import { once } from "node:events";
import { createServer } from "node:net";

/** A port of this machine that nobody listens on right now, and that no connection on its way out is given. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 20000 + Math.floor(Math.random() * 12768);
    const probe = createServer().listen(port, "0.0.0.0");
    const isFree = await Promise.race([once(probe, "listening").then(() => true), once(probe, "error").then(() => false)]);
    probe.close();
    if (!isFree) continue;
    await once(probe, "close");
    return port;
  }
}
