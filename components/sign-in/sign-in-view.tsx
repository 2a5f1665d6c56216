import type { Wanted } from '#components/session/give-second-factor.ts'
import { ProviderLink } from './provider-link.tsx'
import { SignInForm } from './sign-in-form.tsx'

interface SignInViewProps {
  /** Where to go once signed in. */
  next: string
  /** What is known to be wrong before anything was tried. */
  notice: string | null
  /** With whom one may sign in elsewhere; null = by password alone. */
  provider: string | null
  /** What a sign-in that was begun still wants; null = none was. */
  wanted: Wanted | null
}

/** The first thing one sees: whose door it is, and the way in. */
export function SignInView({ next, notice, provider, wanted }: SignInViewProps) {
  return (
    <main className="grid min-h-dvh grid-rows-[1fr_auto] px-6">
      <div className="grid w-[min(21rem,100%)] content-center gap-8 justify-self-center pt-6 pb-[6vh]">
        <header className="grid gap-5">
          <svg viewBox="0 0 36 36" aria-hidden="true" className="size-10">
            <circle cx="18" cy="18" r="15.4" fill="none" stroke="currentColor" strokeWidth="3.2" />
            <circle cx="18" cy="18" r="5.6" fill="currentColor" />
          </svg>
          <div className="grid gap-1">
            <h1 className="text-2xl font-semibold tracking-[-0.025em]">
              <span className="sr-only">Sign in to </span>Matriarch
            </h1>
            <p className="text-md text-muted">Sign in to see who leads your PostgreSQL clusters.</p>
          </div>
        </header>
        {provider === null ? null : <ProviderLink name={provider} next={next} />}
        <SignInForm next={next} notice={notice} begun={wanted} />
      </div>
      <p className="max-w-prose justify-self-center pb-6 text-center text-sm text-balance text-faint">
        {provider === null
          ? 'No account? An administrator of this console adds you.'
          : `No account? With ${provider} you have one if your groups there give you a role here.`}{' '}
        The first administrator’s password was printed when the console was started for the first time.
      </p>
    </main>
  )
}
