/** What a scanned code says of an enrolment. */
export type EnrolmentScan =
  | { readonly kind: "code"; readonly code: string }
  /** Of another server: this app cannot log in there. */
  | { readonly kind: "elsewhere"; readonly host: string }
  | { readonly kind: "other" };

/** Reads the address that a manager's QR code holds: https://service.example/app/#/enrol/CODE */
export function readEnrolment(text: string, origin: string): EnrolmentScan {
  let url: URL;
  try {
    url = new URL(text.trim());
  } catch {
    return { kind: "other" };
  }
  const code = /^#\/enrol\/([\w-]{1,200})$/.exec(url.hash)?.[1];
  if (code === undefined) return { kind: "other" };
  return url.origin === origin ? { kind: "code", code } : { kind: "elsewhere", host: url.host };
}
