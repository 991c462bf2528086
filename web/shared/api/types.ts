/**
 * The contract's schemas by name: `Schema<"CheckInCreate">`. Generated from api-spec/openapi.yaml by
 * `npm run types`, so that a change of the contract that the app does not follow fails the build.
 */
import type { components, operations } from "./schema";

export type { operations };
export type Schema<Name extends keyof components["schemas"]> = components["schemas"][Name];

/** The JSON that an operation answers when it succeeds. */
export type SuccessOf<Operation extends keyof operations> = operations[Operation] extends {
  responses: infer Responses;
}
  ? {
      [Status in keyof Responses & (200 | 201)]: Responses[Status] extends {
        content: { "application/json": infer Body };
      }
        ? Body
        : never;
    }[keyof Responses & (200 | 201)]
  : never;

/** The JSON that an operation takes. */
export type BodyOf<Operation extends keyof operations> = operations[Operation] extends {
  requestBody?: { content: { "application/json": infer Body } };
}
  ? Body
  : never;
