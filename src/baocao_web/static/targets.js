// The page of a decision: some of its many lines, found by words with or without marks.

const search = document.getElementById("search");
const count = search.querySelector("[aria-live]");
const sectors = [...document.querySelectorAll("details.sector")];
const wasOpen = new Map(sectors.map((one) => [one, one.open]));

function fold(words) {
  return words.toLowerCase().replaceAll("đ", "d").normalize("NFD").replace(/\p{M}/gu, "").replace(/\s+/g, " ").trim();
}

function find(words) {
  const wanted = fold(words).split(" ").filter(Boolean);
  let all = 0;
  for (const sector of sectors) {
    let shown = 0;
    for (const row of sector.querySelectorAll("tr[data-name]")) {
      const name = fold(row.dataset.name);
      row.hidden = !wanted.every((word) => name.includes(word));
      shown += !row.hidden;
    }
    sector.hidden = !shown;
    sector.open = wanted.length ? shown > 0 : wasOpen.get(sector);
    all += shown;
  }
  count.textContent = wanted.length ? count.dataset.words.replace("{count}", all) : "";
}

const input = search.querySelector("input");
input.addEventListener("input", () => find(input.value));
input.addEventListener("keydown", (event) => {
  if (event.key === "Enter") event.preventDefault(); // it looks for a line, and records nothing
});
search.hidden = false;
