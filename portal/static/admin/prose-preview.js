// Shows below each prose box what readers will see. The server renders it, with the same code.
"use strict";

function preview(box) {
    const shown = document.createElement("div");
    shown.className = "prose-preview";
    shown.lang = box.lang;
    box.after(shown);

    const render = async () => {
        if (!box.value) {
            shown.replaceChildren();
            return;
        }
        const body = new FormData();
        body.set("text", box.value);
        body.set("lang", box.lang);
        const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
        const answer = await fetch(box.dataset.preview, {
            method: "POST", body, headers: { "X-CSRFToken": token },
        });
        if (answer.ok) {
            shown.innerHTML = await answer.text();
        }
    };
    let waiting;
    box.addEventListener("input", () => {
        clearTimeout(waiting);
        waiting = setTimeout(render, 300);
    });
    return render;
}

// One after the other: each request also renews the session, and two at once may lock it.
document.addEventListener("DOMContentLoaded", async () => {
    for (const render of [...document.querySelectorAll("textarea[data-preview]")].map(preview)) {
        await render().catch(console.error); // the next box is asked all the same
    }
});
