// To the bot and back. A message that was not answered is sent again with the same id; the bot answers it once.
const PAUSES = [500, 1500, 4000];

export async function ask(said) {
  for (const pause of [...PAUSES, 0]) {
    try {
      const response = await fetch("/api/messages", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(said),
        signal: AbortSignal.timeout(20000),
      });
      if (response.status === 403) location.reload();
      const body = response.status === 429 && !response.headers.get("content-type") ? {} : await response.json();
      if (response.ok) return { reply: body };
      if (response.status !== 503) return { error: body.error || "" };
      if (!pause) return { error: body.error };
    } catch {
      if (!pause) return { error: "" };
    }
    await new Promise((resume) => setTimeout(resume, pause));
  }
  return { error: "" };
}

export async function get(path) {
  const response = await fetch(path, { signal: AbortSignal.timeout(10000) });
  return response.json();
}

// `changed(state)` for every look at the knowledge, `there(yes)` when the bot comes and goes
export function listen(changed, there) {
  const source = new EventSource("/api/events");
  source.addEventListener("knowledge", (event) => changed(JSON.parse(event.data)));
  source.addEventListener("open", () => there(true));
  source.addEventListener("error", () => there(false));
}
