import { ApiClient } from "../shared/api/client";
import { sessionTokens } from "./local/session";

/** Refresh tokens are exchanged under this lock, by whoever is first of all tabs and the service worker. */
export const TOKEN_LOCK = "fieldproof-phone-tokens";

/** The phone's way to the server, as whoever is logged in. */
export const api = new ApiClient(sessionTokens, TOKEN_LOCK);
