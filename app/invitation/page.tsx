import type { Metadata } from 'next'
import { InvitationForm } from '#components/invitation/invitation-form.tsx'

export const metadata: Metadata = { title: 'Invitation' }

export default function InvitationPage() {
  return (
    <main className="grid min-h-dvh px-6">
      <div className="grid w-[min(21rem,100%)] content-center gap-8 justify-self-center pt-6 pb-[6vh]">
        <h1 className="text-2xl font-semibold tracking-[-0.025em]">
          <span className="sr-only">Your invitation to </span>Matriarch
        </h1>
        <InvitationForm />
      </div>
    </main>
  )
}
