import { expect, test } from "vitest";
import { setLanguage } from "../../../shared/i18n/i18n";
import { differenceTexts } from "../../../phone/sheet/difference_text";

test("each place is said once, in words", () => {
  setLanguage("en");
  const pointers = ["/document/photos/0/sha256", "/document/photos/1", "/document/site/radius_m", "/document/done/0/what"];
  expect(differenceTexts(pointers)).toEqual(["the photos", "the site's position or fence", "what was done"]);
  setLanguage("zh");
  expect(differenceTexts(["/document/check_ins"])).toEqual(["签到记录"]);
});

test("also when the signature went out in a batch", () => {
  setLanguage("en");
  expect(differenceTexts(["/operations/3/body/document/scans/0/value"])).toEqual(["the scans"]);
});

test("an unknown place is named as it is", () => {
  setLanguage("en");
  expect(differenceTexts(["/document/weather"])).toEqual(["another place: /weather"]);
});
