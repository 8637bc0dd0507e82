// Before anything is drawn: the colours chosen last time, else those of the system.
try {
  const chosen = localStorage.getItem("framework-bot-theme");
  if (chosen) document.documentElement.dataset.theme = chosen;
} catch {
  // private windows may have no storage
}
