import type { Looked, MemberStack, StackView } from '#domain/stack/stack-view.ts'

/** An answer of `seenAt`, with nothing wrong since. */
export function madeLooked<T>(value: T, seenAt: Date): Looked<T> {
  return { value, seenAt, problem: null }
}

/** A system that has not answered since `seenAt`, with what it said last. */
export function madeSilent<T>(value: T | null, seenAt: Date | null, sentence: string): Looked<T> {
  const since = seenAt ?? new Date(0)
  return { value, seenAt, problem: { kind: 'timeout', sentence, since, observedAt: since } }
}

/** The layers of a cluster without HAProxy and etcd, with what is to be otherwise. */
export function madeStack(takenAt: Date, change: Partial<StackView> = {}): StackView {
  return { takenAt, members: [], haproxy: null, etcd: null, ...change }
}

/** A member that nothing is looked at of, with what is to be otherwise. */
export function madeMember(name: string, change: Partial<MemberStack> = {}): MemberStack {
  return { name, postgres: null, pooler: null, ...change }
}
