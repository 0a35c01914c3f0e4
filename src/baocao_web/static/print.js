// The one thing that a page cannot do by itself: ask the browser to print it.
document.getElementById("print").addEventListener("click", () => window.print());
