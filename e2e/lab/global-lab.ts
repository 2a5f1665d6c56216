import type { TestProject } from 'vitest/node'
import { hasFailed } from '../failed-mark.ts'
import { watchLab } from '../watch-lab.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The console that looks after the lab during these tests. */
    console: { url: string; token: string; pid: number; home: string }
  }
}

/** Brings the lab up whole and a console with it in; takes the lab down again only if it was not there before. */
export default async function prepareLab(project: TestProject): Promise<() => Promise<void>> {
  const { console, stop } = await watchLab()
  const { url, token, pid, home } = console
  project.provide('console', { url, token, pid, home })
  return () => stop({ keepHome: hasFailed(home) })
}
