const focusable = 'a[href], button:not([disabled]), input:not([disabled]), select, textarea, [tabindex="0"]'

/** F6: header, list, panel, footer and round again. A region is whatever carries data-region. */
export function focusNextRegion(root: Document): void {
  const regions = [...root.querySelectorAll<HTMLElement>('[data-region]')].filter((region) => region.querySelector(focusable))
  // The innermost region that holds the focus: a list inside main is a region of its own.
  const current = regions.findLastIndex((region) => region.contains(root.activeElement))
  const next = regions[(current + 1) % regions.length]
  next?.querySelector<HTMLElement>(focusable)?.focus()
}
