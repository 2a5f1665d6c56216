import { callProgram } from '#agent/verbs/call-program.ts'
import { programFrom } from '#agent/verbs/program.ts'
import { type Keys, openKeys } from './keys.ts'

/**
 * New keys, made by this program in a process of its own: what makes a certificate is never needed again, and would stay in memory for as long as
 * the agent runs. `program`: how it is called again.
 */
export function keysMadeBy(
  program: readonly string[],
  environment: Record<string, string>,
): (folder: string, node: string) => Promise<Keys> {
  return async (folder, node) => {
    const call = { program: programFrom([...program, 'keys'], environment, 'agent'), input: null, deadlineMs: 60_000 }
    const { exitCode, stderr, isLate } = await callProgram(call)
    if (exitCode === 0) return openKeys(folder, node, keptNowhere)
    const reason = isLate ? 'It took longer than a minute.' : stderr.trim()
    throw new Error(`The agent could not make its keys in ${folder}. ${reason}`)
  }
}

function keptNowhere(folder: string): Promise<Keys> {
  return Promise.reject(new Error(`The agent made its keys, but they are not in ${folder}.`))
}
