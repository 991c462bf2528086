// What a phone's browser has and Node (18 and 20) has not.
import { webcrypto } from "node:crypto";
import "fake-indexeddb/auto";

globalThis.crypto ??= webcrypto as Crypto;
globalThis.navigator ??= { userAgent: "test", languages: ["en"], onLine: true } as unknown as Navigator;
