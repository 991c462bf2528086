import { describe, expect, test } from "vitest";
import { readEnrolment } from "../../../phone/enrolment/code";

const HERE = "https://service.example";

describe("a scanned code", () => {
  test("of this server's manager is a code", () => {
    expect(readEnrolment(`${HERE}/app/#/enrol/aB3_x-9`, HERE)).toEqual({ kind: "code", code: "aB3_x-9" });
  });

  test("of another server is told so, and never used here", () => {
    expect(readEnrolment("https://other.example:8443/app/#/enrol/aB3", HERE)).toEqual({
      kind: "elsewhere", host: "other.example:8443",
    });
  });

  for (const text of ["4006381333931", "", `${HERE}/app/#/enrol/`, `${HERE}/app/#/settings`, "javascript:alert(1)#/enrol/x y"]) {
    test(`with “${text}” is none`, () => expect(readEnrolment(text, HERE).kind).toBe("other"));
  }
});
