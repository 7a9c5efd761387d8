// What the page does by itself: clauses beside the answer, copying, votes, the desk's keys. Text is only ever moved or
// set as text: nothing that people or documents wrote is read as HTML here.
"use strict";
const policyqa = (() => {
  const KEY = "policyqa-conversation";
  const stored = () => { try { return (localStorage.getItem(KEY) || "").match(/^[0-9a-f]{32}$/)?.[0] || ""; } catch { return ""; } };
  const store = (id) => { try { id ? localStorage.setItem(KEY, id) : localStorage.removeItem(KEY); } catch { /* private window */ } };
  const fresh = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");

  const byId = (id) => document.getElementById(id);
  const isShown = (node) => Boolean(node && node.offsetParent !== null);

  async function copy(text) {
    if (navigator.clipboard && window.isSecureContext) { await navigator.clipboard.writeText(text); return; }
    const box = document.createElement("textarea"); // offices serve over plain http, where the clipboard is closed
    box.value = text; box.style.position = "fixed"; box.style.opacity = "0";
    document.body.append(box); box.select();
    try { document.execCommand("copy"); } finally { box.remove(); }
  }
  async function copied(text, button) {
    await copy(text);
    const before = button.dataset.label || button.textContent;
    button.dataset.label = before; button.textContent = "已复制";
    setTimeout(() => { button.textContent = before; }, 1500);
  }
  function answerText(card) {
    const words = card.querySelector(".words");
    const sources = [...card.querySelectorAll(".sources:not(.near) .source .copy")].map((b) => b.dataset.copy);
    return [words ? words.textContent : "", ...sources.map((s, i) => `[${i + 1}] ${s}`), "（以原文为准）"].join("\n");
  }

  // ---- the clause beside the answer
  let cameFrom = null;
  function openSource(mark) {
    const source = byId(mark.dataset.source), body = byId("panel-body");
    if (!source) return false;
    if (!isShown(byId("panel"))) { // on the desk the clause stands below its answer
      source.closest("details").open = true;
      source.scrollIntoView({ block: "nearest" });
      return true;
    }
    const shown = source.cloneNode(true);
    shown.removeAttribute("id");
    body.replaceChildren(shown);
    byId("panel").classList.add("open");
    byId("panel-close").hidden = false;
    cameFrom = mark;
    byId("panel-title").focus({ preventScroll: false });
    const quoted = shown.querySelector("mark");
    if (quoted) quoted.scrollIntoView({ block: "nearest" });
    return true;
  }
  function closeSource() {
    byId("panel").classList.remove("open");
    byId("panel-close").hidden = true;
    if (cameFrom && cameFrom.isConnected) cameFrom.focus();
  }

  function put(question) {
    const box = document.querySelector("#question textarea, #question input");
    box.value = question;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    setTimeout(() => byId("ask").click(), 30);
  }

  // ---- votes
  async function vote(actions, direction, reason, comment) {
    const said = actions.querySelector(".said");
    const body = { answer_id: actions.dataset.answer, vote: direction };
    if (reason) body.reason = reason;
    if (comment) body.comment = comment;
    try {
      const response = await fetch("/api/feedback", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
      said.textContent = response.ok ? "已记下，谢谢。" : (await response.json()).detail || "没有记下，请稍后再试。";
      if (response.ok) for (const b of actions.querySelectorAll(".vote")) b.setAttribute("aria-pressed", String(b.classList.contains(direction)));
    } catch { said.textContent = "没有记下，请稍后再试。"; }
  }

  document.addEventListener("click", (event) => {
    const hit = (selector) => event.target.closest && event.target.closest(selector);
    const mark = hit("a.mark");
    if (mark && !event.ctrlKey && !event.metaKey && !event.shiftKey) { if (openSource(mark)) event.preventDefault(); return; }
    const button = hit("button");
    if (!button) return;
    if (button.classList.contains("copy")) {
      copied(button.dataset.copyFrom ? answerText(byId(button.dataset.copyFrom)) : button.dataset.copy, button);
    } else if (button.classList.contains("again")) { put(button.dataset.question); }
    else if (button.id === "panel-close") { closeSource(); }
    else if (button.classList.contains("vote")) {
      const actions = button.closest(".actions"), reasons = actions.querySelector(".reasons");
      if (button.classList.contains("up")) { reasons.hidden = true; vote(actions, "up"); }
      else { reasons.hidden = !reasons.hidden; button.setAttribute("aria-expanded", String(!reasons.hidden)); if (!reasons.hidden) reasons.querySelector("select").focus(); }
    } else if (button.classList.contains("send")) {
      const actions = button.closest(".actions"), reasons = actions.querySelector(".reasons");
      reasons.hidden = true;
      vote(actions, "down", reasons.querySelector("select").value, reasons.querySelector(".comment").value.trim());
    }
  });

  // ---- the desk searches once typing pauses: each letter would use up what one visitor may ask in a minute
  const PAUSE = 250; // milliseconds
  let typing = 0;
  document.addEventListener("input", (event) => {
    if (!event.target.closest("#desk-search")) return;
    clearTimeout(typing);
    typing = setTimeout(() => byId("desk-paused").click(), PAUSE);
  });

  // ---- what the service refuses is said in words of ours: its framework's would be "Error", or nothing at all
  const REFUSED = {
    404: "页面已过期，请重新载入页面。", 422: "页面已过期，请重新载入页面。", 429: "太频繁了，请稍等片刻再试。", 503: "现在用的人太多，请稍后再试。",
  };
  let telling = 0;
  function tell(words) {
    const bar = byId("told") || document.body.appendChild(Object.assign(document.createElement("p"), { id: "told", role: "alert" }));
    bar.textContent = words; bar.hidden = false;
    clearTimeout(telling);
    telling = setTimeout(() => { bar.hidden = true; }, 8000);
  }
  const fetched = window.fetch.bind(window);
  window.fetch = async (...request) => {
    const response = await fetched(...request), words = REFUSED[response.status], { pathname } = new URL(response.url);
    if (!words || !pathname.includes("/gradio_api/")) return response;
    if (pathname.includes("/run/")) tell(words); // of the others the framework shows what is said below
    const body = JSON.stringify({ detail: words, error: words }); // the framework has words of its own for 422 and 503
    return new Response(body, { status: 429, headers: { "content-type": "application/json" } });
  };

  // ---- the desk's keys
  function results() { return [...document.querySelectorAll("#desk-results .result > summary")]; }
  function step(by) {
    const rows = results();
    if (!rows.length) return;
    const at = rows.indexOf(document.activeElement);
    rows[Math.min(Math.max(at + by, 0), rows.length - 1)].focus();
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && byId("panel") && byId("panel").classList.contains("open")) { closeSource(); return; }
    if (event.key === "Escape" && isShown(byId("desk-search")) && !byId("keys-help").open) {
      const open = document.activeElement.closest(".result[open]");
      if (open) { open.open = false; open.querySelector("summary").focus(); return; }
    }
    if (!isShown(byId("desk-search")) || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const typing = event.target.matches("input, textarea, select, [contenteditable]");
    const inSearch = Boolean(event.target.closest("#desk-search"));
    const box = document.querySelector("#desk-search textarea, #desk-search input");
    if (event.key === "ArrowDown" && (inSearch || !typing)) { event.preventDefault(); step(1); }
    else if (event.key === "ArrowUp" && !typing) {
      event.preventDefault();
      if (results().indexOf(document.activeElement) <= 0) box.focus(); else step(-1);
    } else if (typing) { return; }
    else if (event.key === "/") { event.preventDefault(); box.focus(); box.select(); }
    else if (event.key === "?") { event.preventDefault(); byId("keys-help").showModal(); }
    else if (event.key === "c") {
      const row = results().includes(document.activeElement) ? document.activeElement : document.activeElement.closest(".result")?.querySelector("summary");
      if (row) { event.preventDefault(); copy(row.dataset.copy).then(() => { byId("desk-said").textContent = "已复制工单"; setTimeout(() => { byId("desk-said").textContent = ""; }, 2000); }); }
    }
  });

  // ---- what Gradio's own elements lack; it makes them when it likes, so each change of the page is looked at
  const LACKING = {
    announced: { role: "log", "aria-live": "polite", "aria-label": "最新的答复" },
    log: { role: "region", "aria-label": "对话", tabindex: "0" },
  };
  let questions = 0;
  function dress() {
    if (document.documentElement.lang !== "zh-CN") document.documentElement.lang = "zh-CN";
    for (const [id, attributes] of Object.entries(LACKING)) {
      const node = byId(id);
      if (node && !node.hasAttribute("role")) for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    }
    const asked = document.querySelectorAll("#log .asked");
    if (asked.length > questions) { // the newest question at the top, its answer growing below it
      const last = asked[asked.length - 1], log = byId("log");
      if (log.scrollHeight > log.clientHeight + 2) log.scrollTop += last.getBoundingClientRect().top - log.getBoundingClientRect().top - 12;
      else last.scrollIntoView({ block: "start" });
    }
    questions = asked.length;
  }
  new MutationObserver(dress).observe(document.documentElement, { childList: true, subtree: true });

  return {
    withConversation(given) { const id = stored() || fresh(); store(id); given[2] = id; return given; },
    newConversation() { store(""); return []; },
    storedConversation() { return [stored()]; },
  };
})();
window.policyqa = policyqa;
