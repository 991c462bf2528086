import { expect, test } from "vitest";
import { navigationLink } from "../../../phone/today/navigation";

const bund = { latitude: 31.1774276, longitude: 121.5272106 };
const paris = { latitude: 48.8566, longitude: 2.3522 };

test("Amap gets GCJ-02: the pair that github.com/googollee/eviltransform publishes", () => {
  expect(navigationLink("amap", bund, "门店 3&4")).toBe(
    `https://uri.amap.com/navigation?to=121.531542,31.175304,${encodeURIComponent("门店 3&4")}&mode=car&coordinate=gaode&callnative=1`,
  );
});

test("outside China there is nothing to shift", () => {
  expect(navigationLink("amap", paris, "x")).toContain("to=2.352200,48.856600,");
});

test("the others get WGS-84", () => {
  expect(navigationLink("geo", bund, "a b")).toBe("geo:31.177428,121.527211?q=31.177428,121.527211(a%20b)");
  expect(navigationLink("apple", bund, "a")).toBe("https://maps.apple.com/?daddr=31.177428,121.527211&q=a");
  expect(navigationLink("google", bund, "a")).toContain("destination=31.177428,121.527211");
});
