import { readFileSync } from 'node:fs'
import type { AgentConfig } from './agent-config.ts'
import { parseConfig } from './parse-config.ts'

/** Reads `agent.toml` from the disk. */
export function readConfig(file: string): AgentConfig {
  return parseConfig(textOf(file), file)
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new Error(`${file} cannot be read. Name the agent's configuration with --config.`, { cause: error })
  }
}
