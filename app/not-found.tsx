import type { Metadata } from 'next'

export const metadata: Metadata = { title: 'Not found' }

/** Every page fetches what this one needs: a plain link adds nothing. */
export default function NotFound() {
  return (
    <main className="grid min-h-dvh place-content-center justify-items-start gap-2 px-6">
      <h1 className="text-2xl font-medium tracking-[-0.02em]">There is no page at this address.</h1>
      <p className="text-muted">
        A cluster that was removed or renamed takes its pages with it.{' '}
        {/* oxlint-disable-next-line nextjs/no-html-link-for-pages */}
        <a
          href="/"
          className="underline decoration-line-strong decoration-1 underline-offset-3 hover:decoration-current"
        >
          Go to the fleet
        </a>
      </p>
    </main>
  )
}
