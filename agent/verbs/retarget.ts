import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import { readIfThere, writeDurable } from '#agent/durable.ts'
import type { recoveryTarget } from '#agent/protocol/verbs.ts'
import { RefusedError } from '#agent/refused-error.ts'
import { requireStopped } from './postmaster.ts'

export interface Retarget {
  target: z.output<typeof recoveryTarget>
  timeline: number
}

/** Gives the stopped recovery of a data folder another target; everything else that is set there stays as it is. */
export async function retarget(dataFolder: string, to: Retarget): Promise<string> {
  await requireStopped(dataFolder)
  if (existsSync(join(dataFolder, 'standby.signal')) || !existsSync(join(dataFolder, 'recovery.signal'))) {
    throw new RefusedError(
      'conflict',
      `${dataFolder} is not about to recover (no recovery.signal, or a standby.signal): restore a backup into it first.`,
    )
  }
  const path = join(dataFolder, 'postgresql.auto.conf')
  const text = await readIfThere(path)
  if (text === null || !/^\s*restore_command\s*=?\s*'/m.test(text)) {
    throw new RefusedError(
      'conflict',
      `${path} has no restore_command, without which nothing is recovered: restore a backup with pgBackRest first.`,
    )
  }
  await writeDurable(path, withTarget(text, to))
  const { target } = to
  return `The recovery goes to ${'value' in target ? `${target.type} ${target.value}` : target.type} on timeline ${to.timeline}.`
}

/** The text of a postgresql.auto.conf with this target in the place of any other. */
export function withTarget(text: string, { target, timeline }: Retarget): string {
  const kept = text.split('\n').filter((line) => !/^\s*recovery_target(?:_[a-z]+)?\s*(?:=|\s)/i.test(line))
  while (kept.at(-1) === '') kept.pop()
  return [...kept, ...settingsOf(target, timeline).map(([name, value]) => `${name} = '${value}'`), ''].join('\n')
}

function settingsOf(target: Retarget['target'], timeline: number): [string, string][] {
  const line: [string, string] = ['recovery_target_timeline', String(timeline)]
  // Without a target, recovery ends where the archive does, and then promotes.
  if (target.type === 'default') return [line]
  const pause: [string, string] = ['recovery_target_action', 'pause']
  // The end of the backup lies on the backup's own timeline.
  if (target.type === 'immediate')
    return [['recovery_target', 'immediate'], ['recovery_target_timeline', 'current'], pause]
  const isExclusive = 'exclusive' in target && target.exclusive
  return [
    [`recovery_target_${target.type}`, target.value],
    ...(isExclusive ? [['recovery_target_inclusive', 'false'] as [string, string]] : []),
    line,
    pause,
  ]
}
