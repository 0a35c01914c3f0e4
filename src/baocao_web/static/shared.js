// What the parts of a form's page have in common: what the page was told, and how it speaks with the server.

export const told = JSON.parse(document.getElementById("entry").textContent);
Object.assign(told, { words: {}, marks: {}, checks: { computed: [], rules: [], ranges: {}, beside: {} } });
export const section = document.querySelector("[data-entry]");
export const inputs = new Map([...section.querySelectorAll("td input[name]")].map((input) => [input.name, input]));
export const cells = new Map([
  ...[...inputs].map(([cell, input]) => [cell, input.closest("td")]),
  ...[...section.querySelectorAll("td[data-cell]")].map((cell) => [cell.dataset.cell, cell]),
]);
export const box = document.getElementById("cell-words");
export const place = `baocao:${told.user}:${told.entry}`;
const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
const banner = document.getElementById("banner");

export function say(text, facts = {}) {
  return (text || "").replace(/\{(\w+)\}/g, (whole, name) => (name in facts ? facts[name] : whole));
}

// Keep something in this browser, or nothing any more; false where it has no room.
export function remember(name, something) {
  try {
    if (something === null) localStorage.removeItem(name);
    else localStorage.setItem(name, JSON.stringify(something));
    return true;
  } catch {
    return false;
  }
}

export function recalled(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

export function post(url, body) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
  return answered(fetch(url, { method: "POST", redirect: "manual", headers, body: JSON.stringify(body) }));
}

export function get(url) {
  return answered(fetch(url, { redirect: "manual" }));
}

// Whoever is signed out is led to another page: that is no answer, and is told as one without rights.
async function answered(asked) {
  const response = await asked;
  const isJson = (response.headers.get("Content-Type") || "").startsWith("application/json");
  return { status: response.status || 401, body: isJson ? await response.json() : null };
}

// Say in the page's banner what is in the way; nothing takes it away again.
export function refuse(text) {
  banner.textContent = text;
  banner.hidden = !text;
  if (text) banner.scrollIntoView({ block: "nearest" });
  return null;
}

// Something that the page has become too old for, with a way to load it again.
export function outdated(text) {
  refuse(text + " ");
  banner.append(button(told.words.reload, () => location.reload()));
}

export function paragraph(text) {
  const made = document.createElement("p");
  made.textContent = text;
  return made;
}

export function button(text, work) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.addEventListener("mousedown", (event) => event.preventDefault()); // the cell keeps its place
  made.addEventListener("click", work);
  return made;
}

// What a cell is called: its row and its column.
export function nameOf(cell) {
  const td = cells.get(cell) || section.querySelector(`[data-computed="${CSS.escape(cell)}"]`);
  if (!td) return cell;
  const row = td.closest("tr");
  const heads = row.closest("table").tHead.rows[0].cells;
  const name = [...row.querySelector("th").childNodes].find((node) => node.nodeType === Node.TEXT_NODE);
  return `${name ? name.textContent.trim() : cell}, ${heads[[...row.cells].indexOf(td)].textContent.trim()}`;
}
