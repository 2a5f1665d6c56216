import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkCondition, type Scope } from './check.ts'
import { evaluate, holds } from './evaluate.ts'
import { parseExpression } from './parse.ts'
import { printExpression } from './print.ts'
import { ranks, units, type Expression, type Operator, type Unit } from './syntax.ts'

function parsed(text: string): Expression {
  const { expression, fault } = parseExpression(text)
  if (fault !== null) throw new Error(`${fault.at}: ${fault.sentence}`)
  return expression
}

const facts = { lag: 40, role: 'replica', isRunning: true, unseen: null }
const comesTo = (text: string) => evaluate(parsed(text), { facts, parameters: { seconds: 30 } })

test.each([
  ['lag > $seconds and role == "replica"', true],
  ['lag > 1m', false],
  ['1 + 2 * 3 == 7', true],
  ['(1 + 2) * 3 == 9', true],
  ['10 - 4 - 3 == 3', true],
  ['-lag < 0', true],
  ['90% == 0.9', true],
  ['1.5KiB == 1536', true],
  ['not isRunning or role != "leader"', true],
  ['not lag > 1h', true],
  ['2 * 3 == 1e0 * 6 and "a\\"b" == "a\\"b"', true],
])('%s is %s', (text, value) => {
  expect(comesTo(text)).toBe(value)
})

test.each([
  ['unseen > 3', null],
  ['absent == "x"', null],
  ['false and unseen', false],
  ['unseen and false', false],
  ['true or unseen', true],
  ['unseen or true', true],
  ['unseen or false', null],
  ['true and unseen', null],
  ['not unseen', null],
  ['lag / 0 > 1', null],
  ['role > 3', null],
  ['isRunning + 1 == 2', null],
  ['toString == 1', null],
  ['1e308 * 10 > 0', null],
])('what is not known stays so: %s is %s', (text, value) => {
  expect(comesTo(text)).toBe(value)
})

test.each([
  ['', 0, 'Something is missing at the end'],
  ['lag >', 5, 'Something is missing at the end'],
  ['lag > 3 3', 8, 'An operator is missing'],
  ['lag > 3)', 7, 'closes none'],
  ['(lag > 3', 8, 'opened at character 1'],
  ['lag = 3', 4, 'written =='],
  ['1 < lag < 3', 8, 'Two comparisons'],
  ['role == "a', 8, 'no closing quotation mark'],
  ['lag > 3x', 7, 'x is no unit'],
  ['lag > and', 6, 'missing before and'],
  ['1 + not 3', 4, 'into parentheses'],
  ['lag ; 3', 4, '; has no meaning'],
  ['lag > $', 6, 'name of a parameter'],
  [`${'('.repeat(60)}1${')'.repeat(60)}`, 41, 'nested too deeply'],
  [`1${' + 1'.repeat(60)}`, 162, 'too long a chain'],
  ['a'.repeat(2_001), 2_000, 'longer than'],
  ['1e999 > 2', 0, 'too large'],
])('unreadable text %# is refused at its place, with a sentence', (text, at, sentence) => {
  const { fault } = parseExpression(text)
  expect(fault?.sentence).toContain(sentence)
  expect(fault?.at).toBe(at)
})

const scope: Scope = {
  facts: {
    lag: { type: 'number' },
    role: { type: 'string', values: ['leader', 'replica'] },
    isRunning: { type: 'boolean' },
  },
  parameters: new Set(['seconds']),
}

test.each([
  ['lag > $seconds and role == "replica"', 'fine'],
  ['lags > 3', 'There is no fact lags here. Did you mean'],
  ['lag > $minutes', 'There is no parameter $minutes'],
  ['role == "master"', 'It is never "master", only "leader", "replica".'],
  ['lag == "3"', 'never equal'],
  ['lag + 3', 'not to true or false'],
  ['lag and isRunning', 'and needs a condition, not a number'],
  ['role > 3', '> needs a number, not a text'],
  ['not lag', 'The word not needs a condition'],
  ['constructor == 1', 'There is no fact constructor'],
])('what %s names is looked up before it is used', (text, fault) => {
  expect(checkCondition(parsed(text), scope) ?? 'fine').toContain(fault)
})

const name = fc
  .stringMatching(/^[A-Za-z][A-Za-z0-9]{0,8}$/)
  .filter((text) => !['and', 'or', 'not', 'true', 'false'].includes(text))

const { tree } = fc.letrec<{ tree: Expression; leaf: Expression }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('leaf'),
    fc.record({ kind: fc.constant('negative' as const), of: tie('tree') }),
    fc.record({ kind: fc.constant('not' as const), of: tie('tree') }),
    fc.record({
      kind: fc.constant('binary' as const),
      operator: fc.constantFrom(...(Object.keys(ranks) as Operator[])),
      left: tie('tree'),
      right: tie('tree'),
    }),
  ),
  leaf: fc.oneof(
    fc.record({
      kind: fc.constant('number' as const),
      amount: fc.double({ min: 0, max: 1e300, noNaN: true }).map(Math.abs),
      unit: fc.option(fc.constantFrom(...(Object.keys(units) as Unit[])), { nil: null }),
    }),
    fc.record({ kind: fc.constant('string' as const), text: fc.string({ unit: 'binary', maxLength: 8 }) }),
    fc.record({ kind: fc.constant('boolean' as const), value: fc.boolean() }),
    fc.record({ kind: fc.constant('fact' as const), name }),
    fc.record({ kind: fc.constant('parameter' as const), name }),
  ),
}))

test('what is printed is read as it was', () => {
  fc.assert(
    fc.property(tree, (expression) => {
      const text = printExpression(expression)
      fc.pre(text.length <= 1_500)
      expect(parseExpression(text)).toEqual({ expression, fault: null })
    }),
  )
})

test('no text and no facts make it throw', () => {
  const word = fc.constantFrom('lag', '>', '(', ')', 'and', 'not', '-', '3', '"a"', '$p', '==', '%', ' ', '\\', '"')
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.array(word, { maxLength: 40 }).map((words) => words.join(' ')),
  )
  const fact = fc.oneof(fc.double(), fc.boolean(), fc.string(), fc.constant(null))
  fc.assert(
    fc.property(text, fact, (given, lag) => {
      const { expression } = parseExpression(given)
      if (expression === null) return
      checkCondition(expression, scope)
      const value = holds(expression, { facts: { lag }, parameters: { p: 1 } })
      expect([true, false, null]).toContain(value)
    }),
  )
})
