// A session ends a while after the last request. Whoever types makes requests too.
"use strict";

const SPARE = 5 * 60 * 1000; // milliseconds between two of them: a third of the time that there is
let last = Date.now();

document.addEventListener("input", () => {
    if (Date.now() - last > SPARE) {
        last = Date.now();
        fetch("/admin/jsi18n/", { method: "HEAD" }).catch(() => { last = 0; }); // the next key tries again
    }
});
