import { colourCount } from './line-look.ts'

/** What a canvas is drawn with: it knows no variables of the style sheet, only colours. */
export interface PlotColours {
  text: string
  faint: string
  line: string
  lineStrong: string
  lead: string
  /** Those of the lines, by their place. */
  lines: readonly string[]
  marks: Record<'critical' | 'warning' | 'info' | 'act', string>
  /** The family for figures. */
  font: string
}

/** The colours as they are at an element now; `theme` = as they would be in that one, such as `light` for paper. */
export function readColours(element: Element, theme?: 'light'): PlotColours {
  const probe = document.createElement('span')
  if (theme) probe.dataset['theme'] = theme
  probe.hidden = true
  element.append(probe)
  const style = getComputedStyle(probe)
  const of = (name: string) => style.getPropertyValue(`--${name}`).trim()
  const colours: PlotColours = {
    text: of('text'),
    faint: of('faint'),
    line: of('line'),
    lineStrong: of('line-strong'),
    lead: of('lead'),
    lines: Array.from({ length: colourCount }, (_, index) => of(`series-${index + 1}`)),
    marks: { critical: of('bad'), warning: of('warn'), info: of('faint'), act: of('info') },
    font: of('font-geist-mono') || 'monospace',
  }
  probe.remove()
  return colours
}

/** Calls whenever what was drawn looks otherwise: another theme, the font once it is there, and white paper around printing; returns how to stop. */
export function watchColours(font: string, change: (theme?: 'light') => void): () => void {
  const observer = new MutationObserver(() => change())
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
  const watching = new AbortController()
  const { signal } = watching
  addEventListener('beforeprint', () => change('light'), { signal })
  addEventListener('afterprint', () => change(), { signal })
  void whenLoaded(font).then(() => {
    if (!signal.aborted) change()
  })
  return () => {
    observer.disconnect()
    watching.abort()
  }
}

/** A canvas draws with another font for as long as its own is not loaded. */
async function whenLoaded(font: string) {
  if ('fonts' in document) await document.fonts.load(`11px ${font}`)
}
