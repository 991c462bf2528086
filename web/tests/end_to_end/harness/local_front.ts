/** The nginx of script/server --https, before the tests' server, at an address as phones on a local network see it. */
import { spawnSync } from "node:child_process";
import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { freePort } from "./free_port";
import { service } from "./service";

const SCRIPT = fileURLToPath(new URL("../../../../script/front", import.meta.url));
const ADDRESS = "10.11.12.13";
/** For the browser: this address is this machine. */
export const RESOLVER_RULE = `--host-resolver-rules=MAP ${ADDRESS} 127.0.0.1`;

export class LocalFront {
  /** Whether it takes its certificate as one of the operator's own, whose authority it does not know. */
  hasOwnCertificate = false;

  private constructor(
    private readonly folder: string,
    private readonly port: number,
  ) {}

  static async start(folder: string): Promise<LocalFront> {
    const front = new LocalFront(folder, await freePort());
    front.run("start");
    return front;
  }

  get host(): string {
    return `${ADDRESS}:${this.port}`;
  }

  /** What phones are to trust, a file. */
  get authority(): string {
    return `${this.folder}/authority/certificate.pem`;
  }

  run(action: "start" | "stop" | "fingerprint" | "destroy"): string {
    const { status, stdout, stderr } = spawnSync(SCRIPT, ["--dir", this.folder, action], {
      encoding: "utf8",
      env: {
        ...process.env,
        FIELDPROOF_LISTEN: new URL(service.server_url).host,
        FIELDPROOF_FRONT_PORT: String(this.port),
        FIELDPROOF_FRONT_ADDRESSES: ADDRESS,
        ...(this.hasOwnCertificate && {
          FIELDPROOF_FRONT_CERTIFICATE: `${realpathSync(this.folder)}/certificate.pem`,
          FIELDPROOF_FRONT_KEY: `${realpathSync(this.folder)}/key.pem`,
        }),
      },
    });
    if (status !== 0) throw new Error(`script/front ${action}: ${stdout}${stderr}`);
    return stdout;
  }
}
