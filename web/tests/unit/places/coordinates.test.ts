// Coordinates as people paste them, in each of the ways they can be read.
import { describe, expect, test } from "vitest";
import { positionText, readCoordinates } from "../../../desk/places/coordinates";

const SHANGHAI = "31.2304, 121.4737";
const first = (text: string) => {
  const { readings } = readCoordinates(text);
  return readings[0] ? positionText(readings[0]) : null;
};

describe("one position, written in many ways", () => {
  test.each([
    "31.2304, 121.4737",
    "31.2304,121.4737",
    "31.2304 121.4737",
    "  31.2304\t121.4737\n",
    "31.2304，121.4737",
    "31.2304、121.4737",
    "３１．２３０４，１２１．４７３７",
    "(31.2304, 121.4737)",
    "[121.4737, 31.2304]",
    "121.4737,31.2304",
    "N31.2304 E121.4737",
    "31.2304N 121.4737E",
    "31.2304 N, 121.4737 E",
    "E121.4737, N31.2304",
    "31.2304°N 121.4737°E",
    "北纬31.2304° 东经121.4737°",
    "东经121.4737度，北纬31.2304度",
    "纬度：31.2304 经度：121.4737",
    "经度: 121.4737; 纬度: 31.2304",
    "lat=31.2304, lng=121.4737",
    '{"lng": 121.4737, "lat": 31.2304}',
    '{"longitude":121.4737,"latitude":31.2304}',
    "+31.2304 +121.4737",
    "geo:31.2304,121.4737",
    "https://uri.amap.com/marker?position=121.4737,31.2304&name=park",
    "https://uri.amap.com/marker?position=121.4737%2C31.2304&src=x",
    "https://www.amap.com/?q=31.2304,121.4737,park",
    "http://api.map.baidu.com/marker?location=31.2304,121.4737&title=x&output=html",
    "https://apis.map.qq.com/uri/v1/marker?marker=coord:31.2304,121.4737;title:x",
    "https://www.openstreetmap.org/#map=17/31.2304/121.4737",
    "https://www.openstreetmap.org/?mlat=31.2304&mlon=121.4737#map=5/1/2",
    "https://www.google.com/maps/@31.2304,121.4737,17z",
    "https://www.google.com/maps/place/X/@1,2,17z/data=!3m1!8m2!3d31.2304!4d121.4737",
    "https://maps.google.com/?q=31.2304,121.4737",
  ])("%s", (text) => expect(first(text)).toBe(SHANGHAI));

  test.each([
    `31°13'49.44"N 121°28'25.32"E`,
    "31°13′49.44″N, 121°28′25.32″E",
    "31° 13' 49.44\" N  121° 28' 25.32\" E",
    "31º13’49.44”N 121º28’25.32”E",
    "31°13'49.44''N 121°28'25.32''E",
    "N31°13'49.44\" E121°28'25.32\"",
    "北纬31°13′49.44″，东经121°28′25.32″",
    "东经121度28分25.32秒 北纬31度13分49.44秒",
    "31°13.824'N 121°28.422'E",
    `31°13'49.44" 121°28'25.32"`,
  ])("degrees, minutes and seconds: %s", (text) => expect(first(text)).toBe(SHANGHAI));
});

test("south and west are negative, whoever says so", () => {
  expect(first("33.8568S 151.2153E")).toBe("-33.8568, 151.2153");
  expect(first("-33.8568, 151.2153")).toBe("-33.8568, 151.2153");
  expect(first(`22°54'S 43°12'W`)).toBe("-22.9, -43.2");
  expect(first("南纬22.9 西经43.2")).toBe("-22.9, -43.2");
  expect(first("−33.8568, 151.2153")).toBe("-33.8568, 151.2153");
});

test("what can be read in two ways is offered in both, latitude first", () => {
  const { readings } = readCoordinates("52.52, 13.405");
  expect(readings).toEqual([
    { latitude: 52.52, longitude: 13.405, order: "latitude_first" },
    { latitude: 13.405, longitude: 52.52, order: "longitude_first" },
  ]);
  expect(readCoordinates("52.52N, 13.405").readings).toEqual([{ latitude: 52.52, longitude: 13.405, order: "stated" }]);
  expect(readCoordinates("121.4737, 31.2304").readings).toEqual([{ latitude: 31.2304, longitude: 121.4737, order: "longitude_first" }]);
});

test("a link says whose datum it is in", () => {
  const datums = [
    ["https://uri.amap.com/marker?position=121.4737,31.2304", "gcj02"],
    ["http://api.map.baidu.com/marker?location=31.2304,121.4737", "bd09"],
    ["http://api.map.baidu.com/marker?location=31.2304,121.4737&coord_type=gcj02", "gcj02"],
    ["http://api.map.baidu.com/marker?coord_type=wgs84&location=31.2304,121.4737", "wgs84"],
    ["https://apis.map.qq.com/uri/v1/marker?marker=coord:31.2304,121.4737", "gcj02"],
    ["geo:31.2304,121.4737", "wgs84"],
    ["https://www.google.com/maps/@31.2304,121.4737,17z", null],
    ["31.2304, 121.4737", null],
  ] as const;
  for (const [text, datum] of datums) expect(readCoordinates(text).datum, text).toBe(datum);
});

test.each([
  "",
  "Nanjing Road 5",
  "31.2304",
  "31.2304, 121.4737, 17",
  "131.2, 191.5",
  "91 N 121 E",
  "31.2N 32.1S",
  `31°61'00"N 121°28'25"E`,
  `31°13'60"N 121°28'25"E`,
  "https://map.baidu.com/@13523265.31,3641114.64,19z",
  "https://example.com/31.2304,121.4737",
  "1".repeat(3000),
])("no position: %s", (text) => expect(readCoordinates(text).readings).toEqual([]));
