import { formatDuration } from '#domain/format.ts'
import { changesBetween, type Change } from './changes-between.ts'

/** What a record's detail holds, cut into what a reader asks for. */
export interface DetailParts {
  /** Why it was refused, or what came of it. */
  sentences: string[]
  /** What was going to happen, in order. */
  plan: string[]
  warnings: string[]
  steps: DetailStep[]
  changes: Change[]
  /** Everything else, by name. */
  rest: { name: string; value: string }[]
}

export interface DetailStep {
  title: string
  state: string
  startedAt: Date | null
  endedAt: Date | null
  detail: string | null
}

/** Takes apart a detail of any shape; what is not understood is shown as it is. */
export function detailParts(detail: unknown): DetailParts {
  if (!isRecord(detail)) {
    const rest = detail === null || detail === undefined ? [] : [{ name: 'detail', value: tell(detail) }]
    return { sentences: [], plan: [], warnings: [], steps: [], changes: [], rest }
  }
  const { sentence, outcome, fields, plan, steps, before, after, change, ...others } = detail
  const planned = isRecord(plan) ? plan : {}
  const result = isRecord(after) && 'newLeader' in after ? after : null
  return {
    sentences: [...texts([sentence, outcome]), ...fieldSentences(fields, sentence)],
    plan: texts(planned['sentences']),
    warnings: texts(planned['warnings']),
    steps: list(steps).filter(isRecord).map(stepOf),
    changes: changesBetween(before, result ? stateAfter(result) : afterOf(before, after, change)),
    rest: [...(result ? resultLines(result) : []), ...lines(others)],
  }
}

function afterOf(before: unknown, after: unknown, change: unknown): unknown {
  if (after !== undefined) return after
  return isRecord(before) && isRecord(change) ? { ...before, ...change } : (change ?? before)
}

/** What an operation's result says in the words of the state before it. */
function stateAfter(result: Record<string, unknown>) {
  return { leader: result['newLeader'], timeline: result['timelineAfter'] }
}

function resultLines({ interruptionMs, interruptionBasis }: Record<string, unknown>) {
  if (typeof interruptionMs !== 'number') return []
  const basis = typeof interruptionBasis === 'string' ? ` (${interruptionBasis})` : ''
  return [{ name: 'writes stopped for', value: `${formatDuration(interruptionMs)}${basis}` }]
}

function fieldSentences(fields: unknown, known: unknown): string[] {
  return list(fields).flatMap((field) => {
    if (!isRecord(field) || typeof field['sentence'] !== 'string' || field['sentence'] === known) return []
    return [`${tell(field['field'])}: ${field['sentence']}`]
  })
}

function stepOf(step: Record<string, unknown>): DetailStep {
  return {
    title: tell(step['title'] ?? step['name']),
    state: tell(step['state']),
    startedAt: moment(step['startedAt']),
    endedAt: moment(step['endedAt']),
    detail: typeof step['detail'] === 'string' ? step['detail'] : null,
  }
}

function lines(values: Record<string, unknown>): { name: string; value: string }[] {
  return Object.entries(values)
    .filter(([, value]) => value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0))
    .map(([name, value]) => ({ name: spaced(name), value: tell(value) }))
}

/** A value as text: lists with commas, what has parts as JSON. */
export function tell(value: unknown): string {
  if (value === null || value === undefined) return 'nothing'
  if (typeof value === 'string') return value === '' ? 'nothing' : value
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) {
    if (value.length === 0) return 'nothing'
    return value.some((part) => typeof part === 'object' && part !== null)
      ? JSON.stringify(value)
      : value.map(tell).join(', ')
  }
  return JSON.stringify(value)
}

/** `patroniUrls` as `patroni urls`. */
export function spaced(name: string): string {
  return name.replaceAll(/([a-z])([A-Z])/gu, (_, one: string, other: string) => `${one} ${other.toLowerCase()}`)
}

function texts(value: unknown): string[] {
  return list(value).filter((one) => typeof one === 'string')
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

function moment(value: unknown): Date | null {
  if (value instanceof Date) return value
  const at = typeof value === 'string' ? new Date(value) : null
  return at === null || Number.isNaN(at.getTime()) ? null : at
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
