import { ranks, type Expression, type Operator } from './syntax.ts'

/** What a name of a scope stands for. */
export interface NamedType {
  type: FactType
  /** All texts it may be; absent = any. */
  values?: readonly string[]
}

export type FactType = 'number' | 'string' | 'boolean'

/** The names that an expression may use. */
export interface Scope {
  facts: Readonly<Record<string, NamedType>>
  /** All are numbers. */
  parameters: ReadonlySet<string>
}

/**
 * Why an expression can never do what it says: it names a fact or parameter that does not exist, compares a text with a number,
 * or a text with one that it never is. Null = it is a condition that can be true and false.
 */
export function checkCondition(expression: Expression, scope: Scope): string | null {
  const found = typeOf(expression, scope)
  if ('fault' in found) return found.fault
  return found.type === 'boolean' ? null : `It comes to a ${words[found.type]}, not to true or false.`
}

type Found = { type: FactType; values?: readonly string[]; text?: string } | { fault: string }

function typeOf(expression: Expression, scope: Scope): Found {
  switch (expression.kind) {
    case 'number':
      return { type: 'number' }
    case 'string':
      return { type: 'string', text: expression.text }
    case 'boolean':
      return { type: 'boolean' }
    case 'fact':
      return (
        (Object.hasOwn(scope.facts, expression.name) ? scope.facts[expression.name] : undefined) ?? {
          fault: `There is no fact ${expression.name} here. ${nearest(expression.name, Object.keys(scope.facts))}`,
        }
      )
    case 'parameter':
      return scope.parameters.has(expression.name)
        ? { type: 'number' }
        : { fault: `There is no parameter $${expression.name}. ${nearest(expression.name, [...scope.parameters])}` }
    case 'negative':
      return needing('number', typeOf(expression.of, scope), 'The sign -') ?? { type: 'number' }
    case 'not':
      return needing('boolean', typeOf(expression.of, scope), 'The word not') ?? { type: 'boolean' }
    case 'binary':
      return ofBinary(expression.operator, typeOf(expression.left, scope), typeOf(expression.right, scope))
  }
}

function ofBinary(operator: Operator, left: Found, right: Found): Found {
  if ('fault' in left) return left
  if ('fault' in right) return right
  if (operator === '==' || operator === '!=') return ofEquality(left, right)
  const isJoint = operator === 'and' || operator === 'or'
  const needed = isJoint ? 'boolean' : 'number'
  const fault = needing(needed, left, operator) ?? needing(needed, right, operator)
  return fault ?? { type: isJoint || ranks[operator] === ranks['<'] ? 'boolean' : 'number' }
}

function ofEquality(left: Exclude<Found, { fault: string }>, right: Exclude<Found, { fault: string }>): Found {
  if (left.type !== right.type) {
    return { fault: `A ${words[left.type]} is compared with a ${words[right.type]}: they are never equal.` }
  }
  for (const [one, other] of [
    [left, right],
    [right, left],
  ] as const) {
    if (one.text === undefined || other.values === undefined || other.values.includes(one.text)) continue
    return { fault: `It is never "${one.text}", only ${other.values.map((value) => `"${value}"`).join(', ')}.` }
  }
  return { type: 'boolean' }
}

function needing(needed: FactType, found: Found, who: string): { fault: string } | null {
  if ('fault' in found) return found
  return found.type === needed ? null : { fault: `${who} needs a ${words[needed]}, not a ${words[found.type]}.` }
}

const words = { number: 'number', string: 'text', boolean: 'condition' } as const satisfies Record<FactType, string>

/** Names that begin alike are most likely meant. */
function nearest(name: string, names: readonly string[]): string {
  const stem = name.slice(0, 3).toLowerCase()
  const alike = names.filter((other) => other.toLowerCase().startsWith(stem)).slice(0, 3)
  if (alike.length > 0) return `Did you mean ${alike.join(' or ')}?`
  return names.length === 0 ? 'There are none.' : `Among them are ${names.slice(0, 5).join(', ')}.`
}
