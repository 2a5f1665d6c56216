import type { Told } from './way.ts'

/** A small picture that says whether a database takes writes and is reached, to be shown in other pages: its label, a word and a colour. */
export function badgeSvg(label: string, told: Told | 'not-valid'): string {
  const { word, colour } = looks[told]
  const [left, right] = [widthOf(label), widthOf(word)]
  const whole = left + right
  const title = escape(`${label}: ${word}`)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${whole}" height="20" role="img" aria-label="${title}">`,
    `<title>${title}</title>`,
    `<rect width="${whole}" height="20" rx="3" fill="#3b4048"/>`,
    `<path d="M${left} 0h${right - 3}a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3h-${right - 3}z" fill="${colour}"/>`,
    `<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" text-anchor="middle">`,
    `<text x="${left / 2}" y="14">${escape(label)}</text><text x="${left + right / 2}" y="14">${word}</text></g></svg>`,
  ].join('')
}

const looks = {
  serving: { word: 'takes writes', colour: '#1f7a3d' },
  'way-shut': { word: 'not reached', colour: '#9a5b00' },
  'way-unseen': { word: 'way not seen', colour: '#6b7280' },
  'not-serving': { word: 'takes no writes', colour: '#b42318' },
  unseen: { word: 'not seen', colour: '#6b7280' },
  apart: { word: 'follows another', colour: '#4b5563' },
  'not-valid': { word: 'not shared', colour: '#6b7280' },
} as const satisfies Record<Told | 'not-valid', { word: string; colour: string }>

/** Letters of a font that is not at hand are guessed to be as wide as these mostly are. */
function widthOf(text: string): number {
  return Math.ceil(text.length * 6.6) + 14
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll(/[\p{Cc}\u{FFFE}\u{FFFF}]/gu, ' ')
}
