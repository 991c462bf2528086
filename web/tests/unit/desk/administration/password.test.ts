import { expect, test } from "vitest";
import { suggestedPassword } from "../../../../desk/administration/password";

test("suggested passwords can be read out, and differ", () => {
  const passwords = Array.from({ length: 200 }, suggestedPassword);
  for (const password of passwords) expect(password).toMatch(/^([a-hjkmnp-zA-HJ-NP-Z2-9i]{4}-){3}[a-hjkmnp-zA-HJ-NP-Z2-9i]{4}$/);
  expect(new Set(passwords).size).toBe(passwords.length);
  expect(new Set(passwords.join("")).size).toBeGreaterThan(50);
});
