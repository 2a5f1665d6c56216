import { config } from 'zod/mini'
import { readConfig } from '#agent/config/read-config.ts'
import { runVerb } from './run-verb.ts'

// Each schema is asked once here: to compile it first would take longer.
config({ jitless: true })

/** Does a verb with this process's own input and output. */
export function runVerbHere(configFile: string, verb: string): Promise<number> {
  const say = (line: string) => process.stdout.write(`${line}\n`)
  return runVerb({ verb, configFile, readConfig, input: process.stdin, say })
}
