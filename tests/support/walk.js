// What a reader would see wrong with the page as it is drawn now: a list of sentences.
(language) => {
  const found = [];
  const text = (node) => node.textContent.trim().replace(/\s+/g, " ").slice(0, 60);
  const style = new Map();
  const styled = (e) => style.get(e) ?? (style.set(e, getComputedStyle(e)), style.get(e));
  const main = document.querySelector("[data-testid=stApp]");

  const visible = (e) => {
    for (let at = e; at && at !== document.body; at = at.parentElement) {
      const s = styled(at);
      if (s.display === "none" || s.visibility === "hidden" || s.opacity === "0") return false;
      // The usual way of hiding text from eyes but not from screen readers.
      if (s.position === "absolute" && at.clientWidth <= 1 && at.clientHeight <= 1) return false;
    }
    return true;
  };
  const boxes = (node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    return range.getBoundingClientRect();
  };

  const words = [];
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const holder = node.parentElement;
    if (!text(node) || holder.closest("style, script, [data-testid=stDataFrame] canvas")) continue;
    if (holder.closest("[data-testid=stIconMaterial], [translate=no]")) continue;
    const box = boxes(node);
    if (!box.width || !box.height || !visible(holder)) continue;
    words.push({ node, holder, box });
  }

  // 1. Text cut off by a box that hides what is too long for it, or that leaves the window.
  if (document.documentElement.scrollWidth > innerWidth + 1) found.push("the page scrolls sideways");
  for (const { node, holder, box } of words) {
    for (let at = holder; at && at !== main; at = at.parentElement) {
      const s = styled(at), edge = at.getBoundingClientRect();
      const across = s.overflowX, down = s.overflowY;
      if (/hidden|clip/.test(across) && edge.width && (box.right > edge.right + 1.5 || box.left < edge.left - 1.5)) {
        found.push(`cut across: “${text(node)}”`);
        break;
      }
      if (/hidden|clip/.test(down) && edge.height && (box.bottom > edge.bottom + 3 || box.top < edge.top - 3)) {
        found.push(`cut below: “${text(node)}”`);
        break;
      }
      if (/auto|scroll/.test(across) || s.position === "fixed") break;
    }
    if (box.right > innerWidth + 1.5 && !holder.closest("[data-testid=stDataFrame], [data-testid=stTable]"))
      found.push(`beyond the window: “${text(node)}”`);
  }

  // 2. Texts of one chart that lie on one another.
  for (const plot of document.querySelectorAll(".js-plotly-plot")) {
    const own = words.filter((w) => plot.contains(w.node) && w.holder.closest("text"));
    const labels = [...new Set(own.map((w) => w.holder.closest("text")))].map((e) => ({
      e, box: e.getBoundingClientRect(),
    }));
    labels.forEach((a, n) => labels.slice(n + 1).forEach((b) => {
      const wide = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
      const high = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
      const line = Math.min(a.box.height, b.box.height); // boxes are taller than their letters
      if (wide > 3 && high > 0.35 * line) found.push(`one on another: “${text(a.e)}” and “${text(b.e)}”`);
    }));
  }

  // 3. Words of the other language.
  const other = language === "zh" ? /[A-Za-z][A-Za-z’'-]+/g : /[\u3400-\u9fff]+/g;
  const foreign = new Set();
  for (const { node, holder } of words) {
    if (holder.closest("code, pre, [data-testid=stDataFrame], [data-testid=stTable] td")) continue;
    // Keys, paths and numbers of things (queries/x.sql, RW-01) belong to no language.
    const spoken = node.textContent.replace(/[\w./-]*[_/.\d][\w./-]*/g, " ");
    for (const word of spoken.match(other) ?? []) foreign.add(word);
  }
  for (const e of main.querySelectorAll("[placeholder]:placeholder-shown"))
    for (const word of e.placeholder.match(other) ?? []) foreign.add(word);

  // 4. What went wrong on the server.
  for (const e of main.querySelectorAll("[data-testid=stException]")) found.push(`exception: ${text(e)}`);
  for (const e of main.querySelectorAll("h1, h2")) {
    if (!text(e)) found.push("an empty heading");
  }
  return { found, foreign: [...foreign] };
}
