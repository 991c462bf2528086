import type { Schema } from "../../shared/api/types";
import { t } from "../../shared/i18n/i18n";
import { Field } from "../../shared/ui/field";
import { roles } from "../../shared/words/roles";
import { Choice } from "../ui/choice";
import type { FieldErrors } from "../ui/form_dialog";
import { work as words } from "../words/work";

type PhotoRole = keyof typeof roles;

/** An item of a work order's checklist, or (without an asset) of a template's. */
export interface Item {
  readonly id: string;
  readonly kind: "photo" | "scan";
  readonly label: string;
  readonly photo_role: PhotoRole | null;
  readonly asset_id: string | null;
  readonly minimum_count: number;
  readonly required: boolean;
}

export const newItem = (kind: Item["kind"] = "photo"): Item => ({
  id: crypto.randomUUID(), kind, label: "", photo_role: null, asset_id: null, minimum_count: 1, required: true,
});

/** Items with ids of their own out of a template's. */
export const itemsOf = (items: readonly Schema<"TemplateItem">[]): Item[] =>
  items.map(({ kind, label, photo_role, minimum_count, required }) => ({ ...newItem(kind), label, photo_role, minimum_count: minimum_count ?? 1, required }));

interface Properties {
  items: readonly Item[];
  onItems: (items: readonly Item[]) => void;
  /** Assets of the site, for scans; absent in a template. */
  assets?: readonly { readonly id: string; readonly name: string }[];
  errorOf: FieldErrors;
}

/** What evidence is asked for, in order. */
export function ChecklistEditor({ items, onItems, assets, errorOf }: Properties) {
  const change = (id: string, part: Partial<Item>) => onItems(items.map((item) => (item.id === id ? { ...item, ...part } : item)));
  const raise = (at: number) => {
    const moved = [...items];
    const [item] = moved.splice(at, 1);
    if (item) moved.splice(at - 1, 0, item);
    onItems(moved);
  };
  return (
    <fieldset class="work-checklist">
      <legend class="field-label">{t(words.checklist)}</legend>
      <ol>
        {items.map((item, at) => (
          <li key={item.id} class="work-item">
            <ItemFields item={item} assets={assets} onChange={(part) => change(item.id, part)} error={errorOf(`/checklist/${at}/label`)} countError={errorOf(`/checklist/${at}/minimum_count`)} />
            <div class="row">
              <button type="button" class="button" disabled={at === 0} aria-label={`${t(words.up)}: ${item.label}`} onClick={() => raise(at)}>
                ↑
              </button>
              <button type="button" class="button" aria-label={`${t(words.removeItem)}: ${item.label}`} onClick={() => onItems(items.filter(({ id }) => id !== item.id))}>
                {t(words.removeItem)}
              </button>
            </div>
          </li>
        ))}
      </ol>
      <button type="button" class="button" disabled={items.length >= 50} onClick={() => onItems([...items, newItem()])}>
        {t(words.addItem)}
      </button>
    </fieldset>
  );
}

interface ItemProperties {
  item: Item;
  assets: Properties["assets"];
  onChange: (part: Partial<Item>) => void;
  error: string | null;
  countError: string | null;
}

function ItemFields({ item, assets, onChange, error, countError }: ItemProperties) {
  const kinds = (["photo", "scan"] as const).map((value) => ({ value, label: t(words[value]) }));
  const roleOptions = (Object.keys(roles) as PhotoRole[]).map((value) => ({ value, label: t(roles[value]) }));
  return (
    <>
      <Field label={t(words.itemLabel)} value={item.label} onValue={(label) => onChange({ label })} error={error} attributes={{ maxLength: 200 }} />
      <Choice
        label={t(words.itemKind)}
        options={kinds}
        value={item.kind}
        onValue={(kind) => onChange({ kind: kind as Item["kind"], photo_role: null, asset_id: null, minimum_count: 1 })}
      />
      {item.kind === "photo" && (
        <Choice label={t(words.photoRole)} all={t(words.anyRole)} options={roleOptions} value={item.photo_role ?? ""} onValue={(role) => onChange({ photo_role: (role || null) as PhotoRole | null })} />
      )}
      {item.kind === "scan" && assets && (
        <Choice label={t(words.asset)} all={t(words.anyAsset)} options={assets.map(({ id, name }) => ({ value: id, label: name }))} value={item.asset_id ?? ""} onValue={(asset) => onChange({ asset_id: asset || null, minimum_count: 1 })} />
      )}
      {(item.kind === "photo" || item.asset_id === null) && (
        <Field
          label={t(item.kind === "photo" ? words.photosAtLeast : words.assetsAtLeast)}
          value={Number.isNaN(item.minimum_count) ? "" : String(item.minimum_count)}
          onValue={(typed) => onChange({ minimum_count: typed === "" ? Number.NaN : Number(typed) })}
          error={countError}
          attributes={{ type: "number", min: 1, max: 50, inputMode: "numeric" }}
        />
      )}
      <label class="work-check">
        <input type="checkbox" checked={item.required} onChange={(event) => onChange({ required: event.currentTarget.checked })} />
        {t(words.required)}
      </label>
    </>
  );
}
