import { down, status, up } from '#lab/control.ts'
import { startConsole } from './console.ts'
import { labDraft } from './lab-cluster.ts'
import { createRest } from './rest.ts'

/** One console with the lab's cluster in it for all browser tests; its address travels in the environment. */
export default async function prepareConsole(): Promise<() => Promise<void>> {
  const before = await status()
  await up()
  const running = await startConsole()
  await createRest(running).addCluster(labDraft())
  process.env['E2E_CONSOLE'] = JSON.stringify({
    url: running.url,
    email: running.admin.email,
    password: running.admin.password,
    token: running.token,
  })
  return async () => {
    await running.stop()
    if (before.state === 'down') await down()
  }
}
