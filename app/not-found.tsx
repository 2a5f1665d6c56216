import type { Metadata } from 'next'
import { TextLink } from '#components/ui/text-link.tsx'

export const metadata: Metadata = { title: 'Not found' }

export default function NotFound() {
  return (
    <main className="grid min-h-dvh place-content-center justify-items-start gap-2 px-6">
      <h1 className="text-2xl font-medium tracking-[-0.02em]">There is no page at this address.</h1>
      <p className="text-muted">
        A cluster that was removed or renamed takes its pages with it. <TextLink href="/">Go to the fleet</TextLink>
      </p>
    </main>
  )
}
