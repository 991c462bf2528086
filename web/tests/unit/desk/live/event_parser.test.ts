import { expect, test } from "vitest";
import { EventParser } from "../../../../desk/live/event_parser";

const STREAM = 'retry: 1000\n\nevent: start_over\nid: p1\ndata: {}\n\n:\n\nevent: changes\nid: p2\ndata: {"a":1,\ndata: "b":2}\n\n';
const EVENTS = [
  { name: "start_over", id: "p1", data: "{}" },
  { name: "changes", id: "p2", data: '{"a":1,\n"b":2}' },
];

test("events are the same in whatever pieces they arrive", () => {
  expect(new EventParser().take(STREAM)).toEqual(EVENTS);
  for (let size = 1; size < 40; size += 1) {
    const parser = new EventParser();
    const found = [];
    for (let at = 0; at < STREAM.length; at += size) found.push(...parser.take(STREAM.slice(at, at + size)));
    expect(found, `pieces of ${size}`).toEqual(EVENTS);
  }
});

test("what has not ended is no event yet", () => {
  const parser = new EventParser();
  expect(parser.take("event: changes\nid: p\ndata: {}\n")).toEqual([]);
  expect(parser.take("\n")).toEqual([{ name: "changes", id: "p", data: "{}" }]);
});
