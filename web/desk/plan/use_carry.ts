import { useEffect, useRef, useState } from "preact/hooks";
import { dayOf, t } from "../../shared/i18n/i18n";
import { plan as words } from "../words/plan";
import { dayOfBoard, isMovable, type Order, type Technician } from "./board";
import { carriedOn, type Direction, type Field, firstPlace, placeIn } from "./carry";
import { changeFor, type Target } from "./moves";
import { loadText } from "./texts";
import type { Move } from "./use_plan";
import { clock } from "./zone_time";

export interface Carried {
  readonly order: Order;
  /** In whose row it was taken up; null: in the list. */
  readonly from: string | null;
  readonly target: Target | null;
  /** Of the mouse; null: the keys carry it. */
  readonly pointer: { readonly x: number; readonly y: number } | null;
}

/** What a card needs to be carried. */
export interface Handles {
  readonly carried: Carried | null;
  readonly onKeyDown: (event: KeyboardEvent, order: Order, from: string | null) => void;
  readonly onPointerDown: (event: PointerEvent, order: Order, from: string | null) => void;
  /** A click, unless it ended a drag. */
  readonly onOpen: (order: Order, from: string | null) => void;
}

interface Properties {
  field: Field | null;
  technicians: readonly Technician[];
  perform: (moves: readonly Move[]) => Promise<void>;
  open: (order: Order, from: string | null) => void;
}

const DIRECTIONS: Readonly<Record<string, Direction>> = {
  ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down",
};
/** A hand trembles; this is no drag yet. */
const DRAG_BEGINS_PX = 5;
/** The mouse puts things down at round times. */
const DROP_STEP_MINUTES = 15;

export const cardId = (order: string, from: string | null): string => `plan-card-${order}-${from ?? "waiting"}`;

/** Carrying work orders about, with the keys and with the mouse; says aloud what happens. */
export function useCarry({ field, technicians, perform, open }: Properties): Handles & { announcement: string } {
  const [carried, setCarried] = useState<Carried | null>(null);
  const [announcement, announce] = useState("");
  const current = useRef<Carried | null>(null);
  const hasDragged = useRef(false);
  const focusNext = useRef<string | null>(null);
  const hold = (next: Carried | null) => {
    current.current = next;
    setCarried(next);
  };
  useEffect(() => {
    const wanted = focusNext.current && document.getElementById(focusNext.current);
    if (!wanted) return;
    focusNext.current = null;
    wanted.focus();
  });

  const placeText = (target: Target): string => {
    if (target.technician === null || !field) return t(words.carriedBack);
    return t(words.carriedTo, {
      technician: technicians.find(({ id }) => id === target.technician)?.name ?? "",
      day: dayOf(`${target.day}T00:00:00Z`, "UTC"),
      time: clock(target.minute),
      load: loadText(dayOfBoard(field.board, target.technician, target.day), field.planning),
    });
  };

  const drop = ({ order, from, target }: Carried) => {
    hold(null);
    const change = field && target && changeFor(order, from, target, field.zone);
    const { number } = order;
    if (!change || !target) return announce(t(words.nothingChanged));
    focusNext.current = cardId(order.id, target.technician);
    announce(target.technician === null ? t(words.droppedBack, { number }) : t(words.dropped, { number, place: placeText(target) }));
    void perform([{ seen: order, change }]);
  };
  const giveUp = () => {
    if (current.current) announce(t(words.gaveUp, { number: current.current.order.number }));
    hold(null);
  };

  // Somebody else may have moved what the keys carry: the focus follows it, or there is nothing to carry any more.
  useEffect(() => {
    if (!carried || carried.pointer || document.activeElement !== document.body) return;
    const card = document.querySelector<HTMLElement>(`[id^="${cardId(carried.order.id, "")}"]`);
    if (card) card.focus();
    else giveUp();
  });

  const onKeyDown = (event: KeyboardEvent, order: Order, from: string | null) => {
    const now = current.current;
    if (event.ctrlKey || event.metaKey || event.altKey || !field) return;
    const direction = DIRECTIONS[event.key];
    if (!now) {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        if (!isMovable(order)) return announce(t(words.fixed, { number: order.number }));
        const target = firstPlace(field, order, from);
        hold({ order, from, target, pointer: null });
        announce(`${t(words.pickedUp, { number: order.number })} ${placeText(target)}`);
      } else if (event.key === "e" || event.key === "E") {
        event.preventDefault();
        open(order, from);
      }
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      drop(now);
    } else if (event.key === "Escape" || event.key === "Tab") {
      if (event.key === "Escape") event.preventDefault();
      giveUp();
    } else if (direction && now.target) {
      event.preventDefault();
      const target = carriedOn(field, now.order, now.target, direction);
      hold({ ...now, target });
      announce(placeText(target));
    }
  };

  const targetAt = (x: number, y: number, order: Order): Target | null => {
    const spot = document.elementFromPoint(x, y)?.closest<HTMLElement>("[data-technician]");
    if (!spot || !field) return null;
    const { technician = "", day = "", first, last } = spot.dataset;
    if (technician === "") return { technician: null };
    if (first === undefined) return placeIn(field, order, technician, day);
    const box = spot.getBoundingClientRect();
    const minute = Number(first) + ((x - box.left) / box.width) * (Number(last) - Number(first));
    return { technician, day, minute: Math.max(0, Math.floor(minute / DROP_STEP_MINUTES) * DROP_STEP_MINUTES) };
  };

  const onPointerDown = (event: PointerEvent, order: Order, from: string | null) => {
    hasDragged.current = false;
    if (current.current) giveUp();
    if (event.button !== 0 || event.pointerType === "touch" || !isMovable(order)) return;
    const begin = { x: event.clientX, y: event.clientY };
    const move = ({ clientX: x, clientY: y }: PointerEvent) => {
      if (!hasDragged.current && Math.hypot(x - begin.x, y - begin.y) < DRAG_BEGINS_PX) return;
      hasDragged.current = true;
      hold({ order, from, target: targetAt(x, y, order), pointer: { x, y } });
    };
    const end = () => {
      removeEventListener("pointermove", move);
      removeEventListener("pointerup", up);
      removeEventListener("pointercancel", cancel);
      removeEventListener("keydown", key);
    };
    const up = () => {
      end();
      if (hasDragged.current && current.current) drop(current.current);
    };
    const cancel = () => {
      end();
      hold(null);
    };
    const key = (pressed: KeyboardEvent) => {
      if (pressed.key !== "Escape") return;
      end();
      giveUp();
    };
    addEventListener("pointermove", move);
    addEventListener("pointerup", up);
    addEventListener("pointercancel", cancel);
    addEventListener("keydown", key);
  };

  const onOpen = (order: Order, from: string | null) => {
    if (!hasDragged.current) open(order, from);
    hasDragged.current = false;
  };
  return { carried, announcement, onKeyDown, onPointerDown, onOpen };
}
