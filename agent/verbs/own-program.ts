import { accessSync, constants, realpathSync } from 'node:fs'

/** How this very program is called again: by itself where it can be, else by the Node that runs it. */
export function ownProgram(): string[] {
  const [, entry = ''] = process.argv
  const path = realpathSync(entry)
  try {
    accessSync(path, constants.X_OK)
    return [path]
  } catch {
    return [process.execPath, ...process.execArgv, path]
  }
}
