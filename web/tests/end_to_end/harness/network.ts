/** The way from the browser to the server: it can be cut, at any moment, at any request and at any byte. */
import { once } from "node:events";
import net from "node:net";

/** Where to cut: a request by its beginning, such as "PATCH /v1/uploads". */
export interface Trap {
  request: string;
  /**
   * "before": the server never hears of it. "within": it gets half of `bytes` more. "answer": the server does it, and
   * the phone never hears of that.
   */
  at: "before" | "within" | "answer";
  bytes?: number;
}

interface Link {
  phone: net.Socket;
  server: net.Socket;
  /** Bytes that may still pass to the server before the cut. */
  left: number;
  /** The answer on this link is to be lost. */
  isAnswerLost: boolean;
}

export class Network {
  readonly #links = new Set<Link>();
  readonly #serverPort: number;
  readonly #listener: net.Server;
  #isUp = true;
  #forges = false;
  #trap: (Trap & { spring: () => void }) | null = null;

  private constructor(serverPort: number) {
    this.#serverPort = serverPort;
    this.#listener = net.createServer({ noDelay: true }, (phone) => this.#connect(phone));
  }

  /** Listens on `port` for what is meant for the server. */
  static async between(port: number, serverPort: number): Promise<Network> {
    const network = new Network(serverPort);
    network.#listener.listen(port, "127.0.0.1");
    await once(network.#listener, "listening");
    return network;
  }

  /** Cuts every connection, and lets none through until it is restored. */
  cut(): void {
    this.#isUp = false;
    for (const link of this.#links) this.#drop(link);
  }

  restore(): void {
    this.#isUp = true;
  }

  /** From now on the signature of every receipt that passes is another one, of the same length. */
  forgeReceipts(forges: boolean): void {
    this.#forges = forges;
  }

  /** Takes a trap away that nothing ran into. */
  forgetTrap(): void {
    this.#trap = null;
  }

  /** Cuts the next time that this request is made; resolves when it happened. */
  cutAt(trap: Trap): Promise<void> {
    return new Promise((resolve) => {
      this.#trap = { ...trap, spring: resolve };
    });
  }

  #drop(link: Link): void {
    this.#links.delete(link);
    link.phone.resetAndDestroy();
    link.server.resetAndDestroy();
  }

  #springTrap(): void {
    const trap = this.#trap;
    this.#trap = null;
    this.cut();
    trap?.spring();
  }

  /** What of the phone's bytes may pass; less than all when the trap is sprung. */
  #inspect(link: Link, bytes: Buffer): Buffer {
    const trap = this.#trap;
    if (trap && bytes.includes(trap.request)) {
      if (trap.at === "before") link.left = 0;
      if (trap.at === "within") link.left = trap.bytes ?? bytes.length / 2;
      if (trap.at === "answer") link.isAnswerLost = true;
    }
    const passing = bytes.subarray(0, link.left);
    link.left -= passing.length;
    return passing;
  }

  #connect(phone: net.Socket): void {
    phone.on("error", () => {});
    if (!this.#isUp) {
      phone.resetAndDestroy();
      return;
    }
    const server = net.connect({ port: this.#serverPort, host: "127.0.0.1", noDelay: true });
    const link: Link = { phone, server, left: Infinity, isAnswerLost: false };
    this.#links.add(link);
    phone.on("data", (bytes) => {
      const passing = this.#inspect(link, bytes);
      if (passing.length === bytes.length) {
        if (!server.write(passing)) phone.pause();
        return;
      }
      // The server keeps what it got; the others are cut off as well.
      this.#links.delete(link);
      server.end(passing);
      phone.resetAndDestroy();
      this.#springTrap();
    });
    server.on("data", (bytes) => {
      if (link.isAnswerLost) this.#springTrap();
      else if (!phone.write(this.#forges ? withForgedReceipts(bytes) : bytes)) server.pause();
    });
    server.on("drain", () => phone.resume());
    phone.on("drain", () => server.resume());
    phone.on("end", () => server.end());
    server.on("end", () => phone.end());
    server.on("error", () => {});
    for (const socket of [phone, server]) socket.on("close", () => this.#end(link));
  }

  #end(link: Link): void {
    this.#links.delete(link);
    link.phone.destroy();
    // Half-closed, it still delivers what was written.
    if (link.left > 0) link.server.destroy();
  }
}

/** In the header that ends an upload, and in the answer to who asks for a receipt. */
function withForgedReceipts(bytes: Buffer): Buffer {
  const text = bytes.toString("latin1").replace(
    /((?:Photo-Receipt: |"receipt":")[A-Za-z0-9+/=]+\.)([A-Za-z0-9+/]{8})/g,
    (_, before: string, signature: string) => before + (signature === "AAAAAAAA" ? "BBBBBBBB" : "AAAAAAAA"),
  );
  return Buffer.from(text, "latin1");
}
