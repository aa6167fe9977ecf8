// Gives the search field that select2 draws the name of the field it belongs to.
"use strict";

window.addEventListener("load", () => {
    const name = () => {
        for (const search of document.querySelectorAll(".select2-search__field:not([aria-label])")) {
            const row = search.closest(".form-row");
            const label = row && row.querySelector("label");
            search.setAttribute("aria-label", label ? label.textContent.trim() : document.title);
        }
    };
    name();
    new MutationObserver(name).observe(document.body, { childList: true, subtree: true });
});
