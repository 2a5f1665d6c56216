import { readFileSync } from 'node:fs'

/** Recorded bytes of a system, e.g. `patroni/fixtures/3.0.2-config.json`. */
export function fixture(path: string): string {
  return readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')
}
