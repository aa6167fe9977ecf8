// Shows below each prose box what readers will see. The server renders it, with the same code.
"use strict";

for (const box of document.querySelectorAll("textarea[data-preview]")) {
    const preview = document.createElement("div");
    preview.className = "prose-preview";
    preview.lang = box.lang;
    box.after(preview);

    let waiting;
    const render = async () => {
        const body = new FormData();
        body.set("text", box.value);
        body.set("lang", box.lang);
        const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
        const answer = await fetch(box.dataset.preview, {
            method: "POST", body, headers: { "X-CSRFToken": token },
        });
        if (answer.ok) {
            preview.innerHTML = await answer.text();
        }
    };
    box.addEventListener("input", () => {
        clearTimeout(waiting);
        waiting = setTimeout(render, 300);
    });
    if (box.value) {
        render();
    }
}
