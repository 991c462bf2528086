import { useMemo, useRef, useState } from "preact/hooks";
import { path } from "../../shared/api/client";
import type { BodyOf, Schema } from "../../shared/api/types";
import { t } from "../../shared/i18n/i18n";
import { Banner } from "../../shared/ui/banner";
import { fenceOf } from "../../shared/site/fence";
import { Field } from "../../shared/ui/field";
import type { Shape } from "../map/shapes";
import { api, type Person } from "../session";
import { goTo } from "../shell/route";
import { Finder, type Found } from "../ui/finder";
import { Form, type FieldErrors } from "../ui/form_dialog";
import { ListEnd } from "../ui/list_end";
import { Page } from "../ui/page";
import { useAnswer } from "../ui/use_answer";
import { places } from "../words/places";
import { site as words } from "../words/site";
import { changesOf, ifMatch, numberOrNull, orNull } from "./changes";
import { shapeOfCheckIn, shapesOf } from "./check_in_shapes";
import { type Draft, draftOf, emptyDraft, geometryOf } from "./fence_draft";
import { FenceEditor } from "./fence_editor";
import { SECTION } from "./tabs";
import { type Preview, useFencePreview } from "./use_fence_preview";

type Site = Schema<"Site">;
type Create = BodyOf<"createSite">;
type Fields = Omit<Create, "id" | "customer_id">;

interface Properties {
  person: Person;
  /** Null: a new one. */
  id: string | null;
  /** Whose a new one is, if that is known. */
  customerId: string | null;
}

/** The page on which a site is made or changed. */
export function SiteEditor({ person, id, customerId }: Properties) {
  const site = useAnswer<"getSite">(id === null ? null : path`/v1/sites/${id}`);
  const customer = useAnswer<"getCustomer">(customerId === null ? null : path`/v1/customers/${customerId}`);
  const isReady = (id === null || site.body) && (customerId === null || customer.body);
  const title = id === null ? t(places.newSite) : t(places.changeOf, { name: site.body?.name ?? "" });
  return (
    <Page title={title}>
      {isReady ? (
        <Editor site={site.body} customer={customer.body} timeZone={person.organisation.time_zone} />
      ) : (
        <ListEnd {...(id === null ? customer : site)} more={null} />
      )}
    </Page>
  );
}

/** What is typed; the fence is drawn. */
interface Typed {
  readonly name: string;
  readonly code: string;
  readonly address: string;
  readonly timeZone: string;
  readonly entryAccuracy: string;
  readonly minimumMinutes: string;
  readonly note: string;
}

const typedOf = (site: Site | null, timeZone: string): Typed => ({
  name: site?.name ?? "",
  code: site?.code ?? "",
  address: site?.address ?? "",
  timeZone: site?.time_zone ?? timeZone,
  entryAccuracy: site?.entry_accuracy_m?.toString() ?? "",
  minimumMinutes: site?.minimum_minutes?.toString() ?? "",
  note: site?.note ?? "",
});

function fieldsOf(typed: Typed, draft: Draft): Fields {
  const geometry = geometryOf(draft);
  if (!geometry) throw new Incomplete(t(words.missing));
  return {
    name: typed.name.trim(),
    code: orNull(typed.code),
    address: orNull(typed.address),
    time_zone: typed.timeZone.trim(),
    entry_accuracy_m: numberOrNull(typed.entryAccuracy),
    minimum_minutes: numberOrNull(typed.minimumMinutes),
    note: orNull(typed.note),
    ...geometry,
  } as Fields;
}

/** Something is missing before anything can be asked of the server. */
class Incomplete extends Error {
  override toString(): string {
    return this.message;
  }
}

function Editor({ site, customer, timeZone }: { site: Site | null; customer: Found | null; timeZone: string }) {
  const [id] = useState(() => site?.id ?? crypto.randomUUID());
  const [owner, setOwner] = useState<Found | null>(customer);
  const [typed, setTyped] = useState(() => typedOf(site, timeZone));
  const [draft, setDraft] = useState(() => (site ? draftOf(site) : emptyDraft()));
  const { preview, failure } = useFencePreview(site?.id ?? null, draft);
  const around = useMemo((): Shape[] => {
    const stored = site && fenceOf(site);
    const fixes = shapesOf((preview?.check_ins ?? []).map(({ check_in, geofence }) => shapeOfCheckIn(check_in, geofence, typed.timeZone)));
    return [...(stored ? [{ kind: "fence", fence: stored, tone: "present" } as const] : []), ...fixes];
  }, [preview]);
  const isSaved = useRef(false);
  const submit = async () => {
    const fields = fieldsOf(typed, draft);
    if (site) {
      const json = changesOf<Fields>(site as Partial<Fields>, fields);
      if (json) await api.call<"changeSite">({ method: "PATCH", path: path`/v1/sites/${id}`, json: whole(json, fields), headers: ifMatch(site) });
    } else await api.call<"createSite">({ method: "POST", path: "/v1/sites", json: { id, customer_id: owner?.id ?? "", ...fields } });
    isSaved.current = true;
  };
  const close = () => {
    if (site || isSaved.current) goTo(SECTION, ["sites", id]);
    else history.back();
  };
  return (
    <Form submit={submit} onClose={close}>
      {(errorOf) => (
        <>
          {!site && <Finder label={t(places.customer)} list="/v1/customers" value={owner} onValue={setOwner} error={errorOf("/customer_id")} />}
          <TypedFields typed={typed} onTyped={setTyped} errorOf={errorOf} />
          <h2>{t(words.fence)}</h2>
          <FenceEditor draft={draft} onDraft={setDraft} errorOf={errorOf} around={around} name={typed.name} />
          {failure && <Banner tone="fail">{failure}</Banner>}
          {preview && <PreviewText preview={preview} />}
        </>
      )}
    </Form>
  );
}

/** A new datum is only taken together with the coordinates that are in it, and one fence replaces the other. */
function whole(changed: Partial<Fields>, fields: Fields): Partial<Fields> {
  const { datum, position, radius_m, polygon } = fields;
  const isGeometry = ["datum", "position", "radius_m", "polygon"].some((name) => name in changed);
  return isGeometry ? { ...changed, datum, position, radius_m, polygon } : changed;
}

function TypedFields({ typed, onTyped, errorOf }: { typed: Typed; onTyped: (typed: Typed) => void; errorOf: FieldErrors }) {
  const set = (name: keyof Typed) => (value: string) => onTyped({ ...typed, [name]: value });
  return (
    <div class="places-fields">
      <Field label={t(places.name)} value={typed.name} onValue={set("name")} error={errorOf("/name")} attributes={{ maxLength: 200, required: true }} />
      <Field label={t(places.code)} hint={t(places.codeHint)} value={typed.code} onValue={set("code")} error={errorOf("/code")} attributes={{ maxLength: 64 }} />
      <Field label={t(places.address)} value={typed.address} onValue={set("address")} error={errorOf("/address")} attributes={{ maxLength: 500 }} />
      <Field
        label={t(words.timeZone)}
        hint={t(words.timeZoneHint)}
        value={typed.timeZone}
        onValue={set("timeZone")}
        error={errorOf("/time_zone")}
        attributes={{ list: "time-zones", autocomplete: "off", spellcheck: false }}
      />
      <TimeZones />
      <Field
        label={t(words.entryAccuracy)}
        hint={t(words.entryAccuracyHint)}
        value={typed.entryAccuracy}
        onValue={set("entryAccuracy")}
        error={errorOf("/entry_accuracy_m")}
        attributes={{ inputMode: "decimal" }}
      />
      <Field
        label={t(words.minimumMinutes)}
        hint={t(words.minimumMinutesHint)}
        value={typed.minimumMinutes}
        onValue={set("minimumMinutes")}
        error={errorOf("/minimum_minutes")}
        attributes={{ inputMode: "numeric" }}
      />
      <Field label={t(places.note)} value={typed.note} onValue={set("note")} lines={3} error={errorOf("/note")} attributes={{ maxLength: 4000 }} />
    </div>
  );
}

/** What the browser knows, to choose from while typing; the server decides. */
function TimeZones() {
  const names = "supportedValuesOf" in Intl ? Intl.supportedValuesOf("timeZone") : [];
  return (
    <datalist id="time-zones">
      {names.map((name) => (
        <option key={name} value={name} />
      ))}
    </datalist>
  );
}

function PreviewText({ preview }: { preview: Preview }) {
  const { recorded, proposed, without_fix, check_ins } = preview;
  if (check_ins.length === 0) return <p class="quiet">{t(words.previewNothing)}</p>;
  return (
    <Banner tone={proposed.outside > recorded.outside ? "warn" : "info"}>
      <p>{t(words.preview, { count: check_ins.length, ...proposed })}</p>
      <p>{t(words.recorded, { ...recorded, without: without_fix })}</p>
    </Banner>
  );
}
