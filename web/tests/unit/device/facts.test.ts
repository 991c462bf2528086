import { expect, test } from "vitest";
import { platformOf } from "../../../phone/device/facts";

test.each([
  ["Mozilla/5.0 (Linux; Android 14; 23127PN0CC) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36", "Android 14, Chrome"],
  ["Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1", "iOS 18.1, Safari"],
  ["Mozilla/5.0 (Linux; Android 13; M2102J2SC) AppleWebKit/537.36 Chrome/116.0 Mobile Safari/537.36 MicroMessenger/8.0.50", "Android 13, WeChat"],
  ["something else", "something else"],
])("system and browser of %s", (userAgent, platform) => expect(platformOf(userAgent)).toBe(platform));
