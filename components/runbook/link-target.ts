import { paths } from '#components/paths.ts'

/** Where a link of a runbook leads: within it, to another, or out of the console over the web; null = nowhere that can be shown. */
export function linkTarget(to: string, idPrefix: string): string | null {
  if (to.startsWith('#')) return `#${idPrefix}${to.slice(1)}`
  const name = /^(?:\.\/)?([a-z][a-z0-9-]*)\.md(#[\w-]+)?$/u.exec(to)
  if (name?.[1] !== undefined) return paths.runbook(name[1]) + (name[2] ?? '')
  return /^https?:\/\//u.test(to) ? to : null
}
