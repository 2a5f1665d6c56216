import { accessSync, constants, realpathSync } from 'node:fs'

/** What the unit starts the agent with, so that one that idles takes little memory; to what ends soon it is a burden. */
const idle = /^--(max-semi-space-size|max-old-space-size|max-lazy|optimize-for-size|single-threaded|no-opt)\b/

/** The words that Node needs to start this program once more. */
export function startedWith(execArgv: readonly string[]): string[] {
  return execArgv.filter((word) => !idle.test(word))
}

/** How this very program is called again: by itself where it can be, else by the Node that runs it. */
export function ownProgram(): string[] {
  const [, entry = ''] = process.argv
  const path = realpathSync(entry)
  try {
    accessSync(path, constants.X_OK)
    return [path]
  } catch {
    return [process.execPath, ...startedWith(process.execArgv), path]
  }
}
