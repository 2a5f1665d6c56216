/** An expression of a rule as it was read. */
export type Expression =
  | { kind: 'number'; amount: number; unit: Unit | null }
  | { kind: 'string'; text: string }
  | { kind: 'boolean'; value: boolean }
  | { kind: 'fact'; name: string }
  | { kind: 'parameter'; name: string }
  | { kind: 'negative'; of: Expression }
  | { kind: 'not'; of: Expression }
  | { kind: 'binary'; operator: Operator; left: Expression; right: Expression }

export type Operator = keyof typeof ranks

/** How tightly each operator binds; those of rank 3 stand alone: `a < b < c` is none. */
export const ranks = {
  or: 0,
  and: 1,
  '==': 3,
  '!=': 3,
  '<': 3,
  '<=': 3,
  '>': 3,
  '>=': 3,
  '+': 4,
  '-': 4,
  '*': 5,
  '/': 5,
} as const

/** Where `not` stands between them. */
export const notRank = 2

/** What a number is multiplied with: seconds, bytes and ratios are what facts come in. */
export const units = {
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
  '%': 0.01,
} as const

export type Unit = keyof typeof units

/** True for a text that is a unit of numbers. */
export function isUnit(text: string): text is Unit {
  return Object.hasOwn(units, text)
}

/** Why a text is no expression, or none of its scope: at which character, from 0, and what to do. */
export interface ExpressionFault {
  at: number
  sentence: string
}

/** Longer texts are refused. */
export const longestText = 2_000

/** Deeper ones are refused. */
export const deepest = 40
