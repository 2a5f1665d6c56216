/** The names under `create_replica_methods` of a Patroni configuration, in order; empty where it names none: then Patroni uses pg_basebackup. */
export function replicaMethods(config: string): string[] {
  const lines = config.split('\n').map((line) => line.replace(/\s+#.*$/, ''))
  const at = lines.findIndex((line) => key.test(line))
  const head = key.exec(lines[at] ?? '')
  if (head === null) return []
  const [, margin = '', inline = ''] = head
  if (inline !== '') return namesIn(inline.replaceAll(/^\[|\]$/g, '').split(','))
  const items: string[] = []
  for (const line of lines.slice(at + 1)) {
    if (line.trim() === '' || /^\s*#/.test(line)) continue
    const item = /^(\s*)-\s+(.*)$/.exec(line)
    if (item === null || (item[1] ?? '').length < margin.length) break
    items.push(item[2] ?? '')
  }
  return namesIn(items)
}

// Before Patroni 2 the key had no plural.
const key = /^(\s*)create_replica_methods?\s*:\s*(.*?)\s*$/

function namesIn(items: readonly string[]): string[] {
  return items.map((item) => item.trim().replaceAll(/^(['"])(.*)\1$/g, '$2')).filter((name) => name !== '')
}
