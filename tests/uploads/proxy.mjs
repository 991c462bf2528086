// A bad network: forwards TCP to the server, and cuts, resets, delays and swallows at random (seeded).
import net from "node:net";

/** A small generator of numbers in [0, 1): the same seed gives the same bad luck. */
export function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const KINDS = ["close", "reset", "half", "answer"];

/** `cuts` counts by kind, `carried.bytes` what clients sent. `close()` ends the proxy. */
export async function startProxy({ port, seed, mostBytes, share }) {
  const random = randomFrom(seed);
  const cuts = Object.fromEntries(KINDS.map((kind) => [kind, 0]));
  const carried = { bytes: 0 };
  const open = new Set();

  function plan() {
    if (share === 0) return { kind: null };
    // A lucky connection lives longer, none for ever: clients use one for many requests.
    const reach = random() < share ? mostBytes : 4 * mostBytes;
    return {
      kind: KINDS[Math.floor(random() * KINDS.length)],
      after: Math.floor(random() * reach),
      delay: random() < 0.2 ? Math.floor(random() * 30) : 0,
    };
  }

  function carry(client) {
    const { kind, after = 0, delay = 0 } = plan();
    const upstream = net.connect({ port, host: "127.0.0.1", noDelay: true });
    let passed = 0;
    let isCut = false;
    const cut = () => {
      if (isCut || client.destroyed) return;
      isCut = true;
      cuts[kind]++;
      // "half": the server learns nothing of it and waits; the client is gone.
      if (kind === "reset") client.resetAndDestroy();
      else client.destroy();
      if (kind === "half") setTimeout(() => upstream.destroy(), 3000).unref();
      else if (kind === "reset") upstream.resetAndDestroy();
      else upstream.destroy();
    };
    open.add(client).add(upstream);
    client.on("data", (bytes) => {
      const rest = kind && kind !== "answer" ? after - passed : Infinity;
      passed += bytes.length;
      carried.bytes += bytes.length;
      upstream.write(bytes.subarray(0, Math.max(0, Math.min(rest, bytes.length))));
      if (passed < rest + (passed - bytes.length)) return;
      if (rest !== Infinity) setTimeout(cut, delay);
    });
    upstream.on("data", (bytes) => {
      if (kind === "answer" && passed > after / 2) cut(); // done over there, never heard of here
      else if (!isCut) client.write(bytes);
    });
    for (const [one, other] of [[client, upstream], [upstream, client]]) {
      one.on("error", () => {});
      one.on("end", () => (one === client && kind === "half" ? null : other.end()));
      one.on("close", () => {
        open.delete(one);
        if (!isCut) other.destroy();
      });
    }
  }

  const server = net.createServer({ noDelay: true }, carry);
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    cuts,
    carried,
    port: server.address().port,
    close: () => {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}
