import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { paths } from '#components/paths.ts'
import { findViewer } from '#server/api/caller.ts'
import { SignInForm } from './client.tsx'

export const metadata: Metadata = { title: 'Sign in' }

export default async function SignInPage({ searchParams }: { searchParams: Promise<{ next?: string }> }) {
  const next = ownPath((await searchParams).next)
  if (await findViewer()) redirect(next)
  return <SignInForm next={next} />
}

/** Only paths of this console are returned to: an address of elsewhere would carry a person away. */
function ownPath(next: unknown): string {
  if (typeof next !== 'string' || !/^\/(?![/\\])/u.test(next)) return paths.fleet()
  const url = new URL(next, 'http://console.invalid')
  return url.host === 'console.invalid' ? url.pathname + url.search : paths.fleet()
}
