/** The secret part of the address `/c/…`; null when the address has none. */
export function tokenOf(pathname: string): string | null {
  return /^\/c\/([A-Za-z0-9_-]{1,100})\/?$/.exec(pathname)?.[1] ?? null;
}
