// Shows the contract that this server enforces: reads /v1/openapi.json and lays it out.

const METHODS = ["get", "post", "put", "patch", "delete", "head", "options"];
let contract;

/** An element; children are elements or texts. */
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return made;
}

/** What a $ref leads to; anything else is itself. */
function resolve(value) {
  while (value?.$ref) {
    value = value.$ref.slice(2).split("/").reduce((at, key) => at[key], contract);
  }
  return value;
}

const nameOf = (value) => value?.$ref?.split("/").pop();

/** The contract's texts know **bold**, `code` and paragraphs. */
function prose(text = "") {
  return text.split("\n\n").map((paragraph) =>
    element("p", {}, paragraph.split(/(\*\*[^*]+\*\*|`[^`]+`)/).map((part) => {
      if (part.startsWith("**")) return element("strong", {}, part.slice(2, -2));
      if (part.startsWith("`")) return element("code", {}, part.slice(1, -1));
      return part;
    })));
}

/** "text, 1 to 200 characters" of a schema. */
function rules(schema) {
  const words = [[schema.type].flat().filter(Boolean).join(" or ")];
  const between = (least, most, unit) => {
    if (least !== undefined && most !== undefined) return `${least.toLocaleString("en")} to ${most.toLocaleString("en")}${unit}`;
    if (most !== undefined) return `at most ${most.toLocaleString("en")}${unit}`;
    return least === undefined ? null : `at least ${least.toLocaleString("en")}${unit}`;
  };
  words.push(
    schema.format ?? null,
    between(schema.minimum, schema.maximum, ""),
    schema.exclusiveMinimum === undefined ? null : `more than ${schema.exclusiveMinimum}`,
    schema.format ? null : between(schema.minLength, schema.maxLength, " characters"),
    between(schema.minItems, schema.maxItems, " entries"),
    schema.uniqueItems ? "no two alike" : null,
    schema.minProperties ? "not empty" : null,
    schema.const === undefined ? null : `always ${JSON.stringify(schema.const)}`,
    schema.default === undefined ? null : `default ${JSON.stringify(schema.default)}`,
  );
  return words.filter(Boolean).join(", ");
}

/** The schema without its "or null", and whether that was there. */
function withoutNull(schema) {
  const branches = schema.anyOf?.filter((branch) => branch.type !== "null");
  const isNullable = branches !== undefined && branches.length < schema.anyOf.length;
  return isNullable && branches.length === 1 ? [branches[0], true] : [schema, false];
}

function describeSchema(given) {
  const [inner, isNullable] = withoutNull(given);
  const schema = resolve(inner);
  const parts = [
    nameOf(inner) ? element("span", { class: "type" }, nameOf(inner)) : null,
    element("span", { class: "rules" }, rules(schema) + (isNullable ? ", or null" : "")),
  ];
  if (schema.enum) {
    parts.push(element("span", { class: "choices" }, schema.enum.map((value) => [element("code", {}, String(value)), " "])));
  }
  return parts;
}

/** What is inside an object or a list, folded until it is asked for. */
function inside(given, open = false) {
  const [inner] = withoutNull(given);
  const schema = resolve(inner);
  const items = schema.items && resolve(withoutNull(schema.items)[0]);
  const isDeep = schema.properties || (items && (items.properties || items.items));
  if (!isDeep) return null;
  const fill = () => (schema.properties ? fieldTable(schema) : [element("div", {}, describeSchema(schema.items)), inside(schema.items, true)]);
  if (open) return element("div", {}, fill());
  const details = element("details", {}, element("summary", {}, schema.properties ? "fields" : "entries"));
  details.addEventListener("toggle", () => {
    if (details.open && details.childElementCount === 1) details.append(...[fill()].flat(Infinity).filter(Boolean));
  });
  return details;
}

function fieldTable(schema) {
  const rows = Object.entries(schema.properties).map(([name, field]) => {
    const needed = schema.required?.includes(name);
    const text = field.description ?? resolve(field).description;
    return element("tr", {},
      element("th", { scope: "row" }, element("code", {}, name), needed ? null : element("span", { class: "optional" }, "optional")),
      element("td", {}, describeSchema(field), prose(text), inside(field)));
  });
  return element("table", { class: "fields" }, element("tbody", {}, rows));
}

function examplesOf(content) {
  const named = Object.entries(content.examples ?? {}).map(([name, example]) => [name, resolve(example).value]);
  if (content.example !== undefined) named.push(["example", content.example]);
  return named.map(([name, value]) => element("details", { class: "example" },
    element("summary", {}, `Example: ${name}`),
    element("pre", {}, typeof value === "string" ? value : JSON.stringify(value, null, 2))));
}

function contents(body) {
  return Object.entries(body.content ?? {}).map(([type, content]) => element("div", { class: "content" },
    element("p", {}, element("code", {}, type), " ", content.schema ? describeSchema(content.schema) : "bytes"),
    content.schema ? inside(content.schema, !nameOf(content.schema)?.endsWith("Problem")) : null,
    examplesOf(content)));
}

function parameters(operation) {
  const list = (operation.parameters ?? []).map(resolve);
  if (list.length === 0) return null;
  return [element("h4", {}, "Parameters"), element("table", { class: "fields" }, element("tbody", {}, list.map((parameter) =>
    element("tr", {},
      element("th", { scope: "row" }, element("code", {}, parameter.name), element("span", { class: "optional" }, parameter.in + (parameter.required ? "" : ", optional"))),
      element("td", {}, describeSchema(parameter.schema), prose(parameter.description))))))];
}

function responses(operation) {
  return Object.entries(operation.responses).map(([status, given]) => {
    const response = resolve(given);
    const details = element("details", { class: `response status-${status[0]}` },
      element("summary", {}, element("strong", {}, status), " ", response.description));
    details.addEventListener("toggle", () => {
      if (!details.open || details.childElementCount > 1) return;
      const headers = Object.entries(response.headers ?? {}).map(([name, header]) =>
        element("li", {}, element("code", {}, name), ": ", resolve(header).description ?? ""));
      details.append(...contents(response), element("ul", { class: "headers" }, headers));
    });
    return details;
  });
}

function operationCard(path, method, operation) {
  const roles = operation["x-roles"];
  const ceiling = operation["x-body-ceiling-bytes"];
  return element("article", { id: operation.operationId, "data-words": `${method} ${path} ${operation.operationId} ${operation.summary}`.toLowerCase() },
    element("h3", {}, element("span", { class: `method ${method}` }, method.toUpperCase()), " ", element("code", {}, path)),
    element("p", { class: "summary" }, operation.summary, element("a", { href: `#${operation.operationId}`, class: "id" }, operation.operationId)),
    prose(operation.description),
    element("p", { class: "who" }, roles.length ? `For: ${roles.join(", ")}.` : "For anybody, without a token.",
      ceiling ? ` Body: at most ${ceiling.toLocaleString("en")} bytes.` : ""),
    parameters(operation),
    operation.requestBody ? [element("h4", {}, "Request body"), contents(operation.requestBody)] : null,
    element("h4", {}, "Answers"), responses(operation));
}

function show() {
  const main = document.getElementById("contract");
  const navigation = document.getElementById("contents");
  main.replaceChildren(element("h1", {}, `${contract.info.title} API`), ...prose(contract.info.description),
    element("p", {}, "The same for programs: ", element("a", { href: "/v1/openapi.json" }, "/v1/openapi.json"), "."));
  for (const tag of contract.tags) {
    const links = [];
    const cards = [];
    for (const [path, item] of Object.entries(contract.paths)) {
      for (const method of METHODS.filter((name) => item[name]?.tags.includes(tag.name))) {
        cards.push(operationCard(path, method, item[method]));
        links.push(element("li", { "data-words": cards.at(-1).dataset.words },
          element("a", { href: `#${item[method].operationId}` }, element("span", { class: `method ${method}` }, method.toUpperCase()), " ", item[method].summary)));
      }
    }
    navigation.append(element("section", {}, element("h2", {}, tag.name), element("ul", {}, links)));
    main.append(element("section", {}, element("h2", {}, tag.name), element("p", {}, tag.description), cards));
  }
}

function filter(text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  for (const item of document.querySelectorAll("[data-words]")) {
    item.hidden = !words.every((word) => item.dataset.words.includes(word));
  }
  for (const section of document.querySelectorAll("section")) {
    section.hidden = !section.querySelector("[data-words]:not([hidden])");
  }
}

contract = await (await fetch("/v1/openapi.json")).json();
show();
document.getElementById("filter").addEventListener("input", (event) => filter(event.target.value));
if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
