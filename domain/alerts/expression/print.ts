import { notRank, ranks, type Expression } from './syntax.ts'

/** Writes an expression as it would be typed, with no more parentheses than it needs. */
export function printExpression(expression: Expression): string {
  switch (expression.kind) {
    case 'number':
      return `${expression.amount}${expression.unit ?? ''}`
    case 'string':
      return `"${expression.text.replaceAll(/["\\]/g, String.raw`\$&`)}"`
    case 'boolean':
      return String(expression.value)
    case 'fact':
      return expression.name
    case 'parameter':
      return `$${expression.name}`
    case 'negative':
      return `-${enclosed(expression.of, tightest)}`
    case 'not':
      return `not ${enclosed(expression.of, notRank)}`
    case 'binary': {
      const { operator, left, right } = expression
      const rank = ranks[operator]
      // Comparisons do not follow each other, and all others lean to the left.
      const leftRank = rank === ranks['=='] ? rank + 1 : rank
      return `${enclosed(left, leftRank)} ${operator} ${enclosed(right, rank + 1)}`
    }
  }
}

const tightest = ranks['*'] + 1

function enclosed(expression: Expression, atLeast: number): string {
  const text = printExpression(expression)
  return rankOf(expression) < atLeast ? `(${text})` : text
}

function rankOf(expression: Expression): number {
  if (expression.kind === 'binary') return ranks[expression.operator]
  return expression.kind === 'not' ? notRank : tightest
}
