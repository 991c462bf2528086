import { ApiClient } from "../shared/api/client";
import { sessionTokens } from "./local/session";

/** The phone's way to the server. */
export const api = new ApiClient(sessionTokens, "fieldproof-phone-tokens");
