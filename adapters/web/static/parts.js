// The parts of a reply as elements. `press(value, label, sort)` is called for a button, with the sort of its group.
import { all, clone, copy, icon, make } from "./dom.js";

const TAGS = { p: "p", ul: "ul", ol: "ol", li: "li", quote: "blockquote", b: "strong", i: "em", code: "code", pre: "pre", br: "br", hr: "hr" };

export function render(reply, press, person) {
  const numbered = { next: 0 };
  return reply.parts.map((part) => {
    switch (part.kind) {
      case "text": return text(part, reply);
      case "table": return table(part, reply);
      case "code": return code(part, reply);
      case "choices": return choices(part, reply, press, numbered, person);
      case "sources": return sources(part, reply);
      case "file": return file(part);
      default: return make("p", "", "");
    }
  });
}

export function nodes(tree, reply) {
  return tree.map((node) => {
    if (typeof node === "string") return node;
    const [kind, ...children] = node;
    if (kind === "cite") return cite(children, reply);
    if (kind === "a") return link(children[0], nodes(children.slice(1), reply));
    return make(TAGS[kind] || "span", "", ...nodes(children, reply));
  });
}

function link(href, children) {
  const element = make("a", "", ...children);
  element.href = href;
  element.target = "_blank";
  element.rel = "noopener noreferrer";
  return element;
}

function cite(marks, reply) {
  const lines = reply.parts.flatMap((part) => (part.kind === "sources" ? part.lines : []));
  const links = marks.map((mark) => {
    const line = lines.find((other) => other.mark === mark);
    const element = make("a", "", plainMark(mark));
    element.href = `#${anchor(reply, mark)}`;
    element.title = line.label;
    element.setAttribute("aria-label", line.label);
    element.addEventListener("click", (event) => show(event, reply, mark));
    return element;
  });
  return make("sup", "cite", ...links);
}

// the superscript digits as plain ones: the style sheet raises them, and fonts have them all
const plainMark = (mark) => mark.replace(/./gu, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(digit));
const anchor = (reply, mark) => `source-${reply.id}-${plainMark(mark)}`;

function show(event, reply, mark) {
  event.preventDefault();
  const line = document.getElementById(anchor(reply, mark));
  line.closest("details").open = true;
  line.scrollIntoView({ block: "nearest" });
  line.classList.remove("flash");
  requestAnimationFrame(() => line.classList.add("flash"));
  (line.querySelector("a") || line).focus();
}

function text(part, reply) {
  return make("div", "text", ...nodes(part.blocks, reply));
}

function table(part, reply) {
  const box = clone("table");
  const head = part.columns.map((cell) => {
    const th = make("th", "", ...nodes(cell, reply));
    th.scope = "col";
    return th;
  });
  if (!part.columns[0].length) head[0] = make("td", "");
  box.querySelector("thead tr").append(...head);
  for (const row of part.rows) {
    const cells = row.map((cell, number) => make(number ? "td" : "th", "", ...nodes(cell, reply)));
    cells[0].scope = "row";
    box.querySelector("tbody").append(make("tr", "", ...cells));
  }
  box.classList.toggle("many", part.columns.length > 3);
  return box;
}

export function coloured(runs) {
  return runs.map(([kind, piece]) => (kind ? make("span", `c-${kind}`, piece) : piece));
}

function code(part, reply) {
  const figure = clone("code");
  figure.querySelector(".title").append(...nodes(part.title, reply));
  figure.querySelector("code").append(...coloured(part.runs));
  const whole = part.runs.map(([, piece]) => piece).join("");
  figure.querySelector(".copy").addEventListener("click", (event) => copy(whole, event.currentTarget));
  return figure;
}

function sources(part, reply) {
  const box = clone("sources");
  const noun = box.querySelector(".noun");
  box.querySelector(".count").textContent = part.lines.length;
  noun.textContent = part.lines.length === 1 ? noun.dataset.one : noun.dataset.many;
  const dates = part.lines.map((line) => line.as_of.slice(0, 7)).filter(Boolean).sort();
  const [first, last] = [dates[0], dates[dates.length - 1]];
  box.querySelector(".span").textContent = first ? (first === last ? first : `${first} – ${last}`) : "";
  box.open = part.lines.length <= 2;
  for (const line of part.lines) {
    const item = make("li", "", make("span", "mark", plainMark(line.mark)));
    item.id = anchor(reply, line.mark);
    item.tabIndex = -1;
    const name = line.url ? link(line.url, [line.title]) : make("span", "", line.title);
    item.append(make("span", "title", name), make("span", "label", line.label));
    box.querySelector("ol").append(item);
  }
  return box;
}

function file(part) {
  const box = clone("file");
  box.querySelector(".name").textContent = part.name;
  box.querySelector("pre").textContent = part.text;
  box.querySelector(".download").addEventListener("click", () => {
    const anchor = make("a", "");
    anchor.href = URL.createObjectURL(new Blob([part.text], { type: part.mime }));
    anchor.download = part.name;
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(anchor.href), 1000);
  });
  return box;
}

function choices(part, reply, press, numbered, person) {
  if (part.sort === "feedback") return feedback(part, reply, press);
  const settled = part.sort !== "next" && reply.done;
  if (part.sort === "several" && !settled) return several(part, press, numbered);
  const box = make("div", `choices ${part.sort}`);
  if (part.prompt) box.append(make("p", "prompt", part.prompt));
  const row = make("div", "row");
  for (const choice of part.choices) {
    const number = counted(numbered);
    const button = make("button", `choice ${choice.style}`);
    button.type = "button";
    if (part.sort === "question") button.append(number);
    button.append(make("span", "", choice.label));
    button.disabled = Boolean(settled);
    button.classList.toggle("picked", Boolean(settled) && reply.settled === choice.label);
    button.addEventListener("click", () => press(choice.value, choice.label, part.sort));
    row.append(button);
  }
  box.append(row);
  if (settled && reply.settled && !row.querySelector(".picked")) box.append(make("p", "settled", reply.settled));
  return box;
}

/** The number by which a choice can be answered: they are counted through, whatever their sort. */
function counted(numbered) {
  numbered.next += 1;
  const number = make("span", "number", String(numbered.next));
  number.setAttribute("aria-hidden", "true");
  return number;
}

function several(part, press, numbered) {
  const form = clone("several");
  form.querySelector(".prompt").textContent = part.prompt;
  for (const choice of part.choices) {
    const input = make("input", "");
    input.type = "checkbox";
    input.value = choice.value;
    form.querySelector(".options").append(make("label", "choice", input, counted(numbered), make("span", "", choice.label)));
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const picked = [...form.querySelectorAll("input:checked")];
    const labels = picked.map((input) => input.parentElement.lastChild.textContent).join(", ");
    if (picked.length) press(picked.map((input) => input.value).join("\n"), labels, "several");
  });
  return form;
}

function feedback(part, reply, press) {
  const shape = all("feedback").firstElementChild;
  const pattern = shape.querySelector("button");
  pattern.remove();
  part.choices.forEach((choice, number) => {
    const button = pattern.cloneNode(true);
    icon(button, number ? "down" : "up");
    button.querySelector(".unseen").textContent = choice.label;
    button.title = choice.label;
    button.setAttribute("aria-pressed", String(reply.rated === choice.value));
    button.addEventListener("click", () => press(choice.value, choice.label, "feedback"));
    shape.append(button);
  });
  return shape;
}
