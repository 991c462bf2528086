import { expect, test } from "vitest";
import { matchRoute, type Route } from "../../phone/router";

const load: Route["load"] = () => Promise.reject(new Error("not loaded by tests"));
const routes: Route[] = ["/", "/site/{work_order_id}", "/visit/{visit_id}/sheet"].map((pattern) => ({ pattern, load }));
const patternOf = (hash: string) => matchRoute(routes, hash)?.route.pattern ?? null;

test("an address without a hash is the start", () => {
  expect(patternOf("")).toBe("/");
  expect(patternOf("#/")).toBe("/");
});

test("named parts are decoded, the query is kept apart", () => {
  const match = matchRoute(routes, "#/site/a%2Fb?retake=7");
  expect(match?.properties.parameters).toEqual({ work_order_id: "a/b" });
  expect(match?.properties.query.get("retake")).toBe("7");
});

test("an address of another length or with broken escapes is nothing", () => {
  expect(patternOf("#/site")).toBeNull();
  expect(patternOf("#/visit/1/sheet/2")).toBeNull();
  expect(patternOf("#/site/%E0%A4%A")).toBeNull();
});
