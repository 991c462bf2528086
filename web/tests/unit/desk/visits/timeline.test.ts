import { describe, expect, test } from "vitest";
import { SAME_TIME_MS, type TimelineEvent, timelineOf } from "../../../../desk/visits/timeline";
import type { Response, Sheet } from "../../../../desk/visits/file";
import type { Schema } from "../../../../shared/api/types";
import { checkIn, file, photo } from "./samples";

const kinds = (events: readonly TimelineEvent[]) => events.map(({ what }) => what.kind);
const at = (time: string) => `2026-11-20T${time}.000Z`;

describe("the timeline", () => {
  test("tells the server's clock where it differs from the phone's, and only there", () => {
    const late = new Date(Date.parse(at("01:14:00")) + SAME_TIME_MS).toISOString();
    const soon = new Date(Date.parse(at("02:14:00")) + SAME_TIME_MS - 1).toISOString();
    const events = timelineOf(file({
      check_ins: [
        checkIn("a", { captured_at: at("01:14:00"), received_at: late }),
        checkIn("b", { kind: "progress", captured_at: at("02:14:00"), received_at: soon }),
      ],
    }));
    expect(events.map(({ receivedAt }) => receivedAt)).toEqual([late, null]);
  });

  test("a phone whose clock is ahead is told, too", () => {
    const [event] = timelineOf(file({ check_ins: [checkIn("a", { captured_at: at("09:00:00"), received_at: at("08:00:00") })] }));
    expect(event?.receivedAt).toBe(at("08:00:00"));
  });

  test("photos taken in one go are one event; a pause or another check-in begins a new one", () => {
    const photos = [
      photo("1", { captured_at: at("01:20:00") }), photo("2", { captured_at: at("01:25:00") }),
      photo("3", { captured_at: at("01:50:00") }), photo("4", { captured_at: at("01:51:00"), check_in_id: "departure" }),
    ];
    const events = timelineOf(file({ check_ins: [checkIn("arrival", { photos })] }));
    const shown = events.flatMap(({ what }) => (what.kind === "photos" ? [what.photos.map(({ id }) => id)] : []));
    expect(shown).toEqual([["1", "2"], ["3"], ["4"]]);
  });

  test("goes by time, whatever the order of the answer, and a departure of the same moment comes last", () => {
    const moment = at("03:00:00");
    const signature = { id: "s", signed_at: moment, received_at: moment } as unknown as Schema<"Signature">;
    const sheet = { version: 1, written_at: at("02:50:00"), signature } as unknown as Sheet;
    const events = timelineOf(file({
      check_ins: [checkIn("d", { kind: "departure", captured_at: moment, received_at: moment }), checkIn("a")],
      sheets: [sheet],
    }));
    expect(kinds(events)).toEqual(["check_in", "sheet", "signature", "check_in"]);
  });

  test("openings of one link within ten minutes are one look", () => {
    const opening = (link_id: string, time: string) => ({ link_id, opened_at: at(time) });
    const events = timelineOf(file({
      openings: [opening("x", "04:00:00"), opening("y", "04:01:00"), opening("x", "04:09:00"), opening("x", "04:18:00"), opening("x", "04:40:00")],
    }));
    const times = events.map(({ what }) => (what.kind === "opened" ? what.times : 0));
    expect(times).toEqual([3, 1, 1]);
  });

  test("a rating given with the signature is told once, by the signature", () => {
    const response = (id: string, fields: Partial<Response>) =>
      ({ id, kind: "rating", received_at: at("05:00:00"), handlings: [], signature_id: null, ...fields }) as unknown as Response;
    const handling = { id: "h", happened_at: at("06:00:00") } as unknown as Schema<"ResponseHandling">;
    const events = timelineOf(file({ responses: [response("a", { signature_id: "s", handlings: [handling] }), response("b", {})] }));
    expect(events.map(({ key }) => key)).toEqual(["b", "h"]);
  });

  test("a revoked link and an answered retake are events of their own", () => {
    const link = { id: "l", created_at: at("04:00:00"), revoked_at: at("07:00:00") } as unknown as Schema<"CustomerLink">;
    const retake = { id: "r", answered_at: at("06:00:00"), answered_by_photo_id: "new" } as unknown as Schema<"Retake">;
    const open = { id: "o", answered_at: null } as unknown as Schema<"Retake">;
    expect(kinds(timelineOf(file({ links: [link], retakes: [retake, open] })))).toEqual(["link", "retake_answered", "revoked"]);
  });
});
