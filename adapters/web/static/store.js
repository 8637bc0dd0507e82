// What this browser remembers: conversations with their turns. The server keeps no words of the person; they live here.
const KEY = "framework-bot-1";
const MOST_CONVERSATIONS = 20;
const MOST_TURNS = 80;

export function random() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function load() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY));
    if (kept && kept.conversations.length) return kept;
  } catch {
    // nothing kept, or not readable any more: start afresh
  }
  return { browser: random(), conversations: [], active: "", person: "ann" };
}

export const state = load();

export function save() {
  state.conversations = state.conversations.slice(0, MOST_CONVERSATIONS);
  for (const talk of state.conversations) talk.turns = talk.turns.slice(-MOST_TURNS);
  while (!write() && state.conversations.length > 1) state.conversations.pop();
}

function write() {
  try {
    localStorage.setItem(KEY, JSON.stringify(state));
    return true;
  } catch {
    return false;
  }
}

export function active() {
  const found = state.conversations.find((talk) => talk.id === state.active);
  return found || open(state.conversations[0] || begin("dm"));
}

export function open(talk) {
  state.active = talk.id;
  save();
  return talk;
}

export function begin(kind, of = "") {
  const talk = { id: random(), kind, of, turns: [] };
  state.conversations.unshift(talk);
  return open(talk);
}

// the direct conversation of a person, where an interview begun in a channel goes on
export function directOf(person) {
  return state.conversations.find((talk) => talk.kind === "dm" && talk.of === person) || begin("dm", person);
}

export function remove(talk) {
  state.conversations = state.conversations.filter((other) => other !== talk);
  if (state.active === talk.id) state.active = "";
  save();
}

// the same person in two browsers is two people: "forget me" must not reach the other
export function user(person) {
  return `${state.browser}.${person}`;
}
