"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/đ/g, "d").replace(/\s+/g, " ").trim();
  const order = new Intl.Collator("vi", { numeric: true });

  // Every heading sorts its table; a second press turns the order round.
  const keyOf = (row, column) => row.cells[column].dataset.key || row.cells[column].textContent.trim();
  const original = new Map();
  const mark = (table, heading, direction) => {
    for (const each of table.tHead.rows[0].cells) each.removeAttribute("aria-sort");
    if (heading) heading.setAttribute("aria-sort", direction);
  };
  const sort = (table, heading) => {
    const descending = heading.getAttribute("aria-sort") === "ascending";
    const rows = original.get(table).map((row) => [keyOf(row, heading.cellIndex), row]);
    rows.sort((one, other) => (descending ? -1 : 1) * order.compare(one[0], other[0]));
    table.tBodies[0].append(...rows.map((each) => each[1]));
    mark(table, heading, descending ? "descending" : "ascending");
  };
  for (const table of document.querySelectorAll("table")) {
    original.set(table, [...table.tBodies[0].rows]);
    for (const heading of table.tHead.rows[0].cells) {
      const button = document.createElement("button");
      button.type = "button";
      button.title = "Sắp xếp theo cột này";
      button.append(...heading.childNodes);
      button.addEventListener("click", () => sort(table, heading));
      heading.append(button);
    }
  }

  // What is folded is printed all the same.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    for (const each of opened) each.open = true;
  });
  addEventListener("afterprint", () => {
    for (const each of opened) each.open = false;
  });

  const table = byId("findings");
  if (!table) return;
  const entries = original.get(table).map((row) => ({
    row,
    unit: row.dataset.unit,
    severity: row.dataset.severity,
    codes: row.dataset.codes.split(" "),
    brought: row.querySelectorAll("li").length,
    text: null,
  }));
  const fields = { unit: byId("by-unit"), severity: byId("by-severity"), rule: byId("by-rule"), text: byId("by-text") };
  const words = { error: "lỗi", warning: "cảnh báo", note: "ghi chú" };
  const textOf = (entry) => (entry.text ??= plain(entry.row.textContent));
  const matches = (entry, wanted) =>
    (!fields.unit.value || entry.unit === fields.unit.value) &&
    (!fields.severity.value || entry.severity === fields.severity.value) &&
    (!fields.rule.value || entry.codes.includes(fields.rule.value)) &&
    wanted.every((word) => textOf(entry).includes(word));
  const chosen = () => {
    const names = ["unit", "severity", "rule"].filter((each) => fields[each].value).map((each) => fields[each].selectedOptions[0].textContent.replace(/\.$/, ""));
    const text = fields.text.value.trim();
    return [...names, ...(text ? [`có nội dung “${text}”`] : [])].join("; ");
  };
  const filter = () => {
    const wanted = plain(fields.text.value).split(" ").filter(Boolean);
    const numbers = { error: 0, warning: 0, note: 0 };
    let shown = 0;
    let brought = 0;
    for (const entry of entries) {
      const fits = matches(entry, wanted);
      entry.row.hidden = !fits;
      if (!fits) continue;
      shown += 1;
      brought += entry.brought;
      numbers[entry.severity] += 1;
    }
    const counted = Object.keys(words).filter((each) => numbers[each]).map((each) => `${numbers[each]} ${words[each]}`).join(", ");
    const more = brought ? `, kéo theo ${brought} mục khác` : "";
    const some = shown < entries.length ? `Đang hiện ${shown} trong ${entries.length} mục` : `${shown} mục`;
    const asked = chosen();
    byId("told").textContent = `${some}${counted ? `: ${counted}${more}` : ""}.${asked ? ` Đang lọc: ${asked}.` : ""}`;
    byId("none").hidden = shown > 0;
    table.hidden = shown === 0;
  };
  let waiting = 0;
  for (const each of Object.values(fields)) each.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(filter, each === fields.text ? 120 : 0);
  });
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("again").addEventListener("click", () => {
    byId("filters").reset();
    table.tBodies[0].append(...original.get(table));
    mark(table);
    filter();
  });
  for (const cell of document.querySelectorAll("#units td[data-unit]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "link";
    button.title = "Chỉ hiện các mục của đơn vị này";
    button.append(...cell.childNodes);
    button.addEventListener("click", () => {
      fields.unit.value = cell.dataset.unit;
      filter();
      fields.unit.focus();
    });
    cell.append(button);
  }
  byId("filters").hidden = false;
  filter();
})();
