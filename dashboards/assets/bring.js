/* A file that is too large is told before it is sent: <form data-largest="BYTES"> with an input of type file. */
(function () {
  "use strict";

  function tell(form, words) {
    let room = form.querySelector("[role=alert]");
    if (!room) {
      room = document.createElement("p");
      room.className = "app-form__problem";
      room.setAttribute("role", "alert");
      form.prepend(room);
    }
    room.textContent = words;
  }

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-largest]");
    if (!form) return;
    const largest = Number(form.dataset.largest);
    const files = [...form.querySelectorAll("input[type=file]")].flatMap((input) => [...input.files]);
    const size = files.reduce((sum, file) => sum + file.size, 0);
    if (size <= largest) return;
    event.preventDefault();
    tell(form, `This is ${Math.ceil(size / 1048576)} MB; at most ${largest / 1048576} MB can be brought.`);
  });
})();
