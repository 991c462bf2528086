import "../../phone/sheet/sheet.css";
import "./visits.css";
import type { PageProperties } from "../shell/page_properties";
import { VisitList } from "./visit_list";
import { VisitPage } from "./visit_page";

/** The list of visits, or the page of one. */
export default function VisitsPage({ person, route }: PageProperties) {
  const [id] = route.parts;
  return id === undefined ? <VisitList route={route} /> : <VisitPage key={id} id={id} person={person} route={route} />;
}
