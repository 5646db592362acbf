/** The root's letter size in pixels: everything is measured in it, and it grows on very large screens. */
export function rootPixels(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16
}
