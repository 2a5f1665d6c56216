import { ErrorPanel } from '#components/ui/error-panel.tsx'
import { errorSentence } from './error-sentence.ts'

interface QueryProblemProps {
  query: { error: unknown; data: unknown; isFetching: boolean; refetch: () => Promise<unknown> }
}

/** Why there is nothing to show, with a button to ask again; nothing as long as there is something. */
export function QueryProblem({ query }: QueryProblemProps) {
  if (!query.error || query.data) return null
  return (
    <ErrorPanel
      sentence={errorSentence(query.error)}
      onRetry={() => void query.refetch()}
      isRetrying={query.isFetching}
    />
  )
}
