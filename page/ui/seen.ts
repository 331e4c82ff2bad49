/** Calls when the person comes to see a place, or sees it no more: it was scrolled away, or the page hidden. */
export function whenSeen(place: Element, call: (seen: boolean) => void): void {
  let within = false;
  let before = false;
  const look = () => {
    const seen = within && !document.hidden;
    if (seen !== before) call(seen);
    before = seen;
  };
  new IntersectionObserver((entries) => {
    within = entries.at(-1)?.isIntersecting ?? false;
    look();
  }).observe(place);
  document.addEventListener("visibilitychange", look);
}
