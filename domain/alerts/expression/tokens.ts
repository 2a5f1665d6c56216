import { isUnit, type ExpressionFault, type Unit } from './syntax.ts'

/** The smallest parts of an expression, each with the place where it begins. */
export type Token =
  | { kind: 'number'; at: number; amount: number; unit: Unit | null }
  | { kind: 'string'; at: number; text: string }
  | { kind: 'word'; at: number; text: string }
  | { kind: 'parameter'; at: number; text: string }
  | { kind: 'mark'; at: number; text: string }
  | { kind: 'end'; at: number }

/** Splits a text into tokens, the last of which is its end; or says at which character it cannot go on. */
export function tokensOf(text: string): Token[] | ExpressionFault {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    shape.lastIndex = at
    const groups = shape.exec(text)?.groups
    if (!groups) return strayAt(text, at)
    const { number, unit, string, word, parameter, mark } = groups
    if (number !== undefined) {
      const amount = Number(number)
      if (!Number.isFinite(amount)) return { at, sentence: `The number ${number} is too large.` }
      if (unit !== undefined && !isUnit(unit)) return noUnit(unit, at + number.length)
      tokens.push({ kind: 'number', at, amount, unit: unit ?? null })
    } else if (string !== undefined) tokens.push({ kind: 'string', at, text: string.replaceAll(/\\(.)/gs, '$1') })
    else if (word !== undefined) tokens.push({ kind: 'word', at, text: word })
    else if (parameter !== undefined) tokens.push({ kind: 'parameter', at, text: parameter })
    else if (mark !== undefined) tokens.push({ kind: 'mark', at, text: mark })
    at = shape.lastIndex
    if (tokens.length > mostTokens) return { at, sentence: 'The expression is too long.' }
  }
  return [...tokens, { kind: 'end', at }]
}

// A unit follows its number at once.
const shape = new RegExp(
  [
    String.raw`\s+`,
    String.raw`(?<number>\d+(?:\.\d+)?(?:e[+-]?\d+)?)(?<unit>[A-Za-z]+|%)?`,
    String.raw`"(?<string>(?:[^"\\]|\\["\\])*)"`,
    String.raw`(?<word>[A-Za-z][A-Za-z0-9]*)`,
    String.raw`\$(?<parameter>[A-Za-z][A-Za-z0-9]*)`,
    String.raw`(?<mark>==|!=|<=|>=|[<>()+\-*/])`,
  ].join('|'),
  'y',
)

const mostTokens = 600

function noUnit(unit: string, at: number): ExpressionFault {
  return { at, sentence: `${unit.slice(0, 20)} is no unit: write s, m, h, d, KiB, MiB, GiB or %.` }
}

function strayAt(text: string, at: number): ExpressionFault {
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0xfffd)
  if (character === '"') return { at, sentence: 'This text has no closing quotation mark.' }
  if (character === '=') return { at, sentence: 'Equality is written ==.' }
  if (character === '$') return { at, sentence: 'After $ the name of a parameter must follow.' }
  if (character === '&' || character === '|') return { at, sentence: 'Write and, or the word or, instead of signs.' }
  return { at, sentence: `${character} has no meaning here.` }
}
