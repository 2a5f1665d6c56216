import type { World } from '#domain/testing/world.ts'

/** One situation: worlds in the order in which they are looked at; judged at the last look, or later where nobody looks any more. */
export interface GoldenCase {
  name: string
  about: string
  steps: World[]
  judgedAt?: Date
}

/** The moment at which all cases are judged. */
export const noon = new Date('2026-11-23T12:00:00.000Z')
