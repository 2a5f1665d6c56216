import type { Expression } from './syntax.ts'

/** The facts that an expression names. */
export function factsNamed(expression: Expression): string[] {
  switch (expression.kind) {
    case 'fact':
      return [expression.name]
    case 'negative':
    case 'not':
      return factsNamed(expression.of)
    case 'binary':
      return [...new Set([...factsNamed(expression.left), ...factsNamed(expression.right)])]
    default:
      return []
  }
}
