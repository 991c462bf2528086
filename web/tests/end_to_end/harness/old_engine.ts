/** A browser without what came after Chromium 86, the engine of WeChat on older Androids. */
import type { BrowserContext } from "playwright-core";

/** For a phone whose pages are not open yet. Syntax is Vite's target, and not tried here. */
export async function forgetWhatIsNewer(phone: BrowserContext): Promise<void> {
  await phone.addInitScript(() => {
    const forget = (object: object, ...names: string[]) => {
      for (const name of names) Reflect.deleteProperty(object, name);
    };
    forget(Array.prototype, "at", "findLast", "findLastIndex", "toSorted", "toReversed", "toSpliced", "with");
    forget(Object.getPrototypeOf(Int8Array.prototype) as object, "at", "findLast", "findLastIndex", "toSorted", "toReversed", "with");
    forget(String.prototype, "at", "isWellFormed", "toWellFormed");
    forget(Object, "hasOwn", "groupBy");
    forget(Map, "groupBy");
    forget(Promise, "withResolvers", "try");
    forget(Array, "fromAsync");
    forget(AbortSignal, "timeout", "any", "abort");
    forget(Crypto.prototype, "randomUUID");
    forget(URL, "canParse", "parse");
    forget(Intl, "supportedValuesOf", "Segmenter", "DurationFormat");
    forget(Blob.prototype, "bytes");
    forget(globalThis, "structuredClone", "reportError", "scheduler", "navigation", "Iterator", "CompressionStream", "EyeDropper");
    forget(StorageManager.prototype, "getDirectory");
  });
}
