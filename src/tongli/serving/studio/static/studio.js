// What the pages do in the browser alone: theme, keys, help. Nothing is fetched from anywhere.
const studio = (() => {
  const THEMES = ["auto", "light", "dark"];
  const PAGES = { r: "read", w: "write", t: "translate", p: "people", v: "review", m: "models" };
  const SEEN = 6000;
  const remembered = (name, fallback) => localStorage.getItem("tongli:" + name) ?? fallback;
  const remember = (name, value) => localStorage.setItem("tongli:" + name, value);
  const typing = (target) => target.closest?.("input, textarea, select, [contenteditable]");
  let waiting = false;

  function paint() {
    const theme = remembered("theme", "auto");
    window.Quasar?.Dark.set(theme === "auto" ? "auto" : theme === "dark");
    document.documentElement.dataset.theme = theme;
  }

  function theme() {
    const next = THEMES[(THEMES.indexOf(remembered("theme", "auto")) + 1) % THEMES.length];
    remember("theme", next);
    paint();
  }

  function help() {
    document.getElementById("single-keys").checked = remembered("keys", "on") === "on";
    document.getElementById("keys").showModal();
  }

  function keys(on) {
    remember("keys", on ? "on" : "off");
  }

  // What was typed and not yet kept is nobody else's.
  function forget() {
    sessionStorage.clear();
  }

  function open(address) {
    location.assign(address);
  }

  // The same page in another language: what the address asks for stays.
  function speak(address) {
    location.assign(address + location.search);
  }

  function focus(selector) {
    const found = document.querySelector(selector);
    if (found) found.focus();
  }

  function tick(value) {
    for (const box of document.querySelectorAll("input[type=checkbox]")) if (box.value === value) box.checked = true;
  }

  // Shows only the words behind one label; a second press shows all again.
  function only(button) {
    const text = button.closest(".result").querySelector(".read-text");
    const label = text.dataset.only === button.dataset.only ? "" : button.dataset.only;
    text.dataset.only = label;
    for (const mark of text.querySelectorAll("mark")) {
      mark.classList.toggle("faint", label !== "" && !mark.dataset.of.split(" ").includes(label));
    }
    for (const other of button.parentElement.parentElement.querySelectorAll("[data-only]")) {
      other.setAttribute("aria-pressed", String(other.dataset.only === label));
    }
  }

  function go(letter) {
    const link = [...document.querySelectorAll("#pages a")].find((a) => a.pathname.endsWith("/" + PAGES[letter]));
    if (link) link.click();
  }

  // Gives files to the page's field for files; whether it has one.
  function hand(files) {
    const field = document.querySelector(".upload input[type=file]");
    if (!field) return false;
    field.files = files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    return true;
  }

  // Starts a recording, or stops it and hands it to the page as a file.
  function record(button, seconds) {
    recorder.toggle(button, seconds, (file) => {
      const given = new DataTransfer();
      given.items.add(file);
      hand(given.files);
    });
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-only]");
    if (button && button.tagName === "BUTTON") only(button);
  });

  // A file that is dropped anywhere goes where a chosen one would.
  document.addEventListener("dragover", (event) => {
    if (document.querySelector(".upload input[type=file]")) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length || !hand(event.dataTransfer.files)) return;
    event.preventDefault();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && typing(event.target)) return document.getElementById("main")?.focus();
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!plain || typing(event.target) || remembered("keys", "on") === "off") return;
    if (waiting && event.key in PAGES) go(event.key);
    waiting = event.key === "g";
    if (event.key === "?") help();
    if (event.key === "/") {
      event.preventDefault();
      focus("textarea");
    }
  });

  // What was told goes out of sight after a while, but not while it says that work goes on.
  let told;
  function fade() {
    const status = document.querySelector("[role=status]");
    if (!status) return;
    clearTimeout(told);
    status.classList.remove("past");
    if (!status.textContent.trim().endsWith("…")) told = setTimeout(() => status.classList.add("past"), SEEN);
  }
  addEventListener("load", () => {
    const watch = new MutationObserver((changes) => {
      const inside = ({ target }) => (target.closest ? target : target.parentElement)?.closest("[role=status]");
      if (changes.some(inside)) fade();
    });
    watch.observe(document.body, { subtree: true, childList: true, characterData: true });
  });

  paint();
  addEventListener("load", paint);
  return { theme, help, keys, forget, open, speak, focus, tick, record };
})();
window.studio = studio;
