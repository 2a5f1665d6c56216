import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { assess } from '#domain/judgement/assess.ts'
import { diff } from '#domain/snapshot/diff.ts'
import type { ClusterEvent } from '#domain/event.ts'
import { fromJson } from '#domain/json.ts'
import type { ClusterReadings } from '#domain/snapshot/readings.ts'
import { takeSnapshot } from '#domain/snapshot/snapshot-of.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { readingsOf } from '#domain/testing/readings-of.ts'
import type { GoldenCase } from './golden-case.ts'
import { leadCases } from './lead-cases.ts'
import { modeCases } from './mode-cases.ts'
import { replicaCases } from './replica-cases.ts'
import { sightCases } from './sight-cases.ts'
import { stringify } from './stringify.ts'

const cases = [...replicaCases, ...leadCases, ...modeCases, ...sightCases]

/** What `readings.json` holds. */
interface Recorded {
  about: string
  steps: { takenAt: Date; readings: ClusterReadings }[]
  judgedAt: Date
}

describe.each(cases)('$name', (golden) => {
  test('has readings that follow from its world', async () => {
    await expect(stringify(recorded(golden))).toMatchFileSnapshot(fileOf(golden, 'readings.json'))
  })

  test('is judged as expected', async () => {
    const kept = existsSync(fileOf(golden, 'readings.json'))
      ? fromJson<Recorded>(readFileSync(fileOf(golden, 'readings.json'), 'utf8'))
      : recorded(golden)
    await expect(stringify(judged(kept))).toMatchFileSnapshot(fileOf(golden, 'expected.json'))
  })
})

function recorded({ about, steps, judgedAt }: GoldenCase): Recorded {
  const last = steps.at(-1)
  if (!last) throw new Error('A case has at least one step.')
  return {
    about,
    steps: steps.map((world) => ({ takenAt: world.at, readings: readingsOf(world) })),
    judgedAt: judgedAt ?? last.at,
  }
}

/** Runs the looks of a case one after the other and tells what a person would be shown at its end. */
function judged({ about, steps, judgedAt }: Recorded): unknown {
  let snapshot: Snapshot | null = null
  const events: ClusterEvent[] = []
  for (const { takenAt, readings } of steps) {
    const next = takeSnapshot(snapshot, readings, takenAt)
    events.push(...diff(snapshot, next))
    snapshot = next
  }
  if (!snapshot) throw new Error('A case has at least one step.')
  const { verdict, findings, forecast } = assess(snapshot, judgedAt)
  return { about, verdict, findings, forecast, events }
}

function fileOf({ name }: GoldenCase, file: string): string {
  return fileURLToPath(new URL(`./${name}/${file}`, import.meta.url))
}
