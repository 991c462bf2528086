import { useEffect, useState } from "preact/hooks";

/** The part of the address behind `#`, as it changes. It never reaches the server. */
export function useHash(): string {
  const [hash, set] = useState(location.hash);
  useEffect(() => {
    const follow = () => set(location.hash);
    addEventListener("hashchange", follow);
    // It may have changed since it was read.
    follow();
    return () => removeEventListener("hashchange", follow);
  }, []);
  return hash;
}

/** The segments between slashes and what comes after `?`. A segment that is no UTF-8 counts as empty. */
export function readHash(hash: string): { segments: string[]; query: URLSearchParams } {
  const [address = "", query = ""] = hash.replace(/^#/, "").split("?", 2);
  const segments = address.split("/").filter(Boolean).map(decode);
  return { segments, query: new URLSearchParams(query) };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return "";
  }
}
