/** The name of a WAL file, which breaks nowhere but before its ending: 24 digits that go on in the next line are read wrong. */
export function WalName({ name }: { name: string | null }) {
  if (name === null) return null
  const at = name.indexOf('.')
  const [segment, ending] = at < 0 ? [name, ''] : [name.slice(0, at), name.slice(at)]
  return (
    <span className="font-mono text-sm text-muted">
      <span className="whitespace-nowrap">{segment}</span>
      {ending === '' ? null : (
        <>
          <wbr />
          <span className="whitespace-nowrap">{ending}</span>
        </>
      )}
    </span>
  )
}
