import { t } from "../../shared/i18n/i18n";
import { Banner } from "../../shared/ui/banner";
import { desk } from "../words/desk";
import { shell as words } from "../words/shell";

interface Properties {
  more: (() => void) | null;
  failure: string | null;
  isLoading: boolean;
  reload: () => void;
}

/** Below a list of `usePages`, or an answer of `useAnswer`: its failure, the next page, or that it is loading. */
export function ListEnd({ more, failure, isLoading, reload }: Properties) {
  if (failure) {
    return (
      <Banner tone="fail">
        <p>{failure}</p>
        <button type="button" class="button" onClick={more ?? reload}>
          {t(desk.tryAgain)}
        </button>
      </Banner>
    );
  }
  return (
    <p class="desk-list-end" role="status">
      {isLoading && t(desk.loading)}
      {more && (
        <button type="button" class="button" onClick={more}>
          {t(words.more)}
        </button>
      )}
    </p>
  );
}
