import { useEffect, useRef } from "preact/hooks";
import { t } from "../../shared/i18n/i18n";
import { Banner } from "../../shared/ui/banner";
import { useLoaded } from "../../shared/ui/loaded";
import { applyTheme } from "../../shared/ui/theme";
import { LanguageButton } from "../language_button";
import { logOut, type Person } from "../session";
import { desk } from "../words/desk";
import { shell as words } from "../words/shell";
import { hrefTo, type Route, useRoute } from "./route";
import { SearchButton } from "./search_button";
import { type Section, sectionsFor } from "./sections";
import { ThemeChoice } from "./theme_choice";

/** The desk around its sections: navigation, account, and the section that the address names. */
export function Shell({ person }: { person: Person }) {
  const route = useRoute();
  const sections = sectionsFor(person.user.role);
  const section = route.section === "" ? sections[0] : sections.find(({ id }) => id === route.section);
  const navigation = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a phone the row of sections is longer than the screen.
    navigation.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [section?.id]);
  return (
    <div class="desk">
      <SkipLink />
      <header class="desk-shell">
        <nav ref={navigation} class="desk-nav" aria-label={t(words.navigation)}>
          {sections.map(({ id, label }) => (
            <a key={id} href={hrefTo(id)} aria-current={section?.id === id ? "page" : undefined}>
              {t(label)}
            </a>
          ))}
        </nav>
        <SearchButton />
        <Account person={person} />
      </header>
      {section ? <SectionPage section={section} person={person} route={route} /> : <NothingHere />}
    </div>
  );
}

function SkipLink() {
  const skip = (event: Event) => {
    event.preventDefault(); // an address of its own would be another section
    document.getElementById("content")?.focus();
  };
  return (
    <a class="unseen desk-skip" href="#content" onClick={skip}>
      {t(desk.skip)}
    </a>
  );
}

function Account({ person }: { person: Person }) {
  return (
    <details class="desk-account">
      <summary>{person.user.name} ▾</summary>
      <div class="stack card">
        <p>
          {person.user.name} · {person.organisation.name}
        </p>
        <ThemeChoice />
        <div class="row">
          <LanguageButton />
          <button type="button" class="button desk-quiet-button" onClick={() => void logOut()}>
            {t(desk.logOut)}
          </button>
        </div>
      </div>
    </details>
  );
}

function NothingHere() {
  return (
    <main class="desk-page" id="content" tabIndex={-1}>
      <p>{t(words.notFound)}</p>
    </main>
  );
}

function SectionPage({ section, person, route }: { section: Section; person: Person; route: Route }) {
  const { module, hasFailed, retry } = useLoaded(section.load);
  useEffect(() => {
    if (module) applyTheme(); // the section brought its own style sheet
  }, [module]);
  useFocusOnContent(module && location.hash.split("?", 1)[0]);
  if (hasFailed) {
    return (
      <main class="desk-page" id="content" tabIndex={-1}>
        <Banner tone="fail">{t(words.sectionFailed)}</Banner>
        <button type="button" class="button" onClick={retry}>
          {t(desk.tryAgain)}
        </button>
      </main>
    );
  }
  if (!module) return <main class="desk-page" id="content" tabIndex={-1} aria-busy="true" />;
  const Page = module.default;
  return <Page person={person} route={route} />;
}

/** A screen reader goes on at the new page; the first page is left to the browser. */
function useFocusOnContent(address: string | undefined): void {
  const before = useRef<string>();
  useEffect(() => {
    const isChange = before.current !== undefined && before.current !== address;
    before.current = address;
    if (!isChange || address === undefined) return;
    scrollTo(0, 0);
    document.getElementById("content")?.focus({ preventScroll: true });
  }, [address]);
}
