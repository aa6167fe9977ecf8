// Warns before typed work is left behind, and leads by key from one text to do to the next.
"use strict";

const form = document.querySelector("form.translate");
const boxes = [...form?.querySelectorAll("textarea, input[type=text], input[type=checkbox]") ?? []];
let isSaving = false;

function isUnsaved() {
    const isTouched = (box) => (
        box.type === "checkbox" ? box.checked !== box.defaultChecked : box.value !== box.defaultValue
    );
    return !isSaving && ("unsaved" in form.dataset || boxes.some(isTouched));
}

// From wherever the focus is, to the nearest text to do above or below.
function move(step) {
    const places = [...form.querySelectorAll("[data-to-do]")];
    const here = document.activeElement.closest(".translate-text");
    const isAfter = (place) => !here || here.compareDocumentPosition(place) & Node.DOCUMENT_POSITION_FOLLOWING;
    const onward = places.filter((place) => place !== here && (step > 0) === Boolean(isAfter(place)));
    const next = step > 0 ? onward[0] : onward.at(-1);
    const box = next?.querySelector("textarea, input[type=text]");
    next?.scrollIntoView();
    box?.focus({ preventScroll: true });
}

if (form) {
    for (const hint of document.querySelectorAll("[data-keys]")) {
        hint.hidden = false;
    }
    window.addEventListener("beforeunload", (event) => {
        if (isUnsaved()) {
            event.preventDefault();
        }
    });
    form.addEventListener("submit", (event) => {
        isSaving = event.submitter?.formTarget !== "_blank"; // the preview saves nothing
    });
    window.addEventListener("pageshow", () => { isSaving = false; }); // as after going back
    document.addEventListener("keydown", (event) => {
        const save = form.querySelector("[data-save]");
        if (event.altKey && ["PageDown", "PageUp"].includes(event.key)) {
            event.preventDefault();
            move(event.key === "PageDown" ? 1 : -1);
        } else if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key === "s" && save) {
            event.preventDefault();
            form.requestSubmit(save);
        }
    });
}
