import type { TestProject } from 'vitest/node'
import { down, status, up } from '#lab/control.ts'
import { startConsole } from '../console.ts'
import { labDraft } from '../lab-cluster.ts'
import { createRest } from '../rest.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The console that looks after the lab during these tests. */
    console: { url: string; token: string; pid: number }
  }
}

/** Brings the lab up whole and a console with it in; takes the lab down again only if it was not there before. */
export default async function prepareLab(project: TestProject): Promise<() => Promise<void>> {
  const before = await status()
  await up()
  const running = await startConsole()
  await createRest(running).addCluster(labDraft())
  const { url, token, pid } = running
  project.provide('console', { url, token, pid })
  return async () => {
    await running.stop()
    if (before.state === 'down') await down()
  }
}
