/** Says when the browser does not trust the server's certificate, and what to do about it. */
import { useEffect, useState } from "preact/hooks";
import { t } from "../shared/i18n/i18n";
import { Banner } from "../shared/ui/banner";
import { useObservable } from "../shared/ui/observable";
import { isDistrusted } from "./device/updates";
import { notices as words } from "./words/notices";

/** Over plain HTTP, which the local front answers on the same port: of its HTTPS some browsers would warn again. */
const trustPage = () => `http://${location.host}/trust`;

/** Whether the front has a page that leads to trust (front/trust/): with a certificate of one's own it has none. */
const hasTrustPage = () =>
  fetch("/trust", { method: "HEAD", cache: "no-store" }).then(
    ({ ok }) => ok,
    () => false,
  );

export function TrustNotice() {
  const isShown = useObservable(isDistrusted);
  const [hasPage, setPage] = useState<boolean | null>(null);
  useEffect(() => {
    if (isShown) void hasTrustPage().then(setPage);
  }, [isShown]);
  if (!isShown || hasPage === null) return null;
  return (
    <Banner tone="warn">
      <p>{t(words.distrusted)}</p>
      {hasPage ? (
        <a class="button" href={trustPage()}>
          {t(words.trust)}
        </a>
      ) : (
        <p>{t(words.askForTrust)}</p>
      )}
    </Banner>
  );
}
