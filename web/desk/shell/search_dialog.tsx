import { useEffect, useRef, useState } from "preact/hooks";
import { listed, t } from "../../shared/i18n/i18n";
import { Dialog } from "../../shared/ui/dialog";
import { Field } from "../../shared/ui/field";
import { Banner } from "../../shared/ui/banner";
import { type Answer, useAnswer } from "../ui/use_answer";
import { useLater } from "../ui/use_later";
import { search as words } from "../words/search";
import { desk } from "../words/desk";
import { workStates } from "../words/work_states";
import { hrefTo } from "./route";

/** So many of each kind: whoever sees more than these types on. */
const MOST = 5;

interface Hit {
  readonly id: string;
  readonly href: string;
  readonly name: string;
  readonly more: string;
  /** Whose work orders are one step further; null: it is one. */
  readonly work: string | null;
}

interface Group {
  readonly title: string;
  readonly hits: readonly Hit[];
}

const workAt = (filter: "customer" | "site", id: string) => hrefTo("work", ["orders"], { [filter]: id, which: "all" });

interface Found {
  readonly groups: readonly Group[];
  /** Older work orders were not looked at, and less than a list was found. */
  readonly hasOlder: boolean;
  readonly isLoading: boolean;
  readonly failure: string | null;
}

/** What the server finds of every kind for this text, and whether all of it is there. */
function useHits(text: string): Found {
  const query = { q: text, limit: MOST };
  const ask = (path: string) => (text === "" ? null : path);
  const orders = useAnswer<"listWorkOrders">(ask("/v1/work-orders"), query);
  const customers = useAnswer<"listCustomers">(ask("/v1/customers"), query);
  const contacts = useAnswer<"listContacts">(ask("/v1/contacts"), query);
  const sites = useAnswer<"listSites">(ask("/v1/sites"), query);
  const assets = useAnswer<"listAssets">(ask("/v1/assets"), query);
  const place = (kind: string, id: string) => hrefTo("places", [kind, id]);
  const groups: Group[] = [
    {
      title: t(words.orders),
      hits: (orders.body?.items ?? []).map(({ id, number, title, state, site }) => ({
        id, href: hrefTo("work", ["orders", id]), name: listed([number, title], " · "),
        more: listed([t(workStates[state]), site.name, site.customer_name], " · "), work: null,
      })),
    },
    {
      title: t(words.customers),
      hits: (customers.body?.items ?? []).map(({ id, name, code }) => ({
        id, href: place("customers", id), name, more: code ?? "", work: workAt("customer", id),
      })),
    },
    {
      title: t(words.contacts),
      hits: (contacts.body?.items ?? []).map(({ id, customer_id: customer, name, title, phone }) => ({
        id, href: place("customers", customer), name, more: listed([title, phone], " · "), work: workAt("customer", customer),
      })),
    },
    {
      title: t(words.sites),
      hits: (sites.body?.items ?? []).map(({ id, name, customer_name: customer, address }) => ({
        id, href: place("sites", id), name, more: listed([customer, address], " · "), work: workAt("site", id),
      })),
    },
    {
      title: t(words.assets),
      hits: (assets.body?.items ?? []).map(({ id, site_id: site, name, model, serial, site_name: where }) => ({
        id, href: place("sites", site), name, more: listed([model, serial, where], " · "), work: workAt("site", site),
      })),
    },
  ];
  const all: readonly Answer<unknown>[] = [orders, customers, contacts, sites, assets];
  return {
    groups: text === "" ? [] : groups.filter(({ hits }) => hits.length > 0),
    hasOlder: text !== "" && orders.body?.next_cursor != null && orders.body.items.length < MOST,
    isLoading: all.some(({ isLoading }) => isLoading),
    failure: all.find(({ failure }) => failure !== null)?.failure ?? null,
  };
}

/** From anywhere to anything that a caller can name. */
export default function SearchDialog({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState("");
  const frame = useRef<HTMLDivElement>(null);
  /** For this text Enter was pressed, perhaps before the answers were there; "": for none. */
  const [wanted, setWanted] = useState("");
  const asked = useLater(text);
  const { groups, hasOlder, isLoading, failure } = useHits(asked);
  const isSettled = asked === text.trim() && !isLoading;
  const links = () => [...(frame.current?.querySelectorAll<HTMLElement>("a") ?? [])];
  useEffect(() => {
    if (wanted === "" || wanted !== asked || !isSettled) return;
    setWanted("");
    links()[0]?.click();
  }, [wanted, asked, isSettled]);
  useEffect(() => frame.current?.querySelector("input")?.focus(), []);
  const press = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (event.key === "Enter" && event.target instanceof HTMLInputElement) setWanted(event.target.value.trim());
    else if (event.key === "Escape") onClose(); // the box would be emptied first
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const all = links();
      const at = all.indexOf(document.activeElement as HTMLElement) + (event.key === "ArrowDown" ? 1 : -1);
      (all[at] ?? (at < 0 ? frame.current?.querySelector("input") : undefined))?.focus();
    } else return;
    event.preventDefault();
  };
  const follow = (event: Event) => event.target instanceof HTMLElement && event.target.closest("a") && onClose();
  return (
    <Dialog title={t(words.title)} onClose={onClose}>
      <div ref={frame} class="desk-search stack" onKeyDown={press} onClick={follow}>
        <Field label={t(words.asked)} value={text} onValue={setText} attributes={{ type: "search", maxLength: 100, autocomplete: "off" }} />
        <div class="desk-search-hits" aria-live="polite" aria-busy={!isSettled}>
          {failure && <Banner tone="fail">{failure}</Banner>}
          {groups.map(({ title, hits }) => (
            <section key={title}>
              <h3>{title}</h3>
              <ul class="list">
                {hits.map((hit) => (
                  <SearchHit key={hit.id} hit={hit} />
                ))}
              </ul>
            </section>
          ))}
          {groups.length === 0 && !failure && <p class="quiet">{asked === "" ? t(words.hint) : isSettled ? t(words.none) : t(desk.loading)}</p>}
          {hasOlder && isSettled && (
            <p>
              <a href={hrefTo("work", ["orders"], { q: asked, which: "all" })}>{t(words.olderWork)}</a>
            </p>
          )}
        </div>
        <button type="button" class="button" onClick={onClose}>
          {t(words.close)}
        </button>
      </div>
    </Dialog>
  );
}

function SearchHit({ hit: { href, name, more, work } }: { hit: Hit }) {
  return (
    <li class="desk-search-hit">
      <a href={href}>
        <strong>{name}</strong>
        {more && <span class="quiet small">{more}</span>}
      </a>
      {work && (
        <a class="small" href={work} aria-label={t(words.workOf, { name })}>
          {t(words.work)}
        </a>
      )}
    </li>
  );
}
