/** The element of the page with this id, which the program and index.html agree on. */
export function element<Type extends HTMLElement>(id: string, type: { new (): Type }): Type {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new TypeError(`index.html has no ${type.name} "${id}"`);
  return found;
}
