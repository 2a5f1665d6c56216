import { redirect } from 'next/navigation'
import { paths } from '#components/paths.ts'
import type { Viewer } from '#components/session/session-context.tsx'
import { findViewer } from '#server/api/caller.ts'

/**
 * Who looks at the page; nobody is sent to sign in and back to `path`, and whoever has no role to where that is said, unless the page is
 * `own`: of oneself alone. What the person may do there, procedures decide.
 */
export async function authorise(path: string, of: 'console' | 'own' = 'console'): Promise<Viewer> {
  const caller = await findViewer()
  if (!caller) redirect(paths.signIn(path))
  if (caller.owesFactor) redirect(paths.enrol(path))
  if (caller.grants.length === 0 && of === 'console') redirect(paths.noRole(path))
  const { id, name, email, grants } = caller
  return { id, name, email, grants }
}
