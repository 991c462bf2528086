import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { t, type Word } from "../../shared/i18n/i18n";
import type { SheetDraft, VisitWorkOrder } from "../local/types";
import { sheet as words } from "../words/sheet";
import { newDone, newLeftOpen, newPart, placeOf, readQuantity, type SheetGap } from "./content";
import { OutcomeChoice } from "./outcome_choice";
import { TextArea } from "./text_area";

interface FormProperties {
  sheet: SheetDraft;
  workOrders: readonly VisitWorkOrder[];
  gaps: readonly SheetGap[];
  onChange: (sheet: SheetDraft) => void;
}

type ListName = "open_before" | "done" | "left_open" | "parts";

/** Replaces, adds and removes the entries of one of the sheet's lists. */
function listOf<Name extends ListName>(sheet: SheetDraft, name: Name, onChange: (sheet: SheetDraft) => void) {
  type Entry = SheetDraft[Name][number];
  const entries = sheet[name] as Entry[];
  const set = (next: Entry[]) => onChange({ ...sheet, [name]: next });
  return {
    entries,
    change: (i: number, entry: Entry) => set(entries.map((old, at) => (at === i ? entry : old))),
    add: (entry: Entry) => set([...entries, entry]),
    remove: (i: number) => set(entries.filter((_, at) => at !== i)),
  };
}

/** The three blocks of a visit sheet, and the parts. */
export function SheetForm(properties: FormProperties) {
  const { sheet, onChange, gaps } = properties;
  const isWrong = (place: string) => gaps.some((gap) => gap.place === place);
  return (
    <>
      {sheet.corrects_version !== null && (
        <Block title={t(words.correctionTitle, { version: sheet.version })}>
          <TextArea
            label={t(words.correctionReason)}
            place={placeOf.correction}
            isWrong={isWrong(placeOf.correction)}
            maxLength={2000}
            value={sheet.correction_reason ?? ""}
            onValue={(correction_reason) => onChange({ ...sheet, correction_reason })}
          />
        </Block>
      )}
      <OpenBefore {...properties} />
      <Done {...properties} isWrong={isWrong} />
      <Parts {...properties} isWrong={isWrong} />
      <LeftOpen {...properties} isWrong={isWrong} />
    </>
  );
}

function Block({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="sheet-block">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

/** Opens and closes by the user's hand only: never while somebody writes inside. */
function More({ title, isOpenAtFirst, children }: { title: string; isOpenAtFirst: boolean; children: ComponentChildren }) {
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  return (
    <details class="sheet-more" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{title}</summary>
      {children}
    </details>
  );
}

function AddButton({ word, onClick }: { word: Word; onClick: () => void }) {
  return (
    <button type="button" class="button button-wide" onClick={onClick}>
      + {t(word)}
    </button>
  );
}

function RemoveButton({ of, onClick }: { of: string; onClick: () => void }) {
  return (
    <button type="button" class="button button-quiet" onClick={onClick}>
      {t(words.remove)}
      <span class="unseen"> {of}</span>
    </button>
  );
}

function OpenBefore({ sheet, onChange }: FormProperties) {
  const list = listOf(sheet, "open_before", onChange);
  return (
    <Block title={t(words.openBefore)}>
      {list.entries.map((text, i) => (
        <div class="sheet-entry" key={i}>
          <TextArea
            label={t(words.openBeforeItem, { number: i + 1 })}
            place={placeOf.openBefore(i)}
            rows={1}
            value={text}
            onValue={(value) => list.change(i, value)}
          />
          <RemoveButton of={t(words.openBeforeItem, { number: i + 1 })} onClick={() => list.remove(i)} />
        </div>
      ))}
      <AddButton word={words.addOpenBefore} onClick={() => list.add("")} />
    </Block>
  );
}

type Judged = FormProperties & { isWrong: (place: string) => boolean };

function Done({ sheet, workOrders, onChange, isWrong }: Judged) {
  const list = listOf(sheet, "done", onChange);
  return (
    <Block title={t(words.done)}>
      {list.entries.map((entry, i) => {
        const order = workOrders.find(({ id }) => id === entry.work_order_id);
        // A work order has one outcome, at its first entry.
        const isFirst = list.entries.findIndex((other) => other.work_order_id === entry.work_order_id) === i;
        return (
          <div class="card sheet-entry" key={i}>
            <h3>{order ? `${order.number} · ${order.title}` : t(words.otherWork)}</h3>
            <TextArea
              label={t(words.doneWhat)}
              hint={i === 0 ? t(words.doneHint) : undefined}
              place={placeOf.done(i)}
              isWrong={isWrong(placeOf.done(i))}
              value={entry.what}
              onValue={(what) => list.change(i, { ...entry, what })}
            />
            <More title={t(words.moreOfDone)} isOpenAtFirst={Boolean(entry.cause || entry.remedy)}>
              <TextArea
                label={t(words.cause)}
                rows={1}
                value={entry.cause ?? ""}
                onValue={(cause) => list.change(i, { ...entry, cause })}
              />
              <TextArea
                label={t(words.remedy)}
                rows={1}
                value={entry.remedy ?? ""}
                onValue={(remedy) => list.change(i, { ...entry, remedy })}
              />
            </More>
            {order && isFirst && (
              <OutcomeChoice
                workOrderId={order.id}
                outcome={sheet.outcomes[order.id] ?? null}
                isWrong={isWrong(placeOf.reason(order.id))}
                onOutcome={(outcome) => onChange({ ...sheet, outcomes: { ...sheet.outcomes, [order.id]: outcome } })}
              />
            )}
            {!(order && isFirst) && <RemoveButton of={entry.what} onClick={() => list.remove(i)} />}
          </div>
        );
      })}
      <AddButton word={words.addDone} onClick={() => list.add(newDone(null))} />
    </Block>
  );
}

function Parts({ sheet, onChange, isWrong }: Judged) {
  const list = listOf(sheet, "parts", onChange);
  return (
    <Block title={t(words.parts)}>
      {list.entries.map((part, i) => (
        <div class="card sheet-entry" key={i}>
          <Line
            label={t(words.partName)}
            place={placeOf.part(i)}
            isWrong={isWrong(placeOf.part(i))}
            maxLength={200}
            value={part.name}
            onValue={(name) => list.change(i, { ...part, name })}
          />
          <div class="part-row">
            <Quantity
              place={placeOf.quantity(i)}
              isWrong={isWrong(placeOf.quantity(i))}
              quantity={part.quantity}
              onQuantity={(quantity) => list.change(i, { ...part, quantity })}
            />
            <Line
              label={t(words.partUnit)}
              maxLength={20}
              value={part.unit ?? ""}
              onValue={(unit) => list.change(i, { ...part, unit })}
            />
            <Line
              label={t(words.partNumber)}
              maxLength={100}
              value={part.number ?? ""}
              onValue={(number) => list.change(i, { ...part, number })}
            />
          </div>
          <RemoveButton of={part.name} onClick={() => list.remove(i)} />
        </div>
      ))}
      <AddButton word={words.addPart} onClick={() => list.add(newPart())} />
    </Block>
  );
}

interface LineProperties {
  label: string;
  value: string;
  onValue: (value: string) => void;
  maxLength: number;
  place?: string;
  isWrong?: boolean;
  inputMode?: "decimal";
}

function Line({ label, value, onValue, maxLength, place, isWrong, inputMode }: LineProperties) {
  return (
    <label class="field">
      <span class="field-label">{label}</span>
      <input
        id={place}
        class="field-box"
        type="text"
        inputMode={inputMode}
        maxLength={maxLength}
        value={value}
        autocomplete="off"
        aria-invalid={isWrong ? true : undefined}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
    </label>
  );
}

interface QuantityProperties {
  place: string;
  isWrong: boolean;
  quantity: number;
  onQuantity: (quantity: number) => void;
}

/** The text stays as it is typed ("1,"); the sheet has the number, or 0 while it is none. */
function Quantity({ place, isWrong, quantity, onQuantity }: QuantityProperties) {
  const [typed, setTyped] = useState("");
  const text = (readQuantity(typed) ?? 0) === quantity ? typed : String(quantity);
  return (
    <Line
      label={t(words.partQuantity)}
      place={place}
      isWrong={isWrong}
      maxLength={12}
      inputMode="decimal"
      value={text}
      onValue={(value) => {
        setTyped(value);
        onQuantity(readQuantity(value) ?? 0);
      }}
    />
  );
}

/** The end of the chosen day at the phone's place, and back. */
const endOfDay = (day: string): string | null => (day ? new Date(`${day}T23:59:59`).toISOString() : null);
const dayOf = (at: string | null | undefined): string => (at ? new Intl.DateTimeFormat("sv-SE").format(new Date(at)) : "");

function LeftOpen({ sheet, onChange, isWrong }: Judged) {
  const list = listOf(sheet, "left_open", onChange);
  return (
    <Block title={t(words.leftOpen)}>
      {list.entries.map((entry, i) => (
        <div class="card sheet-entry" key={i}>
          <TextArea
            label={t(words.leftOpenWhat)}
            place={placeOf.leftOpen(i)}
            isWrong={isWrong(placeOf.leftOpen(i))}
            value={entry.what}
            onValue={(what) => list.change(i, { ...entry, what })}
          />
          <TextArea
            label={t(words.plan)}
            place={placeOf.plan(i)}
            isWrong={isWrong(placeOf.plan(i))}
            value={entry.plan}
            onValue={(plan) => list.change(i, { ...entry, plan })}
          />
          <label class="field">
            <span class="field-label">{t(words.due)}</span>
            <input
              class="field-box"
              type="date"
              value={dayOf(entry.due_at)}
              onInput={(event) => list.change(i, { ...entry, due_at: endOfDay(event.currentTarget.value) })}
            />
          </label>
          <RemoveButton of={entry.what} onClick={() => list.remove(i)} />
        </div>
      ))}
      <AddButton word={words.addLeftOpen} onClick={() => list.add(newLeftOpen())} />
    </Block>
  );
}
