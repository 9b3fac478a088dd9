/* A released record is put away when its holder ends that, and after its half hour. */
"use strict";

const LOOK_AGAIN = 20000, UNTIL = Date.now() + 1800000;

const look = async () => {
  if (document.hidden) return;
  const answer = await fetch(location.href, { method: "HEAD" }).catch(() => null);
  if (answer?.status === 410 || Date.now() > UNTIL) location.reload();
};

setInterval(look, LOOK_AGAIN);
document.addEventListener("visibilitychange", look);
