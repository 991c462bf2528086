/** What the browser tells of the phone it runs on. */

export interface DeviceFacts {
  /** "Xiaomi 14"; null where the browser keeps it to itself, as on every iPhone. */
  model: string | null;
  /** "Android 14, Chrome". */
  platform: string;
}

/** iPhones and iPads, which call themselves a Macintosh, have their switches elsewhere. */
export const isApple = (): boolean => /iPhone|iPad|Macintosh/.test(navigator.userAgent);

interface UserAgentData {
  platform: string;
  getHighEntropyValues(hints: string[]): Promise<{ model?: string; platformVersion?: string }>;
}

const SYSTEMS = [
  [/Android ([\d.]+)?/, "Android"],
  [/(?:iPhone|iPad).*? OS ([\d_]+)/, "iOS"],
  [/Windows NT/, "Windows"],
  [/Mac OS X/, "macOS"],
  [/Linux/, "Linux"],
] as const;

const BROWSERS = [
  [/MicroMessenger/, "WeChat"],
  [/EdgA?\//, "Edge"],
  [/SamsungBrowser/, "Samsung Internet"],
  [/Firefox|FxiOS/, "Firefox"],
  [/Chrome|CriOS/, "Chrome"],
  [/Safari/, "Safari"],
] as const;

/** System and browser by the user agent string, which says little else that is true. */
export function platformOf(userAgent: string): string {
  let system = "";
  for (const [pattern, name] of SYSTEMS) {
    const found = pattern.exec(userAgent);
    if (!found) continue;
    system = [name, found[1]?.replace(/_/g, ".")].filter(Boolean).join(" ");
    break;
  }
  const browser = BROWSERS.find(([pattern]) => pattern.test(userAgent))?.[1];
  return [system, browser].filter(Boolean).join(", ") || userAgent.slice(0, 100);
}

let known: Promise<DeviceFacts> | null = null;

async function ask(): Promise<DeviceFacts> {
  const platform = platformOf(navigator.userAgent);
  const data = (navigator as Navigator & { userAgentData?: UserAgentData }).userAgentData;
  const details = await data?.getHighEntropyValues(["model", "platformVersion"]).catch(() => undefined);
  const version = details?.platformVersion?.replace(/(\.0)+$/, "");
  return {
    model: details?.model?.slice(0, 100) || null,
    // Chrome's user agent string says Android 10 on every phone.
    platform: version ? platform.replace(/^Android [\d.]+/, `Android ${version}`) : platform,
  };
}

/** The facts, asked for once. */
export const deviceFacts = (): Promise<DeviceFacts> => (known ??= ask());
