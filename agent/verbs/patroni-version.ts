import { get as getHttp, type IncomingMessage } from 'node:http'
import { get as getHttps } from 'node:https'
import { json } from 'node:stream/consumers'
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
    return status.parse(await json(await open(new URL('/patroni', restUrl)))).patroni.version
  } catch {
    return null
  }
}

/** Not by `fetch`: the agent's process would hold what that needs for as long as it lives, some megabytes for one question. */
function open(url: URL): Promise<IncomingMessage> {
  const get = url.protocol === 'https:' ? getHttps : getHttp
  return new Promise((resolve, reject) => {
    get(url, { agent: false, signal: AbortSignal.timeout(2_000) }, resolve).on('error', reject)
  })
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
