import { hasFailed } from './failed-mark.ts'
import { watchLab } from './watch-lab.ts'

/** One console with the lab's cluster in it for all browser tests; its address travels in the environment. */
export default async function prepareConsole(): Promise<() => Promise<void>> {
  const { console, stop } = await watchLab()
  const { url, home, pid, admin, token } = console
  process.env['E2E_CONSOLE'] = JSON.stringify({ url, home, pid, ...admin, token })
  return () => stop({ keepHome: hasFailed(home) })
}
