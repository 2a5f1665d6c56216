import { join } from 'node:path'
import { readConfig } from '#agent/config/read-config.ts'
import { enroll } from '#agent/enrol/enroll.ts'
import { openKeys } from '#agent/keys/keys.ts'
import { createLog } from '#agent/log.ts'
import { checkpointFileName } from '#agent/state/checkpoint-file.ts'
import { readText } from '#agent/state/read-text.ts'
import { sudoersOf } from '#agent/verbs/sudoers.ts'
import { becomeOwnerOf } from './become-owner.ts'
import { run } from './run.ts'

/** What people and the service manager call the program for. Each resolves with its exit code. */
export const commands = {
  async run(configFile: string, ownProgram: readonly string[]): Promise<number> {
    await run(configFile, ownProgram)
    return 0
  },

  async keys(configFile: string): Promise<number> {
    const { stateFolder, node } = readConfig(configFile)
    becomeOwnerOf(stateFolder)
    await openKeys(stateFolder, node)
    return 0
  },

  enroll(configFile: string, given: { token: string; isNewConsole: boolean }): Promise<number> {
    const config = readConfig(configFile)
    becomeOwnerOf(config.stateFolder)
    const stopped = new AbortController()
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stopped.abort())
    const say = (sentence: string) => process.stdout.write(`${sentence}\n`)
    return enroll({ config, ...given, log: createLog('silent'), clock: Date.now, say, signal: stopped.signal })
  },

  async checkpoints(configFile: string): Promise<number> {
    const { stateFolder } = readConfig(configFile)
    process.stdout.write((await readText(join(stateFolder, checkpointFileName))) ?? '')
    return 0
  },

  sudoers(configFile: string, ownProgram: readonly string[]): number {
    const config = readConfig(configFile)
    process.stdout.write(sudoersOf({ config, ownProgram, agentUser: 'matriarch-agent' }))
    return 0
  },
}
