// Elements from templates and plain data. Text only ever enters as text.
export const $ = (id) => document.getElementById(id);

export function clone(name) {
  return $(`t-${name}`).content.firstElementChild.cloneNode(true);
}

export function all(name) {
  return $(`t-${name}`).content.cloneNode(true);
}

export function label(name) {
  return $(`t-${name}`).content.textContent;
}

export function make(tag, className, ...children) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

export function announce(text) {
  $("announce").textContent = text;
}

export async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = make("textarea", "unseen");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  const before = button.textContent;
  button.textContent = label("copied");
  announce(label("copied"));
  setTimeout(() => (button.textContent = before), 1500);
}

export function icon(element, name) {
  element.querySelector("use").setAttribute("href", `/static/icons.svg#${name}`);
}
