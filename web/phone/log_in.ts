import type { Schema, SuccessOf } from "../shared/api/types";
import { api } from "./api";
import { deviceFacts } from "./device/facts";
import { startSession } from "./local/session";
import { changeSettings, readSettings } from "./local/settings";
import { pinReceiptKeys } from "./outbox/receipt_proof";

/** The account is no technician's. Of a manager or an administrator it can be used to enrol phones. */
export class NotATechnician extends Error {
  override readonly name = "NotATechnician";

  constructor(readonly loggedIn: SuccessOf<"logIn">) {
    super(loggedIn.user.role);
  }
}

/** What the server's list of devices calls this phone. */
async function thisDevice(): Promise<Schema<"NamedDevice">> {
  const [{ device_id: id }, { model, platform }] = await Promise.all([readSettings(), deviceFacts()]);
  return { id, name: model ?? platform, model, platform };
}

/** Logs in by password and keeps the session. */
export async function logIn(organisation: string, name: string, password: string): Promise<void> {
  const { body } = await api.call<"logIn">({
    method: "POST",
    path: "/v1/auth/log-in",
    json: { organisation, log_in: name, password, device: await thisDevice() },
    authenticated: false,
  });
  await begin(body);
}

/** Logs in by the code that a manager showed. It is good once; asking again from the same phone is harmless. */
export async function enrol(code: string): Promise<void> {
  const { body } = await api.call<"enrol">({
    method: "POST",
    path: "/v1/auth/enrol",
    json: { code, device: await thisDevice() },
    authenticated: false,
  });
  await begin(body);
}

/** Keeps a session that was just given; first the server says of which organisation it is. */
async function begin(loggedIn: SuccessOf<"logIn">): Promise<void> {
  if (loggedIn.user.role !== "technician") throw new NotATechnician(loggedIn);
  const me = await api.call<"getMe">({
    method: "GET",
    path: "/v1/me",
    authenticated: false,
    headers: { Authorization: `Bearer ${loggedIn.access_token}` },
  });
  const keys = await api.call<"getReceiptKeys">({ method: "GET", path: "/v1/receipt-keys", authenticated: false });
  await pinReceiptKeys(keys.body);
  await startSession(loggedIn, me.body.organisation);
  await changeSettings({ last_organisation: me.body.organisation.slug });
}
