// Some boxes of Django's desk are drawn without a name. Give each the label of its field.
"use strict";

const NAMELESS = [
    ".select2-selection[role=combobox]",
    ".select2-selection__rendered[role=textbox]",
    ".select2-search__field",
].map((box) => `${box}:not([aria-label])`).join(", ");

function giveNames() {
    for (const box of document.querySelectorAll(NAMELESS)) {
        const row = box.closest(".form-row") || document;
        const label = row.querySelector("label, h1");
        box.removeAttribute("aria-labelledby");
        box.setAttribute("aria-label", label ? label.textContent.trim() : document.title);
    }
    for (const icon of document.querySelectorAll(".help-tooltip[aria-label]:not([role])")) {
        icon.setAttribute("role", "img");
    }
}

window.addEventListener("load", () => {
    giveNames();
    new MutationObserver(giveNames).observe(document.body, { childList: true, subtree: true });
});
