// Shows a long form one question at a time, with a last screen where every answer is looked over.
// The form itself stays one: what is typed stays in it, whichever question is on the screen.

const FREE = ["radio", "checkbox"];

function begin() {
  for (const box of document.querySelectorAll("[data-steps]:not([data-begun])")) new Steps(box);
}

class Steps {
  constructor(box) {
    this.box = box;
    this.form = box.querySelector("form");
    this.all = [...box.querySelectorAll("[data-step]")];
    box.dataset.begun = "";
    box.querySelector("[data-step-bar]").hidden = false;
    for (const each of box.querySelectorAll("[data-same], [data-answers]")) each.hidden = false;
    box.querySelector("[data-step-back]").addEventListener("click", () => this.go(-1));
    box.querySelector("[data-step-on]").addEventListener("click", () => this.go(1));
    this.form.addEventListener("keydown", (event) => this.press(event));
    this.form.addEventListener("click", (event) => this.takeOver(event));
    document.addEventListener("click", (event) => this.follow(event));
    addEventListener("popstate", (event) => this.goBack(event));
    this.show(this.first(), false);
    history.replaceState({ ...history.state, ...this.place(this.now) }, "");
  }

  // A form that came back opens where something is wrong, or at the end where there are doubts; in
  // another language, with one more row or loaded anew it opens where it was left.
  first() {
    const wrong = this.all.find((each) => each.querySelector(".field-wrong"));
    const doubtful = this.all.find((each) => each.querySelector(".notice-warning"));
    return wrong ?? doubtful ?? this.all[history.state?.step] ?? this.all[0];
  }

  asked() {
    const name = this.box.dataset.steps;
    const chosen = name && new FormData(this.form).get(name);
    return this.all.filter(({ dataset }) => {
      return !chosen || !dataset.only || dataset.only.split(" ").includes(chosen);
    });
  }

  show(step, isMoved = true) {
    const asked = this.asked();
    const place = asked.indexOf(step);
    const isLast = step.hasAttribute("data-look-over");
    this.now = step;
    for (const each of this.all) each.hidden = each !== step;
    document.body.toggleAttribute("data-beyond", place > 0);
    for (const each of document.querySelectorAll("[data-first-step]")) each.hidden = place > 0;
    this.box.classList.toggle("at-end", isLast);
    this.box.querySelector("[data-step-back]").hidden = place === 0;
    this.box.querySelector("[data-step-on]").hidden = isLast;
    const told = this.box.querySelector("[data-step-progress]");
    told.hidden = isLast;
    told.textContent = this.box.dataset.progress
      .replace("{n}", place + 1)
      .replace("{all}", asked.length - 1);
    if (isLast) this.tell();
    if (!isMoved) return;
    scrollTo(0, 0);
    step.focus({ preventScroll: true });
  }

  // Each question is a page to the browser, so that a phone's own Back leads to the one before.
  move(step) {
    history.pushState({ ...this.place(step), from: this.all.indexOf(this.now) }, "");
    this.show(step);
  }

  place(step) {
    return { step: this.all.indexOf(step), path: location.pathname };
  }

  goBack({ state }) {
    if (this.box.isConnected && this.all[state?.step]) this.show(this.all[state.step]);
  }

  go(by) {
    const asked = this.asked();
    const next = asked[asked.indexOf(this.now) + by];
    if (!next) return;
    if (by < 0 && history.state?.from === this.all.indexOf(next)) history.back();
    else this.move(next);
  }

  // Enter goes on, as a scanner sends it after a number; only the last screen sends the form.
  press(event) {
    const { target } = event;
    if (event.key !== "Enter" || event.isComposing || !this.box.contains(this.now)) return;
    if (!target.matches("input:not([type='file']), select") || this.box.matches(".at-end")) return;
    event.preventDefault();
    this.go(1);
  }

  // A link to a question that is not on the screen brings it there first.
  follow(event) {
    const link = event.target.closest("a[href^='#']");
    if (!link || !this.box.isConnected) return;
    const target = document.getElementById(link.getAttribute("href").slice(1));
    const step = target?.closest("[data-step]");
    if (!step || !this.all.includes(step)) return;
    event.preventDefault();
    this.move(step);
    target.focus();
    target.scrollIntoView({ block: "center" });
  }

  takeOver(event) {
    const button = event.target.closest("[data-same]");
    if (!button) return;
    const { same, value } = button.dataset;
    for (const control of this.form.querySelectorAll(`[name="${CSS.escape(same)}"]`)) {
      if (FREE.includes(control.type)) control.checked = control.value === value;
      else control.value = value;
    }
    const absence = this.form.querySelector(`[name="${CSS.escape(same)}_absence"]`);
    if (absence) absence.value = "";
  }

  tell() {
    const list = this.box.querySelector(".answers");
    list.replaceChildren();
    for (const step of this.asked()) {
      if (step.hasAttribute("data-look-over")) continue;
      for (const field of step.querySelectorAll(".field")) {
        const answer = answerOf(field) || this.box.dataset.none;
        if (answer) list.append(this.line(step, field, answer));
      }
    }
  }

  line(step, field, answer) {
    const row = document.createElement("div");
    const name = document.createElement("dt");
    const told = document.createElement("dd");
    const change = document.createElement("button");
    name.textContent = nameOf(field);
    const words = document.createElement("span");
    words.textContent = answer;
    words.dir = "auto";
    words.classList.toggle("absent", answer === this.box.dataset.none);
    change.type = "button";
    change.className = "button button-quiet";
    change.textContent = this.box.dataset.change;
    change.setAttribute("aria-label", `${this.box.dataset.change}: ${name.textContent}`);
    change.addEventListener("click", () => this.move(step));
    told.append(words, change);
    row.append(name, told);
    return row;
  }
}

function nameOf(field) {
  const label = field.querySelector("legend, label:not(.choice)").cloneNode(true);
  for (const needed of label.querySelectorAll(".needed")) needed.remove();
  return label.textContent.trim();
}

function answerOf(field) {
  const said = [];
  for (const control of field.querySelectorAll("input, select, textarea")) {
    const word = wordOf(control);
    if (word) said.push(word);
  }
  const unit = field.querySelector(":scope > .with-unit .unit");
  if (said.length === 1 && unit && !field.querySelector(".absence select")?.value) {
    return `${said[0]} ${unit.textContent}`;
  }
  return said.join(" · ");
}

function wordOf(control) {
  if (FREE.includes(control.type)) {
    if (!control.checked || !control.value) return "";
    return control.closest("label").querySelector("span").textContent.trim();
  }
  if (control.type === "file") return [...control.files].map((file) => file.name).join(" · ");
  if (control.tagName === "SELECT") {
    return control.value ? control.selectedOptions[0].text.trim() : "";
  }
  return control.value.trim();
}

addEventListener("caseman:page", begin);
begin();
