// Behind an answer: how it was understood, and what the platforms would be sent.
import { $, all, clone, make } from "./dom.js";
import { coloured, nodes } from "./parts.js";
import { get } from "./wire.js";

let shown = { answer: "", view: "understood" };
let opener = null;

export function start() {
  for (const tab of tabs()) tab.addEventListener("click", () => show(shown.answer, tab.dataset.view));
  $("tabs").addEventListener("keydown", move);
  $("panel-close").addEventListener("click", close);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !$("panel").hidden) close();
  });
}

const tabs = () => [...$("tabs").children];

function move(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const all = tabs();
  const next = all[(all.indexOf(document.activeElement) + step + all.length) % all.length];
  next.focus();
  next.click();
}

export function open(answer, view, from) {
  opener = from;
  show(answer, view).then(() => $("panel").querySelector("[aria-selected=true]").focus());
}

export function close() {
  $("panel").hidden = true;
  $("app").classList.remove("with-panel");
  if (opener && opener.isConnected) opener.focus();
}

async function show(answer, view) {
  shown = { answer, view };
  $("panel").hidden = false;
  $("app").classList.add("with-panel");
  for (const tab of tabs()) {
    const chosen = tab.dataset.view === view;
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    if (chosen) $("behind").setAttribute("aria-labelledby", tab.id);
  }
  const data = await get(`/api/answers/${answer}/${view}`);
  if (shown.answer !== answer || shown.view !== view) return;
  $("behind").replaceChildren(...content(data, view));
  $("behind").scrollTop = 0;
}

function content(data, view) {
  if (data.error || data.note) return [make("p", "none", data.error || data.note)];
  if (view === "understood") return [understood(data)];
  return [make("pre", "payload", ...coloured(data.runs))];
}

function understood(data) {
  const page = all("behind");
  const trace = page.querySelector(".trace");
  for (const line of data.words) {
    const [words, meaning] = line.split(" → ");
    const heard = words.startsWith("#") ? make("code", "", words.slice(1)) : make("q", "", words);
    trace.append(make("li", "", heard, make("span", "", meaning || "")));
  }
  page.querySelector("section .none").hidden = data.words.length > 0;
  page.querySelector(".command").textContent = data.command;
  race(page.querySelector(".race"), data.interview);
  const claims = page.querySelector(".claims");
  claims.querySelector(".none").hidden = data.claims.length > 0;
  claims.querySelector(".key").hidden = !data.claims.some((claim) => claim.score !== null);
  const most = Math.max(1, ...data.claims.map((claim) => claim.score || 0));
  claims.querySelector("ol").append(...data.claims.map((claim) => row(claim, most)));
  return page;
}

function row(claim, most) {
  const item = clone("claim");
  item.classList.toggle("shown", claim.shown);
  item.querySelector("code").textContent = claim.id;
  item.querySelector(".text").append(...nodes(claim.text));
  item.querySelector(".from").textContent = claim.sources.join(" · ");
  const meter = item.querySelector(".meter");
  if (claim.score === null) {
    meter.remove();
    return item;
  }
  item.querySelector(".score").textContent = claim.score.toFixed(1);
  const percent = (value) => `${(Math.max(0, value) / most) * 100}%`;
  meter.querySelector(".rest").setAttribute("width", percent(claim.score));
  meter.querySelector(".words").setAttribute("width", percent(Math.min(claim.words, claim.score)));
  return item;
}

function race(section, interview) {
  section.hidden = !interview || !interview.ranking || !interview.ranking.length;
  if (section.hidden) return;
  const ranking = [...interview.ranking].sort((one, other) => other.confidence - one.confidence);
  for (const entry of ranking) {
    const bar = make("meter", "");
    bar.value = entry.confidence;
    const name = make("span", "", entry.framework);
    bar.setAttribute("aria-label", entry.framework);
    section.querySelector("ol").append(make("li", "", name, bar, make("span", "score", `${Math.round(entry.confidence * 100)} %`)));
  }
}
