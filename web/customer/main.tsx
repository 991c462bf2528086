import { render } from "preact";
import "../shared/ui/base.css";
import "./customer.css";
import { keptLanguage } from "./kept_language";
import { currentLanguage, setLanguage } from "../shared/i18n/i18n";
import { LinkPage } from "./link_page";
import { tokenOf } from "./token";

setLanguage(keptLanguage() ?? currentLanguage());
render(<LinkPage token={tokenOf(location.pathname)} />, document.getElementById("app") as HTMLElement);
