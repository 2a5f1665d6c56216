import { clean } from '../clean-text.ts'

/** Text of several lines from outside, safe to store and show: each line cleaned and cut at 400 characters, at most 40 of them. */
export function cleanLines(text: string): string {
  return text
    .slice(0, 20_000)
    .split(/\r?\n/)
    .slice(0, 40)
    .map((line) => clean(line).slice(0, 400))
    .join('\n')
}
