import { redirect } from 'next/navigation'
import { paths } from '#components/paths.ts'
import type { Viewer } from '#components/session/session-context.tsx'
import { findViewer } from '#server/api/caller.ts'

/** Who looks at the page; nobody is sent to sign in and back to `path`. What the person may do there, procedures decide. */
export async function authorise(path: string): Promise<Viewer> {
  const caller = await findViewer()
  if (!caller) redirect(paths.signIn(path))
  const { id, name, email, grants } = caller
  return { id, name, email, grants }
}
