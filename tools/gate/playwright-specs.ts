import { z } from 'zod'

/** All specs of Playwright's JSON report, whatever suite they are in, as `spec` reads them; none where it is no such report. */
export function playwrightSpecs<T>(report: unknown, spec: z.ZodType<T>): T[] {
  interface Suite {
    specs: T[]
    suites?: Suite[] | undefined
  }
  const suite: z.ZodType<Suite> = z.lazy(() => z.object({ specs: z.array(spec), suites: z.array(suite).optional() }))
  const specsOf = ({ specs, suites = [] }: Suite): T[] => [...specs, ...suites.flatMap(specsOf)]
  const found = z.object({ suites: z.array(suite) }).safeParse(report)
  return found.success ? found.data.suites.flatMap(specsOf) : []
}
