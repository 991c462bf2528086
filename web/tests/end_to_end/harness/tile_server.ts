/** A tile server of one's own, which remembers what it was asked for. */
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface Tile {
  readonly z: number;
  readonly x: number;
  readonly y: number;
}

/** Where a point of a tile lies, in the tile's own datum; u and v from its north-western corner, 0 to 1. */
export function positionIn({ z, x, y }: Tile, u: number, v: number): { latitude: number; longitude: number } {
  const n = 2 ** z;
  return {
    longitude: ((x + u) / n) * 360 - 180,
    latitude: (Math.atan(Math.sinh(Math.PI * (1 - (2 * (y + v)) / n))) * 180) / Math.PI,
  };
}

export const tileOf = (address: string): Tile => {
  const [z = NaN, x = NaN, y = NaN] = /\/(\d+)\/(\d+)\/(\d+)\.svg/.exec(address)?.slice(1).map(Number) ?? [];
  return { z, x, y };
};

export class TileServer {
  readonly asked: string[] = [];
  readonly referrers = new Set<string | undefined>();
  isBroken = false;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<TileServer> {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const tiles = new TileServer(server);
    server.on("request", (request, response) => {
      tiles.asked.push(request.url ?? "");
      tiles.referrers.add(request.headers.referer);
      const { z, x, y } = tileOf(request.url ?? "");
      response.writeHead(tiles.isBroken ? 503 : 200, { "Content-Type": "image/svg+xml", "Cache-Control": "no-store" });
      response.end(
        tiles.isBroken
          ? ""
          : `<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256"><rect width="256" height="256" fill="#dfe8d8" stroke="#778"/><text x="16" y="130">${z}/${x}/${y}</text></svg>`,
      );
    });
    return tiles;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, "close");
  }
}
