import { t, type Word } from "../../shared/i18n/i18n";
import { goTo, withQuery } from "../shell/route";
import type { PageProperties } from "../shell/page_properties";
import { Choice } from "../ui/choice";
import { Day, Toolbar } from "../ui/toolbar";
import { actionNames, kindNames, trail as words } from "../words/trail";
import { shell } from "../words/shell";
import { EventList } from "./event_list";
import { startOfDay } from "../audit/filter";

const optionsOf = (names: Record<string, Word>) => Object.entries(names).map(([value, word]) => ({ value, label: t(word) }));

/** Who looked at, changed and took away what. */
export function TrailPart({ person, route }: PageProperties) {
  const { query } = route;
  const timeZone = person.organisation.time_zone;
  const from = query.get("from") ?? "";
  const to = query.get("to") ?? "";
  const isNarrowed = query.has("user_id") || query.has("entity_id");
  return (
    <>
      <p>{t(words.explanation)}</p>
      <Toolbar>
        <Choice label={t(words.what)} all={t(shell.all)} options={optionsOf(actionNames)} value={query.get("action") ?? ""} onValue={(value) => withQuery(route, "action", value)} />
        <Choice label={t(words.kind)} all={t(shell.all)} options={optionsOf(kindNames)} value={query.get("entity_kind") ?? ""} onValue={(value) => withQuery(route, "entity_kind", value)} />
        <Day label={t(words.from)} value={from} onValue={(value) => withQuery(route, "from", value)} />
        <Day label={t(words.to)} value={to} onValue={(value) => withQuery(route, "to", value)} />
      </Toolbar>
      {isNarrowed && (
        <p class="row">
          {t(words.narrowed)}
          <button type="button" class="button" onClick={() => goTo("administration", ["trail"])}>
            {t(words.showAll)}
          </button>
        </p>
      )}
      <EventList
        query={{
          action: query.get("action") ?? undefined,
          entity_kind: query.get("entity_kind") ?? undefined,
          user_id: query.get("user_id") ?? undefined,
          entity_id: query.get("entity_id") ?? undefined,
          from: from ? startOfDay(from) : undefined,
          to: to ? startOfDay(to, 1) : undefined,
        }}
        timeZone={timeZone}
      />
    </>
  );
}
