/* Shows the page again when a file has changed. Without it everything stays readable. */
"use strict";

{
  const { token } = document.currentScript.dataset;
  const look = async () => {
    try {
      const answer = await fetch(`/changed?since=${token}`, { signal: AbortSignal.timeout(5000) });
      if ((await answer.json()).changed) return location.reload();
    } catch {
      // The preview was stopped; it may be started again.
    }
    setTimeout(look, 1000);
  };
  setTimeout(look, 1000);
}
