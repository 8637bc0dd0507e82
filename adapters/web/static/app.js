// The page: draws the open conversation and sends what is said or pressed in it.
import { $, announce, clone, copy, icon, label } from "./dom.js";
import * as panel from "./panel.js";
import { render } from "./parts.js";
import { active, begin, directOf, open, random, remove, save, state, user } from "./store.js";
import { ask, get, listen } from "./wire.js";

let editing = null;
let last = Promise.resolve();
const time = new Intl.DateTimeFormat([], { hour: "2-digit", minute: "2-digit" });
const names = () => Object.fromEntries([...$("person").options].map((option) => [option.value, option.textContent]));
const fine = matchMedia("(pointer: fine)").matches;

// --- sending

function say(text) {
  $("reloaded").hidden = true;
  const talk = active();
  const turn = {
    id: random(), person: person(talk), text, kind: talk.kind, at: Date.now(),
    addressed: talk.kind === "dm" || $("mention").checked, private: talk.kind !== "dm" && $("private").checked,
  };
  add(talk, turn);
}

function press(talk, from, value, words, sort) {
  if (sort === "feedback") from.reply.rated = value;
  add(talk, { id: random(), person: person(talk), press: value, label: words, sort, kind: talk.kind, at: Date.now(), addressed: true });
}

function add(talk, turn) {
  talk.turns.push(turn);
  save();
  draw();
  toLast();
  send(talk, turn);
}

const person = (talk) => (talk.kind === "dm" && talk.of ? talk.of : $("person").value);

// one after the other, so that answers come in the order of the questions
function send(talk, turn) {
  Object.assign(turn, { failed: undefined, pending: true });
  save();
  last = last.then(() => exchange(talk, turn)).catch((error) => fail(turn, String(error)));
  return last;
}

async function exchange(talk, turn) {
  const { reply, error } = await ask({
    id: turn.sent || turn.id, conversation: talk.id, user: user(turn.person), kind: turn.kind, text: turn.text || "",
    press: turn.press || "", addressed: turn.addressed, edits: turn.sent ? turn.id : "", private: Boolean(turn.private),
  });
  if (!reply) return fail(turn, error);
  Object.assign(turn, { reply, pending: false });
  settle(talk, reply);
  save();
  draw();
  if (turn.sort !== "feedback") toLast();
  announce(reply.parts.length ? "" : label("silent"));
  if (reply.audience === "dm") forward(turn, reply);
}

function fail(turn, error) {
  turn.failed = error || "-";
  save();
  draw();
}

function settle(talk, reply) {
  const asked = reply.settles && talk.turns.find((turn) => turn.reply && turn.reply.id === reply.settles);
  if (asked) Object.assign(asked.reply, { done: true, settled: reply.settled_as });
}

// what the bot would rather do face to face goes on in that person's direct conversation
function forward(turn, reply) {
  const direct = directOf(turn.person);
  open(direct);
  add(direct, {
    id: random(), person: turn.person, press: reply.forward, text: reply.forward ? "" : reply.forward_text,
    label: turn.text || turn.label, kind: "dm", at: Date.now(), addressed: true,
  });
}

function edit(turn, text) {
  Object.assign(turn, { text, sent: random(), edited: true });
  save();
  draw();
  send(active(), turn);
}

// --- drawing

function draw() {
  const talk = active();
  $("talk").dataset.kind = talk.kind;
  $("kinds").querySelector(`[value=${talk.kind}]`).checked = true;
  $("title").textContent = title(talk);
  $("welcome").hidden = talk.turns.length > 0;
  $("who").hidden = talk.kind === "dm";
  fill($("log"), talk.turns.flatMap((turn) => drawn(talk, turn)));
  drawRail();
}

// the last question at the top with as much of its answer as fits; all of it, if it does fit
function toLast() {
  const scroll = $("scroll");
  const asked = [...$("log").children].reverse().find((item) => item.classList.contains("person"));
  const end = scroll.scrollHeight - scroll.clientHeight;
  scroll.scrollTop = asked ? Math.min(end, asked.offsetTop - $("log").offsetTop) : end;
}

function title(talk) {
  const first = talk.turns.find((turn) => turn.text || turn.label);
  return first ? first.text || first.label : label("untitled");
}

// what has not changed stays as it is: opened sources stay open, and a screen reader hears only what is new
const kept = new WeakMap();
function drawn(talk, turn) {
  const { reply } = turn;
  const now = [talk.kind, $("person").value, turn.text, turn.edited, turn.failed, reply && [reply.id, reply.done, reply.settled, reply.rated]];
  const key = JSON.stringify(now);
  const before = kept.get(turn);
  if (before && before.key === key) return before.items;
  const items = rows(talk, turn);
  kept.set(turn, { key, items });
  return items;
}

function fill(list, items) {
  let at = list.firstChild;
  for (const item of items) {
    if (item === at) at = at.nextSibling;
    else list.insertBefore(item, at);
  }
  while (at) {
    const next = at.nextSibling;
    at.remove();
    at = next;
  }
}

function rows(talk, turn) {
  const shown = [];
  if (turn.sort !== "feedback") shown.push(turn.press ? pressed(turn) : said(turn));
  if (turn.failed) return [...shown, failed(talk, turn)];
  if (!turn.reply) return [...shown, clone("waiting")];
  if (!turn.reply.parts.length) return [...shown, clone("silent")];
  const hidden = turn.reply.audience === "only_you" && talk.kind !== "dm" && turn.person !== $("person").value;
  return hidden ? shown : [...shown, answer(talk, turn)];
}

function head(item, turn) {
  const name = names()[turn.person] || turn.person;
  item.querySelector(".name").textContent = name;
  item.querySelector(".face").textContent = name.slice(0, 1);
  item.querySelector(".face").dataset.person = turn.person;
  item.querySelector("time").textContent = time.format(turn.at);
  return item;
}

function said(turn) {
  const item = head(clone("said"), turn);
  item.querySelector(".words").textContent = (turn.kind !== "dm" && turn.addressed ? "@Framework Bot " : "") + turn.text;
  item.querySelector(".edited").hidden = !turn.edited;
  item.querySelector(".edit").addEventListener("click", () => startEdit(turn));
  return item;
}

function pressed(turn) {
  const item = head(clone("pressed"), turn);
  item.querySelector(".label").textContent = turn.label;
  return item;
}

function answer(talk, turn) {
  const { reply } = turn;
  const item = clone("answer");
  item.querySelector("time").textContent = time.format(turn.at);
  item.querySelector(".only").hidden = reply.audience !== "only_you" || talk.kind === "dm";
  item.querySelector(".whom").textContent = names()[turn.person] || turn.person;
  item.querySelector(".parts").append(...render(reply, (...pressed) => press(talk, turn, ...pressed)));
  item.querySelector(".tools").prepend(...item.querySelectorAll(".feedback"));
  for (const button of item.querySelectorAll(".behind")) {
    button.addEventListener("click", () => panel.open(reply.id, button.dataset.view, button));
  }
  item.querySelector(".tools .copy").addEventListener("click", (event) => copy(reply.plain, event.currentTarget));
  return item;
}

function failed(talk, turn) {
  const item = clone("failed");
  if (turn.failed !== "-") item.querySelector(".why").textContent = turn.failed;
  item.querySelector(".retry").addEventListener("click", () => {
    send(talk, turn);
    draw();
  });
  return item;
}

function drawRail() {
  $("conversations").replaceChildren(...state.conversations.map((talk) => {
    const item = clone("conversation");
    const [pick, away] = item.querySelectorAll("button");
    icon(pick, talk.kind);
    pick.querySelector(".name").textContent = title(talk);
    if (talk.id === state.active) pick.setAttribute("aria-current", "true");
    pick.addEventListener("click", () => go(talk));
    away.addEventListener("click", () => {
      remove(talk);
      go(active());
    });
    return item;
  }));
}

function go(talk) {
  open(talk);
  stopEdit();
  panel.close();
  drawer(false);
  draw();
  toLast();
  focusWords();
}

// --- the composer

function focusWords() {
  if (fine) $("words").focus();
}

function fit() {
  const words = $("words");
  words.style.height = "auto";
  words.style.height = `${Math.min(words.scrollHeight, 200)}px`;
}

function submit() {
  const text = $("words").value.trim();
  if (!text) return;
  const turn = editing;
  stopEdit();
  if (turn) edit(turn, text);
  else say(text);
}

function startEdit(turn) {
  editing = turn;
  $("editing").hidden = false;
  $("words").value = turn.text;
  fit();
  $("words").focus();
}

function stopEdit() {
  editing = null;
  $("editing").hidden = true;
  $("words").value = "";
  fit();
}

function keys(event) {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    submit();
  } else if (event.key === "Escape" && editing) {
    stopEdit();
  } else if (event.key === "ArrowUp" && !$("words").value) {
    const own = active().turns.filter((turn) => turn.text && !turn.press);
    if (own.length) startEdit(own[own.length - 1]);
    event.preventDefault();
  }
}

// --- around it

function drawer(wanted) {
  $("app").classList.toggle("with-rail", wanted);
  $("menu").setAttribute("aria-expanded", String(wanted));
}

function dark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

function switchTheme() {
  const theme = dark() ? "light" : "dark";
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem("framework-bot-theme", theme);
  } catch {
    // it holds until the page is closed
  }
}

let looked = -1;
function knowledge(look) {
  $("version-words").textContent = `${$("version").dataset.word} ${look.version.slice(0, 8)}`;
  const fresh = looked >= 0 && look.number !== looked;
  looked = look.number;
  const { problems, warnings } = look;
  $("problems").hidden = !problems.length;
  $("problem-count").textContent = counted($("problem-count"), problems.length);
  $("problem-lines").replaceChildren(...problems.map((line) => Object.assign(document.createElement("li"), { textContent: line })));
  $("reloaded").hidden = !fresh || problems.length > 0;
  $("warning-count").textContent = warnings.length ? counted($("warning-count"), warnings.length) : "";
}

const counted = (element, count) => (count === 1 ? element.dataset.one : element.dataset.many).replace("{n}", count);

function again() {
  const asked = active().turns.filter((turn) => turn.text);
  if (asked.length) say(asked[asked.length - 1].text);
}

async function suggestions() {
  const start = await get("/api/start");
  $("try").replaceChildren(...start.try.map((text) => {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: text });
    button.addEventListener("click", () => say(text));
    const item = document.createElement("li");
    item.append(button);
    return item;
  }));
}

function listenToPage() {
  $("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  $("words").addEventListener("keydown", keys);
  $("words").addEventListener("input", fit);
  $("edit-cancel").addEventListener("click", stopEdit);
  $("new").addEventListener("click", () => go(begin(active().kind)));
  $("again").addEventListener("click", again);
  $("reloaded-close").addEventListener("click", () => ($("reloaded").hidden = true));
  $("theme").addEventListener("click", switchTheme);
  $("menu").addEventListener("click", () => drawer(!$("app").classList.contains("with-rail")));
  $("talk").addEventListener("click", (event) => event.target.closest("#menu") || drawer(false));
  $("person").addEventListener("change", () => {
    state.person = $("person").value;
    save();
    draw();
  });
  $("kinds").addEventListener("change", (event) => {
    active().kind = event.target.value;
    save();
    draw();
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select");
    if (event.key === "/" && !typing) {
      event.preventDefault();
      $("words").focus();
    }
  });
}

$("person").value = state.person;
listenToPage();
panel.start();
draw();
toLast();
focusWords();
suggestions();
for (const talk of state.conversations) {
  for (const turn of talk.turns) if (turn.pending && !turn.failed) send(talk, turn);
}
listen(knowledge, (there) => {
  $("version").classList.toggle("away", !there);
  if (!there) $("version-words").textContent = $("version").dataset.away;
});
