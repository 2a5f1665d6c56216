import { ErrorPanel } from '#components/ui/error-panel.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import type { ExpiryPreview } from '#domain/backup/expiry-preview.ts'
import { expiryWords } from '#domain/backup/expiry-words.ts'

interface ExpiryShownProps {
  preview: ExpiryPreview | null
  problem: string | null
  isLooking: boolean
  onAgain: () => void
}

/** What would go, as pgBackRest itself says; more than this never does. */
export function ExpiryShown({ preview, problem, isLooking, onAgain }: ExpiryShownProps) {
  if (problem !== null) return <ErrorPanel sentence={problem} onRetry={onAgain} isRetrying={isLooking} />
  return (
    <section aria-label="What would go" aria-live="polite" className="grid gap-2">
      <h3 className="font-medium">What would go</h3>
      {preview === null ? (
        <>
          <p className="text-muted">pgBackRest is asked what its retention no longer keeps.</p>
          <Skeleton className="h-16 rounded-md" />
        </>
      ) : (
        <ul className="grid gap-1.5">
          {expiryWords(preview, 'would go').map((sentence) => (
            <li key={sentence} className="break-words">
              {sentence}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
