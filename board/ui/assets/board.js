// The keys and the clock of a shared screen. The keys work wherever the focus is: a drop-down that
// was just used would handle the arrows itself. Escape closes what is open, else leaves the mode.
(() => {
  // One step of the reader is one entry in the history. A page that opens adds its choices to the
  // address: that completes the entry, and Back leads to what stood before the step.
  const push = history.pushState.bind(history);
  history.pushState = (data, title, url) => {
    const from = new URL(location), to = new URL(url ?? location, location);
    const completes = from.pathname === to.pathname && !to.searchParams.has("present") &&
      [...from.searchParams].every(([name, value]) => to.searchParams.get(name) === value);
    return completes ? history.replaceState(data, title, url) : push(data, title, url);
  };

  // A card's small line is a picture: its name is the figure's and that it is the course of it.
  const named = () => {
    const course = new URL(location).searchParams.get("lang") === "en" ? "course" : "走势";
    for (const chart of document.querySelectorAll("[data-testid=stMetricChart]:not([role=img])")) {
      const figure = chart.closest("[data-testid=stMetric]")?.querySelector("[data-testid=stMetricLabel]");
      chart.setAttribute("role", "img");
      chart.setAttribute("aria-label", `${figure?.textContent ?? ""} ${course}`.trim());
      for (const part of chart.children) part.setAttribute("aria-hidden", "true");
    }
    // Streamlit names the place for files, and yet gives it the role of mere decoration.
    for (const place of document.querySelectorAll("[data-testid=stFileUploaderDropzone][role=presentation]"))
      place.setAttribute("role", "group");
  };
  let waiting = 0;
  new MutationObserver(() => { waiting ||= setTimeout(() => { waiting = 0; named(); }, 100); })
    .observe(document.documentElement, { childList: true, subtree: true });

  const screen = () => document.querySelector(".st-key-presenting");
  const presenting = () => screen() || new URL(location).searchParams.get("present") === "1";
  const plain = (e) => !(e.ctrlKey || e.metaKey || e.altKey || e.shiftKey);
  const open = () =>
    document.querySelector("[aria-expanded=true][role=combobox], [data-testid=stPopoverBody], [role=dialog]");
  // Arrows move between a table's cells and in a text that is being typed.
  const usesArrows = (at) =>
    at.closest("[data-testid=stDataFrame], [role=dialog], [role=listbox], textarea") ||
    (at.matches("input") && at.value !== "" && at.getAttribute("role") !== "combobox");

  // Each key is one page. A key pressed before the next page's number and buttons are there waits
  // for them, at most WAIT ms: two clicks on one button would count as one.
  const WAIT = 10000;
  const number = () => screen()?.querySelector("[data-testid=stMarkdown]")?.textContent;
  const running = () => !document.querySelector("[data-test-script-state=notRunning]");
  let keys = [], left = null, since = 0, timer = 0;
  const walk = () => {
    const button = screen()?.querySelector(`.st-key-${keys[0]} button:not(:disabled)`);
    const coming = !screen() || number() === left || (!button && running());
    if (keys.length && coming && performance.now() - since < WAIT) return;
    keys.shift();
    if (button) [left, since] = [number(), performance.now()];
    button?.click();
    if (keys.length === 0) timer = clearInterval(timer) ?? 0;
  };
  const press = (e, name) => {
    e.preventDefault();
    e.stopImmediatePropagation();
    document.activeElement?.blur();
    if (!timer) timer = setInterval(walk, 50);
    if (number() !== left) since = performance.now();
    keys.push(name);
    walk();
  };

  const main = () => document.querySelector("[data-testid=stMain]");
  // Page keys, as a presenter's remote sends them: scroll to the page's end, then open the next page.
  const turn = (e, down) => {
    const at = main(), rest = at.scrollHeight - at.clientHeight - at.scrollTop;
    if (down ? rest < 2 : at.scrollTop < 2) return press(e, down ? "walk_on" : "walk_back");
    e.preventDefault();
    at.scrollBy({ top: (down ? 0.85 : -0.85) * at.clientHeight, behavior: "auto" });
  };

  let closing = false;
  addEventListener("keydown", (e) => {
    closing = e.key === "Escape" && screen() !== null && open() !== null;
    if (e.key === "Escape") [keys, left] = [[], null];
    if (!presenting() || !plain(e) || open() || usesArrows(e.target)) return;
    if (e.key === "ArrowRight") press(e, "walk_on");
    else if (e.key === "ArrowLeft") press(e, "walk_back");
    else if (e.key === "PageDown") turn(e, true);
    else if (e.key === "PageUp") turn(e, false);
    else if (e.key === "ArrowDown" && e.target === document.body) main().scrollBy({ top: 80 });
    else if (e.key === "ArrowUp" && e.target === document.body) main().scrollBy({ top: -80 });
  }, true);
  document.addEventListener("keydown", (e) => {
    if (closing && e.key === "Escape") e.stopImmediatePropagation();
  });

  // The watermark's time counts on from the server's time, independent of this machine's clock.
  const TIME = /(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d)/;
  let shown = "", written = null, read = 0;
  setInterval(() => {
    const image = document.querySelector(".st-key-watermark img");
    if (!image) return;
    if (image.src !== shown) {
      const bytes = Uint8Array.from(atob(image.src.split(",")[1]), (letter) => letter.charCodeAt(0));
      written = new TextDecoder().decode(bytes);
      read = performance.now();
    }
    const [, year, month, day, hour, minute] = TIME.exec(written);
    const start = Date.UTC(year, month - 1, day, hour, minute);
    const now = new Date(start + performance.now() - read).toISOString();
    const bytes = new TextEncoder().encode(written.replace(TIME, now.slice(0, 16).replace("T", " ")));
    shown = "data:image/svg+xml;base64," + btoa(String.fromCharCode(...bytes));
    if (image.src !== shown) image.src = shown;
  }, 10000);
})();
