import { useEffect } from "preact/hooks";
import { setLanguage, t, useLanguage } from "../shared/i18n/i18n";
import { Banner } from "../shared/ui/banner";
import { useHash } from "../shared/ui/hash";
import { useLoaded } from "../shared/ui/loaded";
import { useArrival } from "./arrival";
import { readSession } from "./local/session";
import { readSettings } from "./local/settings";
import { useStored } from "./local/use_stored";
import { type Match, matchRoute, openScreen } from "./router";
import { routes } from "./routes";
import { SessionContext } from "./session_context";
import { Navigation, Notices } from "./shell";
import { common } from "./words/common";

/** The root: decides which screen is shown, and in which language. */
export function App() {
  useLanguage();
  const hash = useHash();
  const session = useStored(["session"], async () => (await readSession()) ?? null);
  const settings = useStored(["settings"], readSettings);
  const language = settings?.language ?? session?.user.language;
  useEffect(() => {
    if (language) setLanguage(language);
  }, [language]);

  if (session === undefined || settings === undefined) return null;
  const match = matchRoute(routes, hash);
  if (!match) return <NothingHere />;
  if (!session && !match.route.isPublic) return <Redirect to="/log-in" />;
  const { pattern, isMain } = match.route;
  return (
    <SessionContext.Provider value={session}>
      <Notices session={session} address={pattern} />
      <LoadedScreen match={match} />
      {session && isMain && <Navigation session={session} address={pattern} />}
    </SessionContext.Provider>
  );
}

function Redirect({ to }: { to: string }) {
  useEffect(() => openScreen(to, { replace: true }), [to]);
  return null;
}

function NothingHere() {
  return (
    <main class="page">
      <p>{t(common.notFound)}</p>
      <a class="button" href="#/">
        {t(common.toToday)}
      </a>
    </main>
  );
}

/** The screen's code comes when it is opened for the first time. */
function LoadedScreen({ match }: { match: Match }) {
  const { route, properties } = match;
  const { module, hasFailed, retry } = useLoaded(route.load);
  const screen = location.hash.split("?", 1)[0] ?? "";
  useArrival(module ? screen : null);
  if (hasFailed) {
    return (
      <main class="page">
        <Banner tone="fail">{t(common.screenFailed)}</Banner>
        <button class="button" onClick={retry}>
          {t(common.tryAgain)}
        </button>
      </main>
    );
  }
  if (!module) return null;
  const Screen = module.default;
  return <Screen key={screen} {...properties} />;
}
