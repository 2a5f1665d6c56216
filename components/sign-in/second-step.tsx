'use client'

import { useState } from 'react'
import { WaysForm } from '#components/proof/ways-form.tsx'
import { giveCode, givePasskey, type Wanted } from '#components/session/give-second-factor.ts'
import { Button } from '#components/ui/button.tsx'

interface SecondStepProps {
  wanted: Wanted
  onSignedIn: () => void
  /** Back to the first step. */
  onBack: () => void
}

/** The second step of signing in: a code, a passkey, or a recovery code for who has lost both. */
export function SecondStep({ wanted, onSignedIn, onBack }: SecondStepProps) {
  const [isRecovering, setIsRecovering] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [isBusy, setIsBusy] = useState(false)
  const give = async (work: () => ReturnType<typeof givePasskey>) => {
    setIsBusy(true)
    setProblem(null)
    const outcome = await work()
    if ('isSignedIn' in outcome) return onSignedIn()
    setProblem(outcome.problem)
    setIsBusy(false)
  }
  const codeWanted = wanted.code ? 'code' : null
  const typed = isRecovering ? 'recovery-code' : codeWanted
  return (
    <div className="grid gap-5">
      <p>So far you are right. Now the second factor.</p>
      <WaysForm
        // Each way has a field of its own.
        key={typed}
        typed={typed}
        act="Sign in"
        isBusy={isBusy}
        problem={problem}
        onType={(text) => void give(() => giveCode(isRecovering ? 'recovery-code' : 'code', text))}
        onPasskey={wanted.passkey && !isRecovering ? () => void give(givePasskey) : null}
      />
      <div className="flex flex-wrap justify-between gap-2">
        <Button tone="quiet" size="small" onClick={onBack}>
          Back
        </Button>
        {wanted.recoveryCode ? (
          <Button
            tone="quiet"
            size="small"
            onClick={() => {
              setProblem(null)
              setIsRecovering(!isRecovering)
            }}
          >
            {isRecovering ? 'I have my second factor' : 'Use a recovery code'}
          </Button>
        ) : null}
      </div>
      {wanted.recoveryCode ? null : (
        <p className="text-sm text-muted">
          Lost it? Whoever runs the console lets you in again: <code>matriarch users reset-factors</code>.
        </p>
      )}
    </div>
  )
}
