/**
 * Calls with the place, in pixels of CSS, over which an element is dragged or at which it is released. A press alone does
 * nothing yet: it may become the page's scrolling.
 */
export function onDrag(target: HTMLElement, move: (x: number, y: number) => void): void {
  const at = (event: PointerEvent) => {
    if (target.hasPointerCapture(event.pointerId)) move(event.offsetX, event.offsetY);
  };
  target.addEventListener("pointerdown", (event) => target.setPointerCapture(event.pointerId));
  target.addEventListener("pointermove", at);
  target.addEventListener("pointerup", at);
}
