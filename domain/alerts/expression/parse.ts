import { deepest, longestText, notRank, ranks, type Expression, type ExpressionFault, type Operator } from './syntax.ts'
import { tokensOf, type Token } from './tokens.ts'

/** What a text was read as, or why it is no expression. */
export type Parsed = { expression: Expression; fault: null } | { expression: null; fault: ExpressionFault }

/** Reads an expression; never throws, whatever the text. */
export function parseExpression(text: string): Parsed {
  if (text.length > longestText) {
    return { expression: null, fault: { at: longestText, sentence: `It is longer than ${longestText} characters.` } }
  }
  const tokens = tokensOf(text)
  if (!Array.isArray(tokens)) return { expression: null, fault: tokens }
  const reader = new Reader(tokens)
  const expression = reader.readBinary(0, 0)
  if ('at' in expression) return { expression: null, fault: expression }
  const rest = reader.token()
  if (rest.kind !== 'end') return { expression: null, fault: { at: rest.at, sentence: surplus(rest) } }
  return { expression, fault: null }
}

/** Goes through the tokens once; what cannot be read comes back as a fault. */
class Reader {
  readonly #tokens: readonly Token[]
  #place = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  token(): Token {
    return this.#tokens[this.#place] ?? { kind: 'end', at: 0 }
  }

  /** An expression whose operators bind at least as tightly as `rank`. */
  readBinary(rank: number, depth: number): Expression | ExpressionFault {
    let left = this.#readPrefixed(rank, depth)
    for (;;) {
      const { at } = this.token()
      const operator = operatorIn(this.token())
      if ('at' in left || operator === null || ranks[operator] < rank) return left
      this.#place += 1
      const right = this.readBinary(ranks[operator] + 1, depth + 1)
      if ('at' in right) return right
      left = { kind: 'binary', operator, left, right }
      const next = operatorIn(this.token())
      if (ranks[operator] === comparison && next !== null && ranks[next] === comparison) {
        return { at: this.token().at, sentence: `Two comparisons in a row say nothing: join them with and.` }
      }
      if (isTooDeep(left)) return tooDeep(at)
    }
  }

  #readPrefixed(rank: number, depth: number): Expression | ExpressionFault {
    const token = this.token()
    if (depth > deepest) return tooDeep(token.at)
    if (token.kind === 'word' && token.text === 'not' && rank <= notRank) {
      this.#place += 1
      const of = this.readBinary(notRank, depth + 1)
      return 'at' in of ? of : { kind: 'not', of }
    }
    if (token.kind === 'mark' && token.text === '-') {
      this.#place += 1
      const of = this.#readPrefixed(tightest, depth + 1)
      return 'at' in of ? of : { kind: 'negative', of }
    }
    this.#place += 1
    return this.#readSimple(token, depth)
  }

  #readSimple(token: Token, depth: number): Expression | ExpressionFault {
    switch (token.kind) {
      case 'number':
        return { kind: 'number', amount: token.amount, unit: token.unit }
      case 'string':
        return { kind: 'string', text: token.text }
      case 'parameter':
        return { kind: 'parameter', name: token.text }
      case 'word':
        if (token.text === 'true' || token.text === 'false') return { kind: 'boolean', value: token.text === 'true' }
        if (reserved.has(token.text)) return { at: token.at, sentence: missing(token.text) }
        return { kind: 'fact', name: token.text }
      case 'mark':
        return token.text === '('
          ? this.#readEnclosed(token.at, depth)
          : { at: token.at, sentence: missing(token.text) }
      case 'end':
        return { at: token.at, sentence: 'Something is missing at the end: a fact, a number or a text.' }
    }
  }

  #readEnclosed(openedAt: number, depth: number): Expression | ExpressionFault {
    const inside = this.readBinary(0, depth + 1)
    if ('at' in inside) return inside
    const token = this.token()
    if (token.kind !== 'mark' || token.text !== ')') {
      return { at: token.at, sentence: `The parenthesis opened at character ${openedAt + 1} is not closed here.` }
    }
    this.#place += 1
    return inside
  }
}

const comparison = ranks['==']
const tightest = ranks['*'] + 1

/** Words that are no facts. */
const reserved: ReadonlySet<string> = new Set(['and', 'or', 'not', 'true', 'false'])

function operatorIn(token: Token): Operator | null {
  return (token.kind === 'word' || token.kind === 'mark') && Object.hasOwn(ranks, token.text)
    ? (token.text as Operator)
    : null
}

/** A long chain leans to the left; it is as deep as it is long. */
function isTooDeep(expression: Expression): boolean {
  let depth = 0
  for (let each = expression; each.kind === 'binary'; each = each.left) depth += 1
  return depth > deepest
}

function tooDeep(at: number): ExpressionFault {
  return { at, sentence: 'The expression is nested too deeply, or too long a chain.' }
}

function missing(found: string): string {
  if (found === 'not') return 'Put what comes after not, and not itself, into parentheses.'
  return `A fact, a number or a text is missing before ${found}.`
}

function surplus(token: Token): string {
  if (token.kind === 'mark' && token.text === ')') return 'This parenthesis closes none.'
  return 'An operator is missing before this: and, or, a comparison or a sign.'
}
