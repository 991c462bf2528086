import { useEffect, useState } from "preact/hooks";
import { t } from "../../shared/i18n/i18n";
import { Banner } from "../../shared/ui/banner";
import { fetchDay, readDay } from "../local/day";
import { useStored } from "../local/use_stored";
import { problemText } from "../problem_text";
import { useSession } from "../session_context";
import { today as words } from "../words/today";

/** The technician's day. */
export default function TodayScreen() {
  const { user } = useSession();
  const stored = useStored(["days"], () => readDay(user.id).then((day) => day ?? null), [user.id]);
  const [trouble, setTrouble] = useState<string | null>(null);
  useEffect(() => {
    fetchDay(user.id).catch((error: unknown) => setTrouble(problemText(error)));
  }, [user.id]);
  if (stored === undefined) return null;
  return (
    <main class="page">
      <h1>{t(words.title)}</h1>
      {trouble && <Banner tone="warn">{trouble}</Banner>}
      {!stored && <p>{t(words.neverFetched)}</p>}
      {stored?.work_orders.length === 0 && <p>{t(words.nothing)}</p>}
      <ul class="list">
        {stored?.work_orders.map((order) => (
          <li class="card" key={order.id}>
            <a href={`#/site/${order.id}`}>
              <h2>{order.title}</h2>
            </a>
            <p>{order.site.name}</p>
          </li>
        ))}
      </ul>
    </main>
  );
}
