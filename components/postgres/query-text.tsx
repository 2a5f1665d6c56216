/** What a session runs, on one line; all of it on hover. */
export function QueryText({ query, isShown }: { query: string; isShown: boolean }) {
  const text = query.replaceAll(/\s+/gu, ' ').trim()
  if (!isShown || text === '') return null
  return (
    <p className="truncate font-mono text-sm text-muted" data-tip={text}>
      {text}
    </p>
  )
}
