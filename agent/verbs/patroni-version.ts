import { z } from 'zod'
import { callProgram } from './call-program.ts'
import { programFrom } from './program.ts'

/** Patroni's version as its REST API tells it, else as its program does; null where neither can be asked. */
export async function patroniVersion(restUrl: string, env: Record<string, string>): Promise<string | null> {
  return (await askRest(restUrl)) ?? (await askProgram(env))
}

const status = z.object({ patroni: z.object({ version: z.string().max(40) }) })

async function askRest(restUrl: string): Promise<string | null> {
  try {
    const answer = await fetch(new URL('/patroni', restUrl), { signal: AbortSignal.timeout(2_000), redirect: 'error' })
    return status.parse(await answer.json()).patroni.version
  } catch {
    return null
  }
}

async function askProgram(env: Record<string, string>): Promise<string | null> {
  try {
    const program = programFrom(['/usr/bin/patroni', '--version'], env, 'agent')
    const { stdout } = await callProgram({ program, input: null, deadlineMs: 3_000 })
    return /(\d+\.\d+\S*)/.exec(stdout)?.[1] ?? null
  } catch {
    return null
  }
}
