import { t, type Word } from "../../shared/i18n/i18n";
import { hrefTo, type Route } from "../shell/route";
import { places as words } from "../words/places";

/** The section's name in addresses. */
export const SECTION = "places";

const TABS: readonly { readonly id: string; readonly label: Word }[] = [
  { id: "customers", label: words.customers },
  { id: "sites", label: words.sites },
  { id: "assets", label: words.assets },
  { id: "import", label: words.imports },
];

/** Which of the lists is open. */
export function Tabs({ route }: { route: Route }) {
  const current = route.parts[0] ?? "customers";
  return (
    <nav class="places-tabs" aria-label={t(words.parts)}>
      {TABS.map(({ id, label }) => (
        <a key={id} href={hrefTo(SECTION, [id])} aria-current={id === current ? "page" : undefined}>
          {t(label)}
        </a>
      ))}
    </nav>
  );
}
