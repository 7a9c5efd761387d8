// 审核: over the API with the signed session; rows are built from text, never from HTML.
"use strict";
(() => {
  const WHY = { 401: "密钥不对，或已被撤销。", 403: "这把密钥没有这个权限。", 429: "太频繁了，请稍等再试。", 503: "暂时连不上记录，请稍后再试。" };
  const make = (tag, text, attributes = {}) => { const node = document.createElement(tag); if (text !== undefined) node.textContent = text; Object.assign(node, attributes); return node; };
  const PROOF = "x-policyqa-proof";
  async function call(method, path, body) {
    const proof = sessionStorage.getItem(PROOF); // the cookie goes to every port of this host, this to nobody else
    const headers = { ...(body && { "content-type": "application/json" }), ...(proof && { [PROOF]: proof }) };
    const response = await fetch(path, { method, headers, body: body ? JSON.stringify(body) : undefined });
    const read = await response.json().catch(() => ({}));
    if (!response.ok) throw new Error(WHY[response.status] || read.detail || `${response.status}`);
    if (read.proof) sessionStorage.setItem(PROOF, read.proof);
    return read;
  }
  const root = () => document.getElementById("review");
  const say = (form, words) => { form.querySelector(".said").textContent = words; };

  async function refresh() {
    const who = await call("GET", "/api/session");
    const signed = who.role !== "anonymous";
    root().querySelector("#sign-in").hidden = signed;
    root().querySelector("#signed-in").hidden = !signed;
    if (!signed) return;
    root().querySelector("#who").textContent = `${who.name}（${who.role === "admin" ? "管理员" : "工作人员"}）`;
    const { feedback } = await call("GET", "/api/feedback");
    root().querySelector("#votes").replaceChildren(...(feedback.length ? feedback.map(voteRow) : [make("li", "没有待处理的。")]));
    const { pins } = await call("GET", "/api/pins");
    root().querySelector("#pins").replaceChildren(...(pins.length ? pins.map(pinRow) : [make("li", "还没有固定答复。")]));
  }
  function voteRow(row) {
    const item = make("li"), done = make("button", "已处理", { type: "button" }), write = make("button", "写固定答复", { type: "button" });
    done.onclick = async () => { await call("POST", `/api/feedback/${row.id}/worked-off`); refresh(); };
    write.onclick = () => fill({ id: "", wordings: [row.asked_as], answer: row.answer || "", citations: [] });
    item.append(make("strong", row.question), make("p", `${row.reason || "未写原因"}　${row.comment}`), make("p", row.answer || "", { className: "quiet" }), done, " ", write);
    return item;
  }
  function pinRow(pin) {
    const item = make("li"), edit = make("button", pin.state === "reviewed" ? "修改" : "复审", { type: "button" }), drop = make("button", "删除", { type: "button" });
    edit.onclick = () => fill(pin);
    drop.onclick = async () => { if (confirm("删除这条固定答复？")) { await call("DELETE", `/api/pins/${pin.id}`); refresh(); } };
    item.append(make("span", pin.state === "reviewed" ? "已审核" : "待复审", { className: `badge ${pin.state}` }), " ", make("strong", pin.wordings.join("；")), make("p", pin.answer));
    if (pin.why) item.append(make("p", pin.why, { className: "warning" }));
    item.append(edit, " ", drop);
    return item;
  }
  function fill(pin) {
    const form = root().querySelector("#pin");
    form.elements.id.value = pin.id;
    form.elements.wordings.value = pin.wordings.join("\n");
    form.elements.answer.value = pin.answer;
    form.elements.citations.value = pin.citations.map((c) => `${c.clause_id}|${c.quote}`).join("\n");
    form.elements.answer.focus();
  }
  const lines = (text) => text.split("\n").map((line) => line.trim()).filter(Boolean);
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!root() || !root().contains(form)) return;
    event.preventDefault();
    try {
      if (form.id === "sign-in") {
        await call("POST", "/api/session", { key: form.elements["sign-in-key"].value });
        form.reset(); say(form, "");
      } else {
        const citations = lines(form.elements.citations.value).map((line) => { const at = line.indexOf("|"); return at < 0 ? { clause_id: line } : { clause_id: line.slice(0, at).trim(), quote: line.slice(at + 1).trim() }; });
        const wanted = { wordings: lines(form.elements.wordings.value), answer: form.elements.answer.value, citations };
        const id = form.elements.id.value;
        await call(id ? "PUT" : "POST", id ? `/api/pins/${id}` : "/api/pins", wanted);
        form.reset(); form.elements.id.value = ""; say(form, "已保存。");
      }
      await refresh();
    } catch (error) { say(form, error.message); }
  });
  document.addEventListener("click", async (event) => {
    if (event.target.id === "sign-out") { await call("DELETE", "/api/session"); refresh(); }
  });
  function ready() { if (root()) refresh().catch(() => {}); }
  new MutationObserver(() => { if (root() && !root().dataset.ready) { root().dataset.ready = "1"; ready(); } }).observe(document.documentElement, { childList: true, subtree: true });
})();
