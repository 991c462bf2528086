import { useEffect, useState } from "preact/hooks";
import { byteSize, t } from "../../shared/i18n/i18n";
import { Dialog } from "../../shared/ui/dialog";
import { useObservable } from "../../shared/ui/observable";
import { isApple } from "../device/facts";
import { askToKeep, measureRoom, room } from "../device/storage";
import { applyUpdate, updateState } from "../device/updates";
import { countOnlyHere, tidyUp } from "../local/housekeeping";
import { changeSettings, readSettings } from "../local/settings";
import type { NavigationApp, Settings } from "../local/types";
import { useStored } from "../local/use_stored";
import { logOut, type UnsentWork } from "../log_out";
import { knowsMetered } from "../outbox/conditions";
import { wakeSender } from "../outbox/wake";
import { openScreen } from "../router";
import { useSession } from "../session_context";
import { common } from "../words/common";
import { settings as words } from "../words/settings";
import { Originals } from "./originals_part";

const DOWNSCALE_PX = [null, 2560, 1600] as const;

/** Choices of this phone, its storage, and the way out. */
export default function SettingsScreen() {
  const settings = useStored(["settings"], readSettings);
  if (!settings) return null;
  return (
    <main class="page">
      <h1>{t(words.title)}</h1>
      <LanguageChoice settings={settings} />
      <NavigationChoice settings={settings} />
      <SendingChoice settings={settings} />
      <PhotoChoice settings={settings} />
      <Originals />
      <Storage />
      <Account />
      <Version />
    </main>
  );
}

interface Option<Value> {
  value: Value;
  label: string;
  lang?: string;
}

function RadioGroup<Value extends string | number | null>(properties: {
  legend: string;
  name: string;
  options: Option<Value>[];
  chosen: Value;
  onChoose: (value: Value) => void;
  hint?: string;
}) {
  const { legend, name, options, chosen, onChoose, hint } = properties;
  return (
    <fieldset>
      <legend>{legend}</legend>
      {options.map(({ value, label, lang }) => (
        <label class="choice" key={String(value)}>
          <input type="radio" name={name} checked={value === chosen} onChange={() => onChoose(value)} />
          <span lang={lang}>{label}</span>
        </label>
      ))}
      {hint && <p class="field-hint">{hint}</p>}
    </fieldset>
  );
}

function LanguageChoice({ settings }: { settings: Settings }) {
  return (
    <RadioGroup
      legend={t(words.language)}
      name="language"
      options={[
        { value: null, label: t(words.languageAuto) },
        { value: "zh", label: "简体中文", lang: "zh-CN" },
        { value: "en", label: "English", lang: "en" },
      ]}
      chosen={settings.language}
      onChoose={(language) => void changeSettings({ language })}
    />
  );
}

function NavigationChoice({ settings }: { settings: Settings }) {
  const options: Option<NavigationApp>[] = [
    { value: "geo", label: t(words.navigationGeo) },
    { value: "amap", label: t(words.navigationAmap) },
    { value: "apple", label: t(words.navigationApple) },
    { value: "google", label: t(words.navigationGoogle) },
  ];
  return (
    <RadioGroup
      legend={t(words.navigation)}
      name="navigation"
      options={options}
      chosen={settings.navigation_app}
      onChoose={(navigation_app) => void changeSettings({ navigation_app })}
    />
  );
}

function SendingChoice({ settings }: { settings: Settings }) {
  const change = (isOn: boolean) => void changeSettings({ pause_photos_when_metered: isOn }).then(wakeSender);
  return (
    <fieldset>
      <legend>{t(words.sending)}</legend>
      <label class="choice">
        <input
          type="checkbox"
          checked={settings.pause_photos_when_metered}
          onChange={(event) => change(event.currentTarget.checked)}
        />
        <span>{t(words.metered)}</span>
      </label>
      <p class="field-hint">{t(knowsMetered() ? words.meteredHint : words.meteredUnknown)}</p>
    </fieldset>
  );
}

function PhotoChoice({ settings }: { settings: Settings }) {
  return (
    <RadioGroup
      legend={t(words.downscale)}
      name="downscale"
      options={DOWNSCALE_PX.map((value) => ({
        value,
        label: value === null ? t(words.downscaleOff) : t(words.downscaleTo, { pixels: value }),
      }))}
      chosen={settings.downscale_photos_to_px}
      onChoose={(downscale_photos_to_px) => void changeSettings({ downscale_photos_to_px })}
      hint={t(words.downscaleHint)}
    />
  );
}

function Storage() {
  const { user } = useSession();
  const known = useObservable(room);
  const [freedBytes, setFreed] = useState<number | null>(null);
  const notKept = isApple() ? words.storageNotKeptIphone : words.storageNotKept;
  useEffect(() => void askToKeep(), []);
  const free = async () => {
    setFreed(await tidyUp(user.id, { isUrgent: true }));
    await measureRoom();
  };
  return (
    <fieldset>
      <legend>{t(words.storage)}</legend>
      {known ? (
        <>
          <p>{t(words.storageUsed, { used: byteSize(known.usedBytes), quota: byteSize(known.quotaBytes) })}</p>
          <p class="quiet small">{t(known.isPersistent ? words.storageKept : notKept)}</p>
        </>
      ) : (
        <p>{t(words.storageUnknown)}</p>
      )}
      <button class="button" onClick={() => void free()}>
        {t(words.freeNow)}
      </button>
      <p role="status">{freedBytes !== null && t(words.freed, { size: byteSize(freedBytes) })}</p>
    </fieldset>
  );
}

function Account() {
  const { user, organisation } = useSession();
  const [unsent, setUnsent] = useState<number | null>(null);
  const [isSure, setSure] = useState(false);
  const leave = async (what: UnsentWork) => {
    await logOut(what);
    openScreen("/log-in", { replace: true });
  };
  const ask = async () => {
    const count = await countOnlyHere(user.id);
    if (count === 0) await leave("keep");
    else setUnsent(count);
  };
  const close = () => {
    setUnsent(null);
    setSure(false);
  };
  return (
    <fieldset>
      <legend>{t(words.account)}</legend>
      <p>{t(words.loggedInAs, { name: user.name, organisation: organisation.name })}</p>
      <button class="button" onClick={() => void ask()}>
        {t(words.logOut)}
      </button>
      {unsent !== null && (
        <Dialog title={t(words.logOut)} onClose={close}>
          <p>{t(isSure ? words.logOutDeleteQuestion : words.logOutUnsent, { count: unsent })}</p>
          <div class="dialog-actions">
            <button class="button button-primary" onClick={close}>
              {t(common.cancel)}
            </button>
            {!isSure && (
              <button class="button" onClick={() => void leave("keep")}>
                {t(words.logOutKeep)}
              </button>
            )}
            <button class="button button-danger" onClick={() => (isSure ? void leave("delete") : setSure(true))}>
              {t(isSure ? words.logOutDeleteYes : words.logOutDelete)}
            </button>
          </div>
        </Dialog>
      )}
    </fieldset>
  );
}

function Version() {
  const update = useObservable(updateState);
  return (
    <p class="quiet small row">
      <span>{t(words.version, { version: __APP_VERSION__ })}</span>
      {update !== "current" && (
        <button class="button" onClick={applyUpdate}>
          {t(words.update)}
        </button>
      )}
    </p>
  );
}
