/** One part of something that an act changed, named by its path. */
export interface Change {
  name: string
  before: unknown
  after: unknown
}

/** The parts in which two values differ, e.g. `endpoints.haproxyUrl`; empty where either is not told. */
export function changesBetween(before: unknown, after: unknown): Change[] {
  if (before === undefined || before === null || after === undefined || after === null) return []
  return differing('', before, after)
}

function differing(path: string, before: unknown, after: unknown): Change[] {
  if (isParted(before) && isParted(after)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)])
    return [...names].flatMap((name) => differing(path === '' ? name : `${path}.${name}`, before[name], after[name]))
  }
  return JSON.stringify(before ?? null) === JSON.stringify(after ?? null) ? [] : [{ name: path, before, after }]
}

function isParted(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
}
