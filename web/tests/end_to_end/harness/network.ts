/** The way from the browser to the server: it can be cut, at any moment and at any byte. */
import { once } from "node:events";
import net from "node:net";

interface Link {
  phone: net.Socket;
  server: net.Socket;
  /** Bytes from the phone that were let through. */
  carried: number;
}

export class Network {
  readonly #links = new Set<Link>();
  readonly #serverPort: number;
  readonly #listener: net.Server;
  #isUp = true;
  #cutAfterBytes: number | null = null;
  #pendingCut: (() => void) | null = null;

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
    this.#cutAfterBytes = null;
    for (const link of this.#links) this.#drop(link);
    this.#pendingCut?.();
    this.#pendingCut = null;
  }

  restore(): void {
    this.#isUp = true;
    this.#cutAfterBytes = null;
  }

  /** Cuts as soon as one connection has carried that much from the phone; resolves when it did. */
  cutAfter(bytes: number): Promise<void> {
    this.#cutAfterBytes = bytes;
    for (const link of this.#links) link.carried = 0;
    return new Promise((resolve) => {
      this.#pendingCut = resolve;
    });
  }

  close(): void {
    this.cut();
    this.#listener.close();
  }

  #drop(link: Link): void {
    this.#links.delete(link);
    link.phone.resetAndDestroy();
    link.server.resetAndDestroy();
  }

  #connect(phone: net.Socket): void {
    phone.on("error", () => {});
    if (!this.#isUp) {
      phone.resetAndDestroy();
      return;
    }
    const server = net.connect({ port: this.#serverPort, host: "127.0.0.1", noDelay: true });
    const link = { phone, server, carried: 0 };
    this.#links.add(link);
    server.on("error", () => {});
    server.on("close", () => this.#end(link));
    phone.on("close", () => this.#end(link));
    phone.on("data", (bytes) => {
      const rest = (this.#cutAfterBytes ?? Infinity) - link.carried;
      link.carried += bytes.length;
      if (bytes.length < rest) {
        if (!server.write(bytes)) phone.pause();
        return;
      }
      // The last bytes still arrive: the server keeps what it got.
      server.end(bytes.subarray(0, rest));
      link.phone.pause();
      this.#links.delete(link);
      link.phone.resetAndDestroy();
      this.cut();
    });
    server.on("drain", () => phone.resume());
    server.on("data", (bytes) => {
      if (!phone.write(bytes)) server.pause();
    });
    phone.on("drain", () => server.resume());
    phone.on("end", () => server.end());
    server.on("end", () => phone.end());
  }

  #end(link: Link): void {
    this.#links.delete(link);
    link.phone.destroy();
    link.server.destroy();
  }
}
