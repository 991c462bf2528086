import { expect, test } from "vitest";
import { answersQueryOf } from "../../../../desk/visits/answers_filter";
import { FILTERS, visitQueryOf } from "../../../../desk/visits/visit_filter";
import type { operations } from "../../../../shared/api/types";

type Asked = keyof NonNullable<operations["listVisits"]["parameters"]["query"]>;

test("the server knows every filter of the list", () => {
  const known: readonly Asked[] = FILTERS; // does not compile otherwise
  expect(known).toContain("first_day");
});

test("only filters go to the server", () => {
  expect(visitQueryOf(new URLSearchParams("signed=false&first_day=&tab=photos&limit=9"))).toEqual({ signed: "false" });
});

test("answers begin with what waits, the urgent first", () => {
  const asked = (query: string) => JSON.parse(JSON.stringify(answersQueryOf(new URLSearchParams(query)))) as object;
  expect(asked("")).toEqual({ handled: "false", concern: "true", order: "urgency" });
  expect(asked("state=all&about=all&kind=rating&order=newest")).toEqual({ kind: "rating", order: "newest" });
  expect(asked("state=handled")).toEqual({ handled: "true", concern: "true", order: "urgency" });
});
