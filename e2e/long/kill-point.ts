import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { inject } from 'vitest'
import { isEnded } from '#domain/operation/operation.ts'
import { killFileOf } from '../console.ts'
import { rest } from '../lab/watched-lab.ts'
import { until } from '../until.ts'

/** Names the point at which the worker dies next. */
export function killWorkerAt(point: string): void {
  writeFileSync(file(), point)
}

/** Whether a worker died there; the name is taken back where none came by. */
export function hasDied(): boolean {
  const isWaiting = existsSync(file())
  rmSync(file(), { force: true })
  return !isWaiting
}

/** Waits until a worker has died there, or the step is over without. */
export async function untilDied(operation: string, step: string): Promise<boolean> {
  await until({ what: `a worker dies in ${step}, or the step is over`, timeoutMs: 300_000, everyMs: 50 }, async () => {
    if (!existsSync(file())) return true
    const { steps, state } = await rest.operation(operation)
    return isEnded(state) || steps.some(({ name, endedAt }) => name === step && endedAt !== null)
  })
  return hasDied()
}

/** What comes after the intent of a step is committed, and after its effect, before that is written down. */
export function pointsOf(steps: readonly string[], more: string[] = []): string[] {
  return [...steps.flatMap((step) => boundaries.map((boundary) => `${step}:${boundary}`)), ...more]
}

export const boundaries = ['after-intent', 'after-effect']

function file(): string {
  return killFileOf(inject('console').home)
}
