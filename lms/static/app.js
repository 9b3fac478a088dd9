/* Small helps, none of them needed. Words come translated, from the script element. */
"use strict";

const words = document.currentScript.dataset;
const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
const fill = (text, values) => text.replace(/{(\w+)}/g, (_, name) => values[name]);
const make = (tag, props, ...children) => {
  const element = Object.assign(document.createElement(tag), props);
  element.append(...children);
  return element;
};
// Storage can be switched off.
const attempt = (act) => { try { return act(); } catch { return null; } };
const kept = {
  get: (key) => attempt(() => sessionStorage.getItem(key)),
  set: (key, text) => attempt(() => sessionStorage.setItem(key, text)),
  drop: (key) => attempt(() => sessionStorage.removeItem(key)),
  clear: () => attempt(() => sessionStorage.clear()),
};
let leaving = false;
const savers = [];

/* Autosave */

const PAUSE = 2000, LONGEST = 60000;
const UNKEPT = ["csrf_token", "once", "revision"];

const keepable = (form) => [...form.elements].filter((control) =>
  control.name && !UNKEPT.includes(control.name) && !["password", "file"].includes(control.type));

const typed = (form) => JSON.stringify(keepable(form).map((control) =>
  ["radio", "checkbox"].includes(control.type) ? control.checked : control.value));

const putBack = (form, text) => {
  const values = JSON.parse(text);
  keepable(form).forEach((control, index) => {
    if (typeof values[index] === "boolean") control.checked = values[index];
    else control.value = values[index];
  });
  form.dispatchEvent(new Event("input"));
  form.dispatchEvent(new Event("putback"));
};

const offerKept = (form, key) => {
  const text = kept.get(key);
  if (!text || text === typed(form)) return kept.drop(key);
  const offer = make("div", { className: "kept", role: "status" }, make("p", { textContent: words.kept }));
  const choice = (label, act) => offer.append(make("button", {
    type: "button", className: "button button-quiet", textContent: label,
    onclick: () => { offer.remove(); act(); form.querySelector("input:not([type=hidden]), .input")?.focus(); },
  }));
  choice(words.restore, () => putBack(form, text));
  choice(words.discard, () => kept.drop(key));
  form.before(offer);
};

const autosave = (form) => {
  const key = `kept:${form.dataset.autosave}`;
  const line = form.querySelector("[data-saved-line]");
  let change = 0, done = 0, timer = 0, wait = PAUSE, busy = false, submitted = false;

  const say = (text, trouble = false) => {
    if (line.textContent !== text) line.textContent = text;
    line.classList.toggle("saved-trouble", trouble);
  };
  const later = (ms) => { clearTimeout(timer); timer = setTimeout(save, ms); };
  const again = (text) => { say(text, true); later(wait); wait = Math.min(wait * 2, LONGEST); };
  const refused = (text, sent) => { say(text, true); if (sent !== change) later(PAUSE); };
  const accepted = (answer, sent) => {
    if (form.elements.revision && answer.revision !== undefined) form.elements.revision.value = answer.revision;
    wait = PAUSE;
    done = sent;
    if (done !== change) return later(PAUSE);
    kept.drop(key);
    say(fill(words.saved, { time: answer.saved_at }));
  };

  async function save() {
    clearTimeout(timer);
    if (busy || submitted || done === change) return;
    busy = true;
    const sent = change;
    const body = new FormData(form);
    // The key belongs to the one real submit.
    body.delete("once");
    try {
      const response = await fetch(form.dataset.autosave, {
        method: "POST", body, headers: { "X-Autosave": "1" },
        keepalive: document.hidden, signal: AbortSignal.timeout(15000),
      });
      const answer = await response.json().catch(() => ({}));
      if (response.ok && answer.saved_at) accepted(answer, sent);
      else if (answer.message && response.status < 500) refused(answer.message, sent);
      else again(words.refused);
    } catch {
      again(words.offline);
    } finally {
      busy = false;
    }
  }

  offerKept(form, key);
  form.addEventListener("input", () => {
    change += 1;
    submitted = false;
    kept.set(key, typed(form));
    if (!line.matches(".saved-trouble")) say(words.saving);
    later(PAUSE);
  });
  form.addEventListener("submit", () => { submitted = true; kept.set(key, typed(form)); });
  addEventListener("online", save);
  document.addEventListener("visibilitychange", () => { if (document.hidden) save(); });
  addEventListener("beforeunload", (event) => { if (done !== change && !submitted && !leaving) event.preventDefault(); });
  savers.push(save);
};

/* Ordering: the selects carry the answer */

const ordering = (group) => {
  const selects = all("select", group);
  const said = group.querySelector("[data-order-said]");
  const text = new Map([...selects[0].options].filter((o) => o.value).map((o) => [o.value, o.text]));
  const list = make("ol", { className: "moves" });
  let order = [];

  const read = () => {
    const chosen = selects.map((select) => select.value).filter(Boolean);
    order = [...new Set([...chosen, ...text.keys()])];
    draw();
  };
  const write = () => {
    selects.forEach((select, place) => { select.value = order[place]; });
    selects[0].dispatchEvent(new Event("input", { bubbles: true }));
  };
  const arrow = (token, step) => make("button", {
    type: "button", className: step < 0 ? "up" : "down",
    ariaLabel: fill(step < 0 ? words.up : words.down, { text: text.get(token) }),
    ariaDisabled: !(order.indexOf(token) + step in order),
    onclick: () => move(token, step),
  });
  const draw = () => list.replaceChildren(...order.map((token) =>
    make("li", { className: "move" }, make("span", { textContent: text.get(token) }), arrow(token, -1), arrow(token, 1))));
  const move = (token, step) => {
    const from = order.indexOf(token), to = from + step;
    if (!(to in order)) return;
    [order[from], order[to]] = [order[to], token];
    write();
    draw();
    list.children[to].querySelector(step < 0 ? ".up" : ".down").focus();
    said.textContent = fill(words.moved, { text: text.get(token), place: to + 1 });
  };

  read();
  group.querySelector(".places").hidden = true;
  group.querySelector(".places").after(list);
  const form = selects[0].form;
  form.addEventListener("putback", read);
  form.addEventListener("submit", write);
};

/* The clock, spoken at five moments */

const clock = (box) => {
  const [, shown, toggle, said] = box.children;
  const deadline = Date.parse(box.dataset.deadline);
  const spoken = {
    0: words.timeUp, 30: words.secondsLeft, 60: words.minuteLeft,
    300: words.minutesLeft, 600: words.minutesLeft, 1800: words.minutesLeft,
  };
  const ahead = Date.parse(box.dataset.now) - Date.now();
  let before = Infinity, hidden = kept.get("clock-hidden") === "1";

  const show = () => { shown.hidden = hidden; toggle.textContent = hidden ? words.showClock : words.hideClock; };
  const tick = () => {
    const left = Math.max(0, Math.ceil((deadline - Date.now() - ahead) / 1000));
    shown.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    const at = isFinite(before) && Object.keys(spoken).find((moment) => before > moment && left <= moment);
    if (at === "0") said.role = "alert";
    if (at) said.textContent = fill(spoken[at], { n: at / 60 });
    if (before > 4 && left <= 4) savers.forEach((save) => save());
    before = left;
    if (left === 0) clearInterval(beat);
  };
  toggle.hidden = false;
  toggle.onclick = () => { hidden = !hidden; kept.set("clock-hidden", hidden ? "1" : "0"); show(); };
  const beat = setInterval(tick, 1000);
  show();
  tick();
};

/* The rubric: keys 1 to 4, not while words are typed */

const levels = (group) => {
  group.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.matches("textarea, input[type=text]")) return;
    const radio = /^[1-4]$/.test(event.key) && group.querySelector(`input[type=radio][value="${event.key}"]`);
    if (!radio) return;
    event.preventDefault();
    radio.focus();
    radio.click();
  });
  group.addEventListener("change", (event) => {
    const link = document.querySelector(`.sheet-progress a[href="#${group.id}"]`);
    if (!link || event.target.type !== "radio") return;
    link.firstElementChild.textContent = event.target.value;
    link.lastElementChild.textContent = `${link.title}: ${event.target.labels[0].querySelector(".level-word").textContent}`;
    link.classList.add("is-rated");
    const done = all(".sheet-progress .is-rated").length, total = all(".sheet-progress a").length;
    document.querySelector("[data-sheet-count]").textContent = fill(words.rated, { done, total });
  });
};

const reveal = (button) => {
  const input = document.getElementById(button.dataset.reveal);
  button.hidden = false;
  button.onclick = () => {
    const hidden = input.type === "password";
    input.type = hidden ? "text" : "password";
    button.firstElementChild.textContent = hidden ? words.hide : words.show;
  };
  input.form?.addEventListener("submit", () => { input.type = "password"; });
};

/* Time on screen, as a check: 5 s a beat, so that a nap counts no more */

const seen = (input) => {
  input.nextElementSibling.hidden = false;
  setInterval(() => { if (!document.hidden) input.value = +input.value + 5; }, 5000);
};

all("[data-seen]").forEach(seen);
all("[data-order]").forEach(ordering);
all("form[data-autosave]").forEach(autosave);
all("[data-deadline]").forEach(clock);
all("[data-levels]").forEach(levels);
all("[data-reveal]").forEach(reveal);
all("[data-print]").forEach((button) => { button.hidden = false; button.onclick = () => print(); });
all("[data-focus]").forEach((element) => element.focus());
all('form[action$="/sign-out"]').forEach((form) => form.addEventListener("submit", kept.clear));
// The back button must not lead here again.
all("[data-leave]").forEach((link) => link.addEventListener("click", (event) => {
  event.preventDefault();
  leaving = true;
  savers.forEach((save) => save());
  document.body.hidden = true;
  document.title = "";
  location.replace(link.href);
}));
