"use strict";
// Languages in turn, aloud, from the sentence that is chosen; only by voices on this machine.
const speech = window.speechSynthesis;
const aloud = here.querySelector("[data-act=aloud]");
const voiceOf = (lang) => speech.getVoices().find((voice) => voice.localService && voice.lang.split(/[-_]/)[0] === lang.split("-")[0]);
const canSpeak = () => {
  const spoken = boxes.length ? View.tags.filter((tag, at) => boxes[at].checked) : [root.lang];
  aloud.hidden = !spoken.some(voiceOf);
};
let speaking = false;
const silence = () => {
  speaking = false;
  speech.cancel();
  aloud.textContent = aloud.dataset.start;
};
const speak = (unit) => {
  if (!unit || !speaking) return silence();
  pin(unit);
  goTo(unit, "center", 1);
  const said = fellows(unit).filter((one) => isShown(columnOf(one)) && voiceOf(one.closest("[lang]").lang));
  said.forEach((one, at) => {
    const utterance = new SpeechSynthesisUtterance(plain(bare(one)).replace(/[\u2066-\u2069]/g, ""));
    utterance.lang = one.closest("[lang]").lang;
    utterance.voice = voiceOf(utterance.lang);
    if (at === said.length - 1) utterance.onend = () => speak(vertical(fellows(unit)[0], 1));
    speech.speak(utterance);
  });
  if (!said.length) speak(vertical(fellows(unit)[0], 1));
};
if (speech) {
  speech.addEventListener?.("voiceschanged", canSpeak);
  canSpeak();
  aloud.addEventListener("click", () => {
    if (speaking) return silence();
    speaking = true;
    aloud.textContent = aloud.dataset.stop;
    speak(pinned);
  });
  addEventListener("pagehide", silence);
}
