import type { Fact } from '#domain/alerts/rule.ts'
import { units, type Expression, type Operator } from './syntax.ts'

/** Where an expression's names get their values from; what is absent is not known. */
export interface Names {
  facts: Readonly<Record<string, Fact>>
  parameters: Readonly<Record<string, number>>
}

/** What an expression comes to; null = not known. What makes no sense, such as a text plus a number, is not known either. */
export function evaluate(expression: Expression, names: Names): Fact {
  switch (expression.kind) {
    case 'number':
      return finite(expression.amount * (expression.unit === null ? 1 : units[expression.unit]))
    case 'string':
      return expression.text
    case 'boolean':
      return expression.value
    case 'fact':
      return valueOf(names.facts, expression.name)
    case 'parameter':
      return valueOf(names.parameters, expression.name)
    case 'negative': {
      const value = evaluate(expression.of, names)
      return typeof value === 'number' ? -value : null
    }
    case 'not': {
      const value = evaluate(expression.of, names)
      return typeof value === 'boolean' ? !value : null
    }
    case 'binary':
      return combine(expression.operator, evaluate(expression.left, names), () => evaluate(expression.right, names))
  }
}

/** Whether a condition holds; null = not known. */
export function holds(condition: Expression, names: Names): boolean | null {
  const value = evaluate(condition, names)
  return typeof value === 'boolean' ? value : null
}

function combine(operator: Operator, left: Fact, rightOf: () => Fact): Fact {
  if (operator === 'and' || operator === 'or') return join(operator === 'or', left, rightOf)
  const right = rightOf()
  if (left === null || right === null || typeof left !== typeof right) return null
  if (operator === '==') return left === right
  if (operator === '!=') return left !== right
  return typeof left === 'number' && typeof right === 'number' ? calculations[operator](left, right) : null
}

/** What decides by itself, false for `and` and true for `or`, does so whatever is not known. */
function join(deciding: boolean, left: Fact, rightOf: () => Fact): Fact {
  if (left === deciding) return deciding
  const right = rightOf()
  if (right === deciding) return deciding
  return typeof left === 'boolean' && typeof right === 'boolean' ? !deciding : null
}

const calculations = {
  '<': (left: number, right: number) => left < right,
  '<=': (left: number, right: number) => left <= right,
  '>': (left: number, right: number) => left > right,
  '>=': (left: number, right: number) => left >= right,
  '+': (left: number, right: number) => finite(left + right),
  '-': (left: number, right: number) => finite(left - right),
  '*': (left: number, right: number) => finite(left * right),
  '/': (left: number, right: number) => finite(left / right),
} as const

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null
}

function valueOf<T extends Fact>(values: Readonly<Record<string, T>>, name: string): T | null {
  const value = Object.hasOwn(values, name) ? values[name] : null
  return value === undefined || Number.isNaN(value) ? null : value
}
