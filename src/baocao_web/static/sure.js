// Before a form is passed on: what the rules doubt in it and what was left blank is read once more and answered for.

import { paragraph, say, told } from "./shared.js";

const MOST = 20; // doubts told one by one
const dialog = document.getElementById("sure");
const list = document.getElementById("sure-words");
const blankLine = document.getElementById("sure-blank");

// Whether to go on; nothing is asked where nothing is doubted. `doubts` are texts, `blank` how many cells stand empty.
export async function isSure(doubts, blank) {
  if (!doubts.length && !blank) return true;
  list.replaceChildren(...doubts.slice(0, MOST).map(item));
  if (doubts.length > MOST) list.append(item(say(told.words.more_doubts, { count: doubts.length - MOST })));
  blankLine.replaceChildren(...(blank ? [paragraph(say(told.words.blank, { count: blank }))] : []));
  dialog.returnValue = "";
  dialog.showModal();
  await new Promise((go) => dialog.addEventListener("close", go, { once: true }));
  return dialog.returnValue === "yes";
}

function item(text) {
  const made = document.createElement("li");
  made.textContent = text;
  return made;
}
