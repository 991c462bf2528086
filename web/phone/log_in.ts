import type { SuccessOf } from "../shared/api/types";
import { api } from "./api";
import { startSession } from "./local/session";
import { changeSettings } from "./local/settings";

/** The account is no technician's. Of a manager or an administrator it can be used to enrol phones. */
export class NotATechnician extends Error {
  override readonly name = "NotATechnician";

  constructor(readonly loggedIn: SuccessOf<"logIn">) {
    super(loggedIn.user.role);
  }
}

/** What the server's list of sessions calls this phone. */
function deviceName(): string {
  return navigator.userAgent.slice(0, 100);
}

/** Logs in and keeps the session. */
export async function logIn(organisation: string, name: string, password: string): Promise<void> {
  const { body } = await api.call<"logIn">({
    method: "POST",
    path: "/v1/auth/log-in",
    json: { organisation, log_in: name, password, device_name: deviceName() },
    authenticated: false,
  });
  await begin(body);
  await changeSettings({ last_organisation: organisation });
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
  await startSession(loggedIn, me.body.organisation);
}
