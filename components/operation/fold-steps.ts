import type { OperationStep } from '#domain/operation/operation.ts'
import { count } from '#domain/words.ts'

/** A step that stands open in the list, or a run of them that is told in one line until it is asked for. */
export type StepRow = { kind: 'step'; step: OperationStep } | { kind: 'fold'; label: string; steps: OperationStep[] }

/** A long course with what has little to say folded: what was skipped, what was done a while ago, what is far ahead. */
export function foldSteps(steps: readonly OperationStep[]): StepRow[] {
  if (steps.length <= allShown) return steps.map((step) => ({ kind: 'step', step }))
  return runsOf(steps).flatMap(foldRun)
}

/** A short course is shown whole. */
const allShown = 12
/** How many stay open next to what happens now. */
const near = 3

function foldRun(run: OperationStep[]): StepRow[] {
  const state = run[0]?.state
  if (state === 'skipped') return fold(run, 0, run.length)
  if (state === 'done') return fold(run, 0, run.length - near)
  return state === 'pending' ? fold(run, near, run.length) : fold(run, 0, 0)
}

/** One step alone is no longer than the line that would stand for it. */
function fold(run: OperationStep[], from: number, to: number): StepRow[] {
  const open = (steps: OperationStep[]): StepRow[] => steps.map((step) => ({ kind: 'step', step }))
  const folded = run.slice(from, Math.max(to, from))
  if (folded.length < 2) return open(run)
  const label = `${count(folded.length, 'step')} ${words[folded[0]?.state ?? 'done']}`
  return [...open(run.slice(0, from)), { kind: 'fold', label, steps: folded }, ...open(run.slice(to))]
}

/** Neighbours of one state; a decision always stands by itself. */
function runsOf(steps: readonly OperationStep[]): OperationStep[][] {
  const runs: OperationStep[][] = []
  for (const step of steps) {
    const last = runs.at(-1)
    const [first] = last ?? []
    if (last && first && first.state === step.state && !isDecision(first) && !isDecision(step)) last.push(step)
    else runs.push([step])
  }
  return runs
}

function isDecision({ name, state }: OperationStep): boolean {
  return name.split('~')[0] === 'decide' && state !== 'pending' && state !== 'skipped'
}

const words = {
  pending: 'to come',
  running: 'under way',
  done: 'done',
  failed: 'failed',
  unknown: 'of unknown outcome',
  skipped: 'skipped',
} as const satisfies Record<OperationStep['state'], string>
