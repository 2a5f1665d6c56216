import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { SignInView } from '#components/sign-in/sign-in-view.tsx'
import { refusalSentence } from '#domain/people/oidc/refusal.ts'
import { findSecondStep, findViewer, signInProvider } from '#server/api/caller.ts'
import { ownPath } from './own-path.ts'

export const metadata: Metadata = { title: 'Sign in' }

type Asked = Promise<{ next?: string; refused?: string | string[] }>

export default async function SignInPage({ searchParams }: { searchParams: Asked }) {
  const asked = await searchParams
  const next = ownPath(asked.next)
  const provider = signInProvider()
  const seen = await lookForViewer()
  if (seen === 'viewer') redirect(next)
  const refused = typeof asked.refused === 'string' ? refusalSentence(asked.refused, provider ?? 'The provider') : null
  // Who came by the provider has the second factor before them; a sign-in that was refused begins anew.
  const wanted = seen === 'nobody' && refused === null ? await findSecondStep().catch(() => null) : null
  const notice = seen === 'unknown' ? storeAway : refused
  return <SignInView next={next} notice={notice} provider={provider} wanted={wanted} />
}

const storeAway =
  'The console does not reach its own store, so nobody can sign in now. It tries again by itself: try in a minute, or look whether its PostgreSQL runs.'

async function lookForViewer(): Promise<'viewer' | 'nobody' | 'unknown'> {
  try {
    return (await findViewer()) ? 'viewer' : 'nobody'
  } catch {
    // Without the store nobody can be known; the page says so instead of failing.
    return 'unknown'
  }
}
