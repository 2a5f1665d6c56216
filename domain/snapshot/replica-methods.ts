/** The names under `create_replica_methods` of a Patroni configuration, in YAML or JSON and in order; empty where it names none: then Patroni uses pg_basebackup. */
export function replicaMethods(config: string): string[] {
  const lines = config.split('\n').map((line) => line.replace(/(?:^|\s+)#.*$/, ''))
  const inOneList = flow.exec(lines.join('\n'))?.[1]
  if (inOneList !== undefined) return namesIn(inOneList.split(','))
  const at = lines.findIndex((line) => key.test(line))
  const head = key.exec(lines[at] ?? '')
  if (head === null) return []
  const [, margin = '', inline = ''] = head
  if (inline !== '') return namesIn([inline])
  const items: string[] = []
  for (const line of lines.slice(at + 1)) {
    if (line.trim() === '') continue
    const item = /^(\s*)-\s+(.*)$/.exec(line)
    if (item === null || (item[1] ?? '').length < margin.length) break
    items.push(item[2] ?? '')
  }
  return namesIn(items)
}

// Before Patroni 2 the key had no plural.
const key = /^(\s*)["']?create_replica_methods?["']?\s*:\s*(.*?)\s*$/
const flow = /\bcreate_replica_methods?["']?\s*:\s*\[([^\]]*)\]/

/** True where a replica would be built from a backup: by its own configuration or, where that names no way, by the one that all share. */
export function clonesFromBackup(own: string, shared: string): boolean {
  const named = replicaMethods(own)
  return (named.length > 0 ? named : replicaMethods(shared)).some((name) => /pgbackrest/i.test(name))
}

function namesIn(items: readonly string[]): string[] {
  return items.map((item) => item.trim().replaceAll(/^(['"])(.*)\1$/g, '$2')).filter((name) => name !== '')
}
